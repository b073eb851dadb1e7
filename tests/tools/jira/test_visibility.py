"""A comment that only a role or group may read is told as such; ours may be kept to a role."""

import json

import pytest

from escalation.tools.jira import interpret, mirror, site
from escalation.tools.jira.shapes import noted
from escalation.tools.updates import UpdateKind
from escalation.transport.errors import Refused
from tests.tools.jira.test_calls import KEY, site_with

TEXT = {
    "type": "doc",
    "version": 1,
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Salaries are in it."}]}],
}
DEVELOPERS = {"type": "role", "value": "Developers"}


@pytest.fixture
def door(jira_door):
    return jira_door


@pytest.fixture
def issue(door):
    fields = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}, "summary": "It fails"}
    return site.post(door, "/issue", {"fields": {**fields, "labels": ["baton"]}})["id"]


def notes(door, issue):
    return [each for each in mirror.read(door, remote_id=issue) if each.kind is UpdateKind.NOTE]


def test_a_restricted_comment_says_for_whom_it_is_by_poll_and_by_webhook(door, issue):
    site.post(door, site.issue_path(issue, "/comment"), {"body": TEXT, "visibility": DEVELOPERS})

    (note,) = notes(door, issue)
    assert (note.restricted, note.words, note.internal) == (
        "Developers",
        "Comment for Developers only",
        True,
    )
    event = {
        "webhookEvent": "comment_created",
        "timestamp": 1764000000000,
        "issue": {"id": issue, "fields": {"project": {"projectTypeKey": "service_desk"}}},
        "comment": {
            "id": note.note_id,
            "created": "2026-11-23T15:00:05.000+0000",
            "body": "Salaries are in it.",
            "jsdPublic": True,
            "visibility": {"type": "group", "identifier": "hr-staff"},
        },
    }
    (heard,) = interpret.interpret(headers={}, body=json.dumps(event).encode())
    assert (heard.restricted, heard.internal) == ("hr-staff", True)


@pytest.mark.parametrize("visibility", [{"type": "role"}, {"value": None}, {"value": "  "}])
def test_restricted_to_nobody_knows_whom_is_restricted(visibility):
    comment = {"id": "1", "created": "2026-11-23T15:00:05.000+0000", "visibility": visibility}

    assert noted("10", comment, project_type="software").restricted


def test_our_notes_can_be_kept_to_a_role_and_a_reply_never_is(door, issue):
    ours = site_with(door, {**door.settings, "note_role": "Developers"})
    mirror.note(ours, remote_id=issue, text="For us.", key=KEY, public=False)
    mirror.note(ours, remote_id=issue, text="For the user.", key="b" * 32, public=True)

    comments = site.get(door, site.issue_path(issue, "/comment"))["comments"]

    assert [each.get("visibility", {}).get("value") for each in comments] == ["Developers", None]
    assert mirror.find_note(door, remote_id=issue, key=KEY) == comments[0]["id"]


def test_a_role_that_the_project_lacks_is_said_and_nothing_is_written(door, issue):
    ours = site_with(door, {**door.settings, "note_role": "Nobody"})

    with pytest.raises(Refused, match="role"):
        mirror.note(ours, remote_id=issue, text="For us.", key=KEY, public=False)
    assert notes(door, issue) == []
