"""An issue is brought where its workflow leads; what is missing on the way is said in Jira's own names."""

from datetime import UTC, datetime, timedelta

import pytest

from escalation.tools.jira import mirror, site, statuses
from escalation.tools.updates import UpdateKind
from escalation.translation.statuses import Wanted
from escalation.transport.errors import NotFound, Refused

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
KEY = "3f2b8c527f5e4b369c2e1a2b3c4d5e6f"
DONE = Wanted(status="done", fields={"Resolution": "fixed"})


@pytest.fixture
def door(jira_door):
    return jira_door


@pytest.fixture
def issue(door):
    fields = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}, "summary": "It fails"}
    return site.post(door, "/issue", {"fields": fields})["id"]


def find(door, issue, wanted, since=None):
    return statuses.find_status(door, remote_id=issue, wanted=wanted, key=KEY, since=since)


def bring(door, issue, wanted):
    return statuses.set_status(door, remote_id=issue, wanted=wanted, key=KEY)


def test_an_issue_is_brought_there_with_what_the_way_asks_for(door, issue):
    assert find(door, issue, DONE) is None

    proof = bring(door, issue, DONE)

    assert (proof.kept, proof.ignored) == ({"status": "Done"}, ())
    (state,) = [each for each in mirror.read(door, remote_id=issue) if each.kind is UpdateKind.STATE]
    assert proof.note_ids == (state.key,)
    assert state.words == "Done (Fixed)"
    assert find(door, issue, DONE).note_ids == ()
    assert find(door, issue, DONE, since=NOW).note_ids == proof.note_ids


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(status="Done"), "asks for Resolution: add “; resolution = …”.*Done, Won't Do"),
        (
            Wanted(status="Done", fields={"resolution": "Solved"}),
            "Resolution has no “Solved”; it offers Done",
        ),
        (Wanted(status="Deployed"), "goes to “In Progress”, “Blocked”, “Done”, not to “Deployed”"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_is_guessed(door, issue, wanted, words):
    with pytest.raises(Refused, match=words):
        bring(door, issue, wanted)
    assert find(door, issue, Wanted(status="To Do"))


def test_what_the_way_does_not_have_does_not_go_along(door, issue):
    assert bring(door, issue, Wanted(status="In Progress", fields={"resolution": "Fixed"})).kept


def test_a_lost_answer_is_found_although_somebody_has_moved_it_on(jira, door, issue):
    began = jira.clock()
    bring(door, issue, Wanted(status="In Progress"))
    bring(door, issue, DONE)

    lost = Wanted(status="In Progress")
    assert find(door, issue, lost) is None
    assert find(door, issue, lost, since=began).kept == {"status": "In Progress"}
    assert find(door, issue, lost, since=jira.clock() + timedelta(hours=1)) is None


def test_a_status_that_was_set_is_done_although_it_cannot_be_read_back(jira, door, issue):
    jira.fault(method="GET", path=f"*/issue/{issue}", status=500, times=2)

    proof = bring(door, issue, Wanted(status="In Progress"))

    assert (proof.kept, proof.note_ids) == ({"status": "In Progress"}, ())


def test_an_issue_that_is_gone_is_not_found(door):
    with pytest.raises(NotFound):
        find(door, "99999", DONE)
