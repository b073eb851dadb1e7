"""What the receiver presses in Baton is said to the user in the route's words and the user's language."""

from dataclasses import replace

import pytest

from escalation.knowledge.codec import from_json, to_json
from escalation.models import Entry, Handoff
from escalation.reception import ask_back, reopen, resolve
from escalation.translation.cues.kinds import Meaning
from escalation.translation.sayable import PHRASES, sayable_state
from tests import builders
from tests.builders import NOW


def speaks(handoff: Handoff, language: str) -> Handoff:
    state = from_json(handoff.state)
    handoff.state = to_json(replace(state, source=builders.source(requester_language=language)))
    handoff.save()
    return handoff


def newest(handoff: Handoff, kind: str) -> Entry:
    return Entry.objects.filter(handoff=handoff, kind=kind).latest("sequence")


@pytest.mark.parametrize("language", sorted(set(PHRASES) - {"en"}))
def test_asked_resolved_and_reopened_are_said_in_the_users_language_too(delivered, agent, receiver, language):
    handoff = speaks(delivered, language)

    ask_back.ask(handoff=handoff, asked=ask_back.Asked(text="Which browser?"), by=receiver, now=NOW)
    resolve.resolve(handoff=handoff, by=receiver, now=NOW)
    reopen.reopen(handoff=handoff, why="still white", by=agent, now=NOW)

    for kind, meaning in (
        (Entry.Kind.ASKED, Meaning.NEEDS_ANSWER),
        (Entry.Kind.RESOLVED, Meaning.RESOLVED),
        (Entry.Kind.REOPENED, Meaning.BEING_WORKED),
    ):
        entry = newest(handoff, kind)
        assert entry.sayable == sayable_state(meaning).line
        assert entry.details["user_line"] == sayable_state(meaning, language=language).line


def test_a_user_of_the_routes_language_gets_no_second_draft(delivered, receiver):
    resolve.resolve(handoff=speaks(delivered, "en"), by=receiver, now=NOW)

    assert "user_line" not in newest(delivered, Entry.Kind.RESOLVED).details
