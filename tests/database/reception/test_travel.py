"""An end, a return and a reopening said in Baton reach every tier and every record once, both ways."""

import json

import pytest

from escalation.lifecycle.reasons import BounceReason
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Delivery, Entry, Handoff, Notice, Route, Team
from escalation.reception.ask_back import NothingSaid
from escalation.reception.bounce import Returned, bounce
from escalation.reception.reopen import reopen
from escalation.reception.resolve import resolve
from escalation.reception.verdict import Found
from escalation.timeline.record import Line, record
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db

FOUND = Found(cause="Gateway drops the header", fix="Release 2.4.2")


@pytest.fixture
def second(delivered: Handoff, receiver) -> Handoff:
    """Operations handed it on to engineering, whose tool holds PLAT-42."""
    engineering = Team.objects.create(name="Engineering")
    first = delivered.route
    route = Route.objects.create(
        name="Ops to engineering",
        sender=first.receiver,
        receiver=engineering,
        source=first.target,
        target=builders.connection("jira"),
    )
    return builders.handoff(
        route=route,
        author=receiver,
        previous=delivered,
        status="diagnosing",
        confirmed_at=NOW,
        source_reference=delivered.remote_id,
        remote_id="10042",
        remote_number="PLAT-42",
    )


@pytest.fixture
def engineer(second: Handoff):
    return builders.person("mia", team=second.route.receiver, role="level_two")


def notes(words: str) -> list[tuple[str, str, bool]]:
    """In which record of which tool the words are owed, and whether publicly."""
    rows = [(row, json.loads(bytes(row.body))) for row in Delivery.objects.select_related("connection")]
    return sorted(
        (row.connection.tool, row.remote_id, body["public"]) for row, body in rows if words in body["text"]
    )


def kinds(handoff: Handoff) -> list[str]:
    return list(handoff.entries.order_by("sequence").values_list("kind", flat=True))


EVERYWHERE = [("jira", "10042", False), ("servicenow", "a" * 32, False), ("zendesk", "4711", False)]


def test_the_last_tiers_fix_reaches_every_tier_and_record_once(delivered, second, engineer):
    resolve(handoff=second, by=engineer, now=NOW, found=FOUND)

    delivered.refresh_from_db()
    passed = delivered.entries.get()
    assert notes("Release 2.4.2") == EVERYWHERE
    assert delivered.status == "delivered"  # what ended is the later one
    assert (passed.kind, passed.details["words"]) == (Entry.Kind.STATE, "PLAT-42 is resolved")
    assert passed.who == "Mia"
    assert Notice.objects.filter(user=delivered.author, kind="ended").count() == 1


def test_a_return_of_the_last_tier_is_never_told_as_fixed(delivered, second, engineer):
    bounce(
        handoff=second,
        by=engineer,
        now=NOW,
        returned=Returned(reason=BounceReason.WRONG_TEAM, words="Ask networks"),
    )

    passed = delivered.entries.get()
    assert notes("was returned without a fix") == EVERYWHERE
    assert "resolved" not in f"{passed.text} {passed.sayable} {passed.details}".lower()


def test_why_the_last_tier_returned_it_reaches_the_tiers_before_and_leaves_its_ended_record_alone(
    delivered, second, engineer
):
    second.status = "bounced"
    ended = Line(kind=Entry.Kind.BOUNCED, happened_at=NOW, tool="jira", details={"side": "receiver"})
    record(handoff=second, line=ended, now=NOW, also=["status"])

    bounce(handoff=second, by=engineer, now=NOW, returned=Returned(reason=BounceReason.WRONG_TEAM))

    passed = delivered.entries.get()
    assert passed.details["words"] == "PLAT-42 was returned for this reason"
    assert notes("This belongs to another team") == EVERYWHERE[1:]
    assert kinds(second) == [Entry.Kind.BOUNCED, Entry.Kind.REASON]


def test_the_desk_reopens_what_it_handed_over_and_the_tier_that_fixed_it_has_it_again(
    delivered, second, engineer, agent
):
    resolve(handoff=second, by=engineer, now=NOW, found=FOUND)
    resolve(handoff=delivered, by=engineer, now=NOW)

    reopen(handoff=delivered, why="The user still sees it", by=agent, now=NOW)

    for each in (delivered, second):
        each.refresh_from_db()
    assert (delivered.status, second.status) == ("diagnosing", "diagnosing")
    assert kinds(second)[-1] == Entry.Kind.REOPENED
    assert delivered.receiver_person == engineer  # it stays with whom it was
    assert notes("The user still sees it") == EVERYWHERE[:2]  # the desk said it; each tool reads it once


def test_a_later_hop_that_is_still_open_is_left_alone(delivered, second, engineer, agent):
    resolve(handoff=delivered, by=engineer, now=NOW)

    reopen(handoff=delivered, why="Still down", by=agent, now=NOW)

    assert kinds(second) == []
    assert notes("Still down") == [("servicenow", "a" * 32, False)]


def test_what_was_returned_goes_back_to_the_receiver_with_what_was_missing(delivered, receiver, agent):
    bounce(
        handoff=delivered, by=receiver, now=NOW, returned=Returned(reason=BounceReason.MISSING_INFORMATION)
    )

    reopened = reopen(handoff=delivered, why="The tenant is acme-eu", by=agent, now=NOW)

    assert reopened.status == "delivered"
    assert reopened.update_due_at is not None
    assert notes("acme-eu") == [("servicenow", "a" * 32, False)]


def test_what_has_not_ended_is_not_opened_again(delivered, agent):
    with pytest.raises(NotAllowedNow):
        reopen(handoff=delivered, why="Again", by=agent, now=NOW)
    with pytest.raises(NothingSaid):
        reopen(handoff=delivered, why=" ", by=agent, now=NOW)
    assert kinds(delivered) == []
