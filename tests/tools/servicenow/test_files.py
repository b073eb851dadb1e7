"""A file of an incident is given to nobody while it is scanned, and never when a virus was found in it."""

import pytest

from escalation.tools.contract import Sent
from escalation.tools.servicenow import files, mirror, receiver
from escalation.tools.updates import UpdateKind
from escalation.transport.errors import Unauthorised
from tests.tools.servicenow.test_calls import KEY, payload

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def door(servicenow_door):
    return servicenow_door


@pytest.fixture
def incident(door):
    return receiver.create(door, payload=payload(), key=KEY).remote.remote_id


def put(door, incident, name, body):
    sent = Sent(name=name, content_type="text/plain", body=body)
    return files.attach(door, remote_id=incident, sent=sent, key="f1").note_ids[0]


def listed(door, incident):
    return {each.name: each for each in files.files(door, remote_id=incident)}


def test_a_file_that_was_scanned_is_read(door, incident):
    put(door, incident, "app.log", b"ERROR FD-4031")

    held = listed(door, incident)["app.log"]

    assert (held.suspect, held.waiting) == (False, False)
    assert files.fetch(door, file=held) == b"ERROR FD-4031"


def test_one_in_which_a_virus_was_found_is_suspect_and_its_line_says_so(door, incident):
    put(door, incident, "eicar.txt", VIRUS)

    held = listed(door, incident)["eicar.txt"]
    (line,) = [each for each in mirror.read(door, remote_id=incident) if each.kind is UpdateKind.FILE]

    assert held.suspect
    assert line.words == "Attachment, in which ServiceNow found a virus"
    with pytest.raises(Unauthorised):
        files.fetch(door, file=held)


@pytest.mark.parametrize(
    ("state", "waiting"),
    [("pending", True), ("available", False), ("available_conditionally", False), ("", False)],
)
def test_one_that_is_still_scanned_waits(servicenow, door, incident, state, waiting):
    number = put(door, incident, "app.log", b"ERROR")
    row = servicenow.tool.store.get("sys_attachment", number)
    servicenow.tool.store.put("sys_attachment", number, {**row, "state": state})

    held = listed(door, incident)["app.log"]

    assert (held.waiting, held.suspect) == (waiting, False)
