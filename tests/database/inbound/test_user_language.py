"""A user of another language gets a draft in it, beside the line that Level One reads."""

from dataclasses import replace

import pytest

from escalation.dispatch.deliver import deliver
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import interests
from escalation.knowledge.codec import from_json, to_json
from escalation.models import Entry, Handoff
from escalation.timeline.voice import voice_of
from escalation.translation.sayable import sayable
from tests import builders
from tests.builders import NOW
from tests.database.fakes import update

pytestmark = pytest.mark.django_db

CORS = "Identified misconfigured CORS policy on API gateway, fix within two hours"


def speaks(handoff: Handoff, language: str) -> None:
    state = from_json(handoff.state)
    handoff.state = to_json(replace(state, source=builders.source(requester_language=language)))
    handoff.save()


@pytest.fixture
def noted(record, handoff, clock):
    """The details of the entry that a note of the receiver becomes."""

    def note(language: str) -> Entry:
        deliver(delivery=record.pk, clock=clock)
        handoff.refresh_from_db()
        speaks(handoff, language)
        said = update(remote_id=handoff.remote_id, text=CORS, at=NOW)
        connection = handoff.route.target
        for each in interests(connection=connection, remote_id=handoff.remote_id):
            take_in(interest=each, connection=connection, updates=(said,), now=NOW)
        return handoff.entries.get(kind=Entry.Kind.NOTE)

    return note


@pytest.mark.parametrize("language", ["de", "ja"])
def test_the_draft_says_what_the_line_says_in_the_users_language(noted, language):
    entry = noted(language)

    zone = entry.handoff.route.receiver.zone
    assert entry.sayable == sayable(CORS, said_at=NOW, zone=zone).line
    assert entry.details["user_line"] == sayable(CORS, said_at=NOW, zone=zone, language=language).line
    assert entry.details["user_line"] != entry.sayable


@pytest.mark.parametrize("language", ["", "en", "xx"])
def test_the_routes_own_language_or_an_unknown_one_makes_no_draft(noted, language):
    entry = noted(language)

    assert voice_of(entry.handoff).users == ""
    assert "user_line" not in entry.details
