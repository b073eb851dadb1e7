"""An incident is brought into a state by the names people read, with what its policies want along."""

import pytest

from escalation.tools.servicenow import mirror, receiver, schema, statuses, table
from escalation.tools.updates import UpdateKind
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


@pytest.mark.parametrize("name", ["state", "sys_id", "Close code", "close_code^x", "correlation_id"])
def test_a_name_that_cannot_go_along_is_said_and_nothing_is_sent(door, incident, name):
    wanted = Wanted(status="Resolved", fields={name: "1"})

    with pytest.raises(Refused):
        bring(door, incident, wanted)
    assert statuses.objection(wanted)
    assert statuses.objection(RESOLVED) == ""
    assert state(door, incident).words == "New"


def test_a_state_that_is_passed_over_is_called_status_and_a_field_by_its_name(door, incident, monkeypatch):
    plain = table.change

    def deaf(*args, values, **more):
        spoken = {name: value for name, value in values.items() if name not in {"state", "close_code"}}
        return {**dict.fromkeys(values, ""), **plain(*args, values=spoken, **more)}

    monkeypatch.setattr(table, "change", deaf)

    assert bring(door, incident, RESOLVED).ignored == ("status", "close_code")


def test_the_incidents_own_choices_stand_in_for_those_of_the_task(servicenow, door, incident):
    table.insert(
        door,
        "sys_choice",
        values={
            "name": "task",
            "element": "state",
            "value": "77",
            "label": "Resolved",
            "language": "en",
            "inactive": "false",
            "sequence": "1",
        },
        fields=("sys_id",),
    )

    bring(door, incident, RESOLVED)

    assert state(door, incident).words == "Resolved (Solution provided)"
    names = {each.name: each for each in schema.fields(door, defaults={})}
    assert "77" not in names["state"].choices


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
