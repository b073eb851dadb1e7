"""A ticket's status is set under our key, and a closed ticket is left alone."""

import pytest

from escalation.practice.zendesk import desk
from escalation.tools.updates import UpdateKind
from escalation.tools.zendesk import mirror, source, statuses
from escalation.translation.statuses import Wanted
from escalation.transport.errors import Refused
from tests.tools.zendesk.test_calls import KEY, put

HOLD = Wanted(status="On-hold")


@pytest.fixture
def door(zendesk_door):
    return zendesk_door


@pytest.fixture
def ticket(door):
    number = next(each.reference for each in source.open_tickets(door) if "Finance dashboard" in each.subject)
    put(door, number, status="open")
    return number


def find(door, ticket, wanted):
    return statuses.find_status(door, remote_id=ticket, wanted=wanted, key=KEY, since=None)


def bring(door, ticket, wanted):
    return statuses.set_status(door, remote_id=ticket, wanted=wanted, key=KEY)


def states(door, ticket):
    return [each for each in mirror.read(door, remote_id=ticket) if each.kind is UpdateKind.STATE]


@pytest.mark.parametrize("name", ["On-hold", "hold"])
def test_a_status_is_set_under_our_key(door, ticket, name):
    wanted = Wanted(status=name)
    assert find(door, ticket, wanted) is None

    proof = bring(door, ticket, wanted)

    assert (proof.kept, proof.ignored) == ({"status": "On-hold"}, ())
    last = states(door, ticket)[-1]
    assert (last.words, proof.note_ids) == ("On-hold", (last.key,))


def test_a_lost_answer_is_found_by_its_key_although_somebody_has_moved_it_on(door, ticket):
    bring(door, ticket, HOLD)
    put(door, ticket, status="open")

    proof = find(door, ticket, HOLD)

    assert proof.kept == {"status": "On-hold"}
    assert len(states(door, ticket)) >= 2


def test_a_closed_ticket_is_nobodys_work_any_more(door, ticket):
    put(door, ticket, status="closed")

    proof = find(door, ticket, HOLD)

    assert (proof.kept, proof.ignored) == ({"status": "Closed"}, ("status",))
    assert find(door, ticket, Wanted(status="Solved")).ignored == ()


def test_priority_and_a_field_of_the_customers_own_go_along(door, ticket):
    wanted = Wanted(status="Pending", fields={"priority": "low", "360001234": "seen"})

    proof = bring(door, ticket, wanted)

    assert (proof.kept, proof.ignored) == ({"status": "Pending"}, ())
    answer = door.session.ask("GET", f"{door.base_url}/api/v2/tickets/{ticket}.json").json["ticket"]
    assert answer["priority"] == "low"
    assert {"id": 360001234, "value": "seen"} in answer["custom_fields"]


def test_a_field_that_zendesk_passes_over_is_named_and_the_status_stands(door, ticket, monkeypatch):
    monkeypatch.setattr(desk, "_merged", lambda *_: [])

    proof = bring(door, ticket, Wanted(status="Pending", fields={"999999999": "x"}))

    assert (proof.kept, proof.ignored) == ({"status": "Pending"}, ("999999999",))


@pytest.mark.parametrize("name", ["id", "status", "metadata", "comment", "tags", "self", "no such"])
def test_a_name_that_is_no_field_to_go_along_is_said_and_nothing_is_sent(zendesk, door, ticket, name):
    wanted = Wanted(status="Pending", fields={name: "1"})
    zendesk.fault(method="PUT", status=500, times=0)

    with pytest.raises(Refused, match=f"“{name}” cannot go along"):
        bring(door, ticket, wanted)
    assert "cannot go along" in statuses.objection(wanted)


def test_a_rule_is_held_against_what_can_be_set():
    assert statuses.objection(Wanted(status="Solved", fields={"360001": "yes", "priority": "low"})) == ""
    assert "no status “Parked”" in statuses.objection(Wanted(status="Parked"))


def test_a_status_that_zendesk_does_not_have_is_said(door, ticket):
    with pytest.raises(
        Refused, match="no status “Parked” to set; it has New, Open, Pending, On-hold, Solved"
    ):
        bring(door, ticket, Wanted(status="Parked"))
