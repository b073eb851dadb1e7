"""A capsule comes back as it left, and its Markdown means nothing but its words."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from escalation.knowledge.codec import Malformed
from escalation.translation.capsule import (
    Capsule,
    Journey,
    Passed,
    capsule_from_json,
    capsule_to_json,
    markdown,
)
from tests import builders
from tests.builders import NOW
from tests.strategies import states

JOURNEY = Journey(sender="Service Desk", receiver="Infrastructure", number="INC0012345", packed_at=NOW)


@settings(max_examples=30)
@given(states())
def test_a_capsule_comes_back_as_it_left(state):
    capsule = Capsule(journey=replace(JOURNEY, lines=(Passed(at=NOW, title="Delivered"),)), state=state)

    assert capsule_from_json(json.loads(json.dumps(capsule_to_json(capsule)))) == capsule


@settings(max_examples=30)
@given(states())
def test_markdown_holds_no_markup_of_what_people_wrote(state):
    text = markdown(Capsule(journey=JOURNEY, state=state))

    assert not re.search(r"(?<!\\)(?:\\\\)*[<>`\[\]]", text)


def test_the_scene_reads_as_a_person_would_tell_it():
    text = markdown(Capsule(journey=JOURNEY, state=builders.scene()))

    assert text.startswith("# Finance dashboard does not load")
    assert "## Working hypothesis\n\n- UNPROVEN, medium confidence" in text
    assert "- Cleared cache and cookies → no change" in text


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        {"schema": "baton.capsule/2"},
        {"schema": "baton.capsule/1", "journey": {}, "state": {}},
        capsule_to_json(Capsule(journey=JOURNEY, state=builders.scene())) | {"more": 1},
    ],
)
def test_what_is_no_capsule_is_refused(values):
    with pytest.raises(Malformed):
        capsule_from_json(values)
