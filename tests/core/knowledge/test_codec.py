"""A state survives being written and read, and nothing else is taken for one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.knowledge.codec import SCHEMA, Malformed, canonical, from_json, to_json
from escalation.knowledge.fingerprint import fingerprint, state_fingerprint
from escalation.knowledge.state import KnowledgeState
from tests.builders import scene
from tests.strategies import states


@given(states())
def test_a_state_comes_back_as_it_was_written(state: KnowledgeState):
    assert from_json(json.loads(json.dumps(to_json(state)))) == state


@given(states())
def test_the_fingerprint_ignores_the_order_of_keys(state: KnowledgeState):
    values = to_json(state)
    turned = dict(reversed(list(values.items())))

    assert fingerprint(turned) == state_fingerprint(state)


@given(states(), st.text(min_size=1, max_size=5))
def test_the_fingerprint_sees_every_other_change(state: KnowledgeState, more: str):
    values = to_json(state)

    assert fingerprint(values | {"summary": state.summary + more}) != fingerprint(values)


def test_a_foreign_schema_is_refused_by_name():
    with pytest.raises(Malformed, match=r"baton\.knowledge/1"):
        from_json(to_json(scene()) | {"schema": "baton.knowledge/99"})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"facts": [{"id": "f1"}]}, "facts.0.statement"),
        ({"facts": [{"id": "f1", "statement": "x", "colour": "red"}]}, "facts.0.colour"),
        ({"facts": [{"id": "f1", "statement": "x", "standing": "sure"}]}, "facts.0.standing"),
        ({"weather": "fine"}, "weather"),
    ],
)
def test_what_does_not_fit_is_named_by_its_place(change: dict, place: str):
    with pytest.raises(Malformed, match=place.replace(".", r"\.")):
        from_json(to_json(scene()) | change)


@pytest.mark.parametrize("values", [None, 3, "x", [], {"schema": SCHEMA, "facts": 5}])
def test_something_else_than_a_state_is_refused(values: object):
    with pytest.raises(Malformed):
        from_json(values)


def test_canonical_bytes_are_sorted_and_utf_8():
    assert canonical({"b": "ü", "a": 1}) == '{"a":1,"b":"ü"}'.encode()
