"""The practice Jira keeps comments public or internal, and posts what happened as Cloud and as a Server."""

import hashlib
import hmac
import json

import pytest

V3 = "/rest/api/3"
V2 = "/rest/api/2"
HOOK = "https://baton.example/hooks/jira"


def adf(text):
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


@pytest.fixture
def heard(jira, sink):
    def hearing():
        assert jira.tool.outgoing.wait_until_idle()
        return [(headers, json.loads(body)) for _url, headers, body in sink.posts]

    return hearing


def test_a_service_comment_is_public_unless_its_property_says_internal(jira):
    address = f"{V3}/issue/SUP-320/comment"
    internal = {"key": "sd.public.comment", "value": {"internal": True}}
    marker = {"key": "baton", "value": {"id": "7"}}

    first = jira("POST", address, json={"body": adf("for the user")})
    second = jira("POST", address, json={"body": adf("for us"), "properties": [internal, marker]})

    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json()["jsdPublic"], second.json()["jsdPublic"]) == (True, False)
    assert "properties" not in second.json()
    page = jira("GET", f"{address}?expand=properties&orderBy=-created").json()
    assert page["comments"][0]["properties"] == [internal, marker]
    assert page["total"] == len(page["comments"]) == 3


def test_a_comment_is_a_document_in_v3_and_a_string_in_v2(jira):
    address = "/issue/PLAT-2206/comment"

    refused = jira("POST", V3 + address, json={"body": "plain"})
    empty = jira("POST", V2 + address, json={"body": "  "})
    kept = jira("POST", V2 + address, json={"body": "see *this*"}).json()

    assert refused.json()["errors"] == {"comment": "Comment body is not valid!"}
    assert empty.json()["errors"] == {"comment": "Comment body can not be empty!"}
    assert kept["body"] == "see *this*"
    marked = jira("GET", f"{V3}{address}/{kept['id']}").json()["body"]["content"][0]["content"][1]
    assert marked == {"type": "text", "text": "this", "marks": [{"type": "strong"}]}


def test_only_a_known_role_or_a_group_may_be_named(jira):
    address = f"{V3}/issue/PLAT-2206/comment"

    kept = jira(
        "POST", address, json={"body": adf("x"), "visibility": {"type": "role", "value": "Developers"}}
    )
    wrong = jira("POST", address, json={"body": adf("x"), "visibility": {"type": "role", "value": "Nobody"}})

    assert kept.json()["visibility"]["value"] == "Developers"
    assert wrong.status_code == 400


def test_the_service_desk_takes_a_flag_and_only_for_its_own_requests(jira):
    sent = {"body": "we look at it", "public": False}
    kept = jira("POST", "/rest/servicedeskapi/request/SUP-320/comment", json=sent)

    assert (kept.status_code, kept.json()["public"]) == (201, False)
    comments = jira("GET", f"{V3}/issue/SUP-320/comment").json()["comments"]
    assert comments[-1]["jsdPublic"] is False
    assert jira("POST", "/rest/servicedeskapi/request/PLAT-2206/comment", json=sent).status_code == 404


def test_a_post_is_signed_over_its_body_and_keeps_its_identifier_when_tried_again(
    jira, sink, heard, monkeypatch
):
    monkeypatch.setattr("escalation.practice.jira.webhooks._WAITS", (0.0, 0.0))
    jira("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s3cret"})
    sink.answers = [503, 200]

    jira("PUT", f"{V3}/issue/PLAT-2206", json={"fields": {"summary": "Über alles"}})

    (first, body), (second, _) = heard()
    raw = sink.posts[0][2]
    expected = hmac.new(b"s3cret", raw, hashlib.sha256).hexdigest()
    assert first["X-Hub-Signature"] == f"sha256={expected}"
    assert first["X-Atlassian-Webhook-Identifier"] == second["X-Atlassian-Webhook-Identifier"]
    assert "X-Atlassian-Webhook-Retry" not in first
    assert second["X-Atlassian-Webhook-Retry"] == "1"
    assert first["X-Atlassian-Webhook-Flow"] == "Primary"
    assert body["changelog"]["items"][0]["toString"] == "Über alles"


def test_cloud_says_little_of_the_issue_when_someone_comments(jira, heard):
    jira("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s"})
    jira("POST", f"{V3}/issue/PLAT-2206/comment", json={"body": adf("as *text*")})

    ((_, body),) = heard()
    assert body["webhookEvent"] == "comment_created"
    assert "user" not in body
    assert len(body["issue"]["fields"]) == 6
    assert body["comment"]["body"] == r"as \*text\*"
    assert body["comment"]["author"]["accountId"]


def test_a_server_says_it_twice_and_once_without_the_issue(jira, heard):
    jira("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s", "deployment": "Server"})
    jira("POST", f"{V3}/issue/PLAT-2206/comment", json={"body": adf("hello")})

    (headers, first), (_, second) = heard()
    assert (first["webhookEvent"], second["webhookEvent"]) == ("comment_created", "jira:issue_updated")
    assert "issue" not in first
    issue = jira("GET", f"{V3}/issue/PLAT-2206").json()["id"]
    assert f"/issue/{issue}/comment/" in first["comment"]["self"]
    assert second["issue_event_type_name"] == "issue_commented"
    assert second["comment"]["id"] == first["comment"]["id"]
    assert second["comment"]["author"]["name"] == "baton"
    assert "X-Atlassian-Webhook-Identifier" not in headers


