"""An incident is brought into a state by the names people read, with what its policies want along."""

import pytest

from escalation.tools.contract import UpdateKind
from escalation.tools.servicenow import mirror, receiver, statuses
from escalation.translation.statuses import Wanted
from escalation.transport.errors import Refused
from tests.tools.servicenow.test_calls import KEY, payload

RESOLVED = Wanted(
    status="Resolved", fields={"close_code": "Solution provided"}, said="Cause: a header was dropped."
)


@pytest.fixture
def door(servicenow_door):
    return servicenow_door


@pytest.fixture
def incident(door):
    return receiver.create(door, payload=payload(), key=KEY).remote.remote_id


def find(door, incident, wanted):
    return statuses.find_status(door, remote_id=incident, wanted=wanted, key=KEY, since=None)


def bring(door, incident, wanted):
    return statuses.set_status(door, remote_id=incident, wanted=wanted, key=KEY)


def state(door, incident):
    (found,) = [each for each in mirror.read(door, remote_id=incident) if each.kind is UpdateKind.STATE]
    return found


def test_what_was_said_stands_where_the_policy_wants_words(door, incident):
    assert find(door, incident, RESOLVED) is None

    proof = bring(door, incident, RESOLVED)

    assert (proof.kept, proof.ignored) == ({"status": "Resolved"}, ())
    there = state(door, incident)
    assert proof.note_ids == (there.key,)
    assert (there.words, there.text) == ("Resolved (Solution provided)", "Cause: a header was dropped.")
    assert find(door, incident, RESOLVED).kept == {"status": "Resolved"}


@pytest.mark.parametrize("hold", ["Awaiting Vendor", "4", "awaiting vendor"])
def test_a_reason_is_named_by_label_or_number(door, incident, hold):
    bring(door, incident, Wanted(status="On Hold", fields={"hold_reason": hold}))

    assert state(door, incident).words == "On Hold (Awaiting Vendor)"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(status="On Hold"), "hold_reason"),
        (Wanted(status="Parked"), "state has no “Parked” on this instance; it offers Canceled, Closed"),
        (Wanted(status="Resolved", fields={"close_code": "Solution provided"}), "close_notes"),
    ],
)
def test_what_the_instance_refuses_is_said_in_its_words(door, incident, wanted, words):
    with pytest.raises(Refused, match=words):
        bring(door, incident, wanted)
    assert state(door, incident).words == "New"
