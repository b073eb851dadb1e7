"""The practice Jira's webhook bodies are built like recorded ones: same keys on top, same kinds below.

The recordings lie outside the repository (tests/recorded.py); without them these cases are not collected.
"""

import json
from pathlib import Path

import pytest

from tests import recorded

V3 = "/rest/api/3"
CHECKED = {
    "webhook-issue-created.json",
    "webhook-issue-updated-resolved.json",
    "webhook-issue-updated-assigned.json",
    "webhook-issue-updated-labels.json",
    "webhook-issue-updated-components.json",
    "webhook-issue-assigned-empty-changelog.json",
    "webhook-issue-comment-created-indentation.json",
}
SAMPLES = [str(one) for one in recorded.files("recorded/jira/webhooks/*.json") if one.name in CHECKED]


def kinds(theirs, ours, path=""):
    """Give where a value both sides have is of another kind."""
    if theirs is None or ours is None:
        return []
    if type(theirs) is not type(ours):
        return [f"{path}: {type(theirs).__name__} became {type(ours).__name__}"]
    if isinstance(theirs, dict):
        both = [key for key in theirs if key in ours]
        return [one for key in both for one in kinds(theirs[key], ours[key], f"{path}.{key}")]
    if isinstance(theirs, list) and theirs and ours:
        return kinds(theirs[0], ours[0], f"{path}[0]")
    return []


def items(body):
    return body.get("changelog", {}).get("items", [])


@pytest.fixture
def posted(jira, sink):
    def posting(deployment):
        hook = {"url": "https://baton.example/h", "secret": "s", "deployment": deployment}
        jira("POST", "/practice/webhooks", json=hook)
        fields = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}, "summary": "s"}
        more = {"labels": ["a"], "components": [{"name": "API Gateway"}], "fixVersions": [{"name": "2.5.0"}]}
        key = jira("POST", f"{V3}/issue", json={"fields": {**fields, **more}}).json()["key"]
        jira("POST", f"/rest/api/2/issue/{key}/comment", json={"body": "hello"})
        account = jira("GET", f"{V3}/myself").json()["accountId"]
        jira("PUT", f"{V3}/issue/{key}", json={"fields": {"assignee": {"accountId": account}}})
        jira("PUT", f"{V3}/issue/{key}", json={"fields": {"labels": ["b"]}})
        done = {"transition": {"id": "51"}, "fields": {"resolution": {"name": "Done"}}}
        jira("POST", f"{V3}/issue/{key}/transitions", json=done)
        assert jira.tool.outgoing.wait_until_idle()
        return [json.loads(body) for _, _, body in sink.posts]

    return posting


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_body_is_built_like_a_recorded_one(posted, sample):
    theirs = json.loads(Path(sample).read_text())
    user = theirs["user"]
    ours = next(
        one
        for one in posted("Cloud" if "accountId" in user else "Server")
        if (one["webhookEvent"], one.get("issue_event_type_name"))
        == (theirs["webhookEvent"], theirs["issue_event_type_name"])
    )

    assert set(ours) == set(theirs)
    assert kinds(theirs, ours) == []
    assert {"self", "displayName", "active", "timeZone"} <= set(ours["user"])
    if items(theirs) and items(ours):
        assert set(items(ours)[0]) == set(items(theirs)[0])