def test_a_resolution_and_a_status_come_in_one_event_and_field_ids_only_from_cloud(jira, heard):
    jira("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s"})
    jira("POST", "/practice/webhooks", json={"url": f"{HOOK}/dc", "secret": "s", "deployment": "Server"})
    done = {"transition": {"id": "51"}, "fields": {"resolution": {"name": "Done"}}}
    assert jira("POST", f"{V3}/issue/PLAT-2219/transitions", json=done).status_code == 204

    cloud, server = [body for _, body in heard()]
    assert cloud["issue_event_type_name"] == "issue_generic"
    assert [one["field"] for one in cloud["changelog"]["items"]] == ["resolution", "status"]
    assert cloud["changelog"]["items"][1]["fieldId"] == "status"
    assert "fieldId" not in server["changelog"]["items"][1]
    assert cloud["issue"]["fields"]["status"]["statusCategory"]["key"] == "done"
    assert isinstance(cloud["issue"]["fields"]["description"], str)


def test_an_administrator_registers_a_webhook_for_some_events_and_issues(jira, data_center, heard):
    sent = {
        "name": "Baton",
        "url": HOOK,
        "secret": "s",
        "events": ["jira:issue_created"],
        "filters": {"issue-related-events-section": "project = SUP"},
    }
    made = jira("POST", "/rest/webhooks/1.0/webhook", json=sent)
    fields = {"summary": "s", "project": {"key": "PLAT"}, "issuetype": {"name": "Task"}}
    jira("POST", f"{V3}/issue", json={"fields": fields})
    wanted = {**fields, "project": {"key": "SUP"}, "issuetype": {"name": "Incident"}}
    key = jira("POST", f"{V3}/issue", json={"fields": wanted}).json()["key"]
    jira("PUT", f"{V3}/issue/{key}", json={"fields": {"summary": "not asked for"}})

    assert made.status_code == 201
    assert "secret" not in made.json()
    ((_, body),) = heard()
    assert (body["webhookEvent"], body["issue"]["key"]) == ("jira:issue_created", key)
    assert body["matchedWebhookIds"] == [int(made.json()["self"].rpartition("/")[2])]
    bad = {**sent, "filters": {"issue-related-events-section": "nonsense ="}}
    assert jira("POST", "/rest/webhooks/1.0/webhook", json=bad).status_code == 400
    assert jira("DELETE", made.json()["self"].partition(jira.host)[2]).status_code == 204
    assert data_center("GET", "/rest/webhooks/1.0/webhook").status_code == 404
    assert data_center("GET", "/rest/jira-webhook/1.0/webhooks").json() == []


def test_listeners_stay_when_the_world_begins_again(jira):
    jira("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s"})
    jira("POST", f"{V3}/issue/PLAT-2206/comment", json={"body": adf("gone soon")})
    jira("POST", "/practice/reset")

    assert len(jira("GET", "/practice/webhooks").json()["webhooks"]) == 1
    assert jira("GET", f"{V3}/issue/PLAT-2206/comment").json()["total"] == 1


def test_what_is_deleted_is_gone_and_told_as_it_last_was(jira, heard):
    jira("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s"})
    kept = jira("POST", f"{V3}/issue/PLAT-2206/comment", json={"body": adf("by mistake")}).json()

    assert jira("DELETE", f"{V3}/issue/PLAT-2206/comment/{kept['id']}").status_code == 204
    assert jira("DELETE", f"{V3}/issue/PLAT-2206").status_code == 204

    assert jira("GET", f"{V3}/issue/PLAT-2206").status_code == 404
    assert jira("DELETE", f"{V3}/issue/PLAT-2206").status_code == 404
    _, (_, comment), (_, issue) = heard()
    assert (comment["webhookEvent"], comment["comment"]["body"]) == ("comment_deleted", "by mistake")
    assert set(issue) == {"timestamp", "webhookEvent", "user", "issue"}
    assert (issue["webhookEvent"], issue["issue"]["key"]) == ("jira:issue_deleted", "PLAT-2206")


def test_a_data_center_registers_at_its_own_address_and_is_changed_there(data_center, heard):
    address = "/rest/jira-webhook/1.0/webhooks"
    sent = {"name": "Baton", "url": HOOK, "secret": "s", "events": ["jira:issue_updated"]}
    made = data_center("POST", address, json=sent).json()
    number = made["self"].rpartition("/")[2]

    changed = data_center("PUT", f"{address}/{number}", json={**sent, "events": ["comment_created"]})
    data_center("POST", f"{V2}/issue/PLAT-2206/comment", json={"body": "hello"})

    assert changed.status_code == 200
    ((_, body),) = heard()
    assert (body["webhookEvent"], body["comment"]["author"]["key"]) == ("comment_created", "baton")
    assert "issue" not in body
