"""A ticket's status is set under our key, and a closed ticket is left alone."""

import pytest

from escalation.tools.contract import UpdateKind
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


def test_a_status_that_zendesk_does_not_have_is_said(door, ticket):
    with pytest.raises(
        Refused, match="no status “Parked” to set; it has New, Open, Pending, On-hold, Solved"
    ):
        bring(door, ticket, Wanted(status="Parked"))
