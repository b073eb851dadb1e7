"""Trying to write tells what is missing and leaves nothing behind, or says what."""

import pytest

from escalation.practice import credentials
from escalation.tools.servicenow import trial
from escalation.tools.trying import TITLE
from escalation.transport.credentials import Basic
from escalation.transport.errors import Unavailable

KEY = "5" * 32
INCIDENTS = "/api/now/v2/table/incident"


def incidents(servicenow):
    return [one for one in servicenow.tool.store.all("task") if one.get("short_description") == TITLE]


def door_of(servicenow, user):
    return servicenow.opened(Basic(user=user, password=credentials.SERVICENOW_PASSWORD), our_user=user)


def test_who_may_delete_leaves_nothing(servicenow, servicenow_door):
    done = trial.try_writing(servicenow_door, key=KEY)

    assert (done.lacks, done.left) == ((), "")
    assert incidents(servicenow) == []


def test_who_may_not_delete_leaves_a_cancelled_incident_and_says_which(servicenow):
    done = trial.try_writing(door_of(servicenow, credentials.SERVICENOW_ITIL_USER), key=KEY)

    (left,) = incidents(servicenow)
    assert done.lacks == ()
    assert left["number"] in done.left
    assert left["state"] == "8"


def test_who_may_only_read_is_told_so_and_leaves_nothing(servicenow):
    done = trial.try_writing(door_of(servicenow, credentials.SERVICENOW_READER), key=KEY)

    ((what, fix),) = done.lacks
    assert "cannot create incidents" in what
    assert "itil" in fix
    assert incidents(servicenow) == []


def test_a_field_that_is_dropped_without_a_word_is_named(servicenow, servicenow_door):
    for row in servicenow.tool.store.all("sys_dictionary"):
        if row["element"] == "correlation_display":
            servicenow.tool.store.remove("sys_dictionary", row["sys_id"])

    ((what, _),) = trial.try_writing(servicenow_door, key=KEY).lacks

    assert "correlation_display" in what


def test_a_file_and_a_note_that_are_refused_are_named(servicenow, servicenow_door):
    servicenow.fault(method="PATCH", path=INCIDENTS, status=403)
    servicenow.fault(method="POST", path="/api/now/attachment", status=403)

    said = [what for what, _ in trial.try_writing(servicenow_door, key=KEY).lacks]

    assert [each.partition(":")[0] for each in said] == ["It cannot add work notes", "It cannot add files"]
    assert incidents(servicenow) == []


def test_a_lost_answer_is_said_and_an_instance_asleep_wrote_nothing(servicenow, servicenow_door):
    servicenow.fault(method="POST", path=INCIDENTS, lose_answer=True)
    done = trial.try_writing(servicenow_door, key=KEY)
    assert done.unsure
    assert TITLE in done.left

    servicenow.fault(method="POST", path=INCIDENTS, html=True)
    with pytest.raises(Unavailable):
        trial.try_writing(servicenow_door, key="6" * 32)


def test_what_can_be_neither_deleted_nor_cancelled_is_to_be_closed_by_hand(servicenow, servicenow_door):
    servicenow.fault(method="DELETE", path=INCIDENTS, status=403)
    servicenow.fault(method="PATCH", path=INCIDENTS, status=403, times=0)

    assert "Close it by hand" in trial.try_writing(servicenow_door, key=KEY).left
