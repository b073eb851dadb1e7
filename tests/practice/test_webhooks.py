"""What the practice tools post can be checked with the secret, and can be spoilt on purpose."""

import base64
import hashlib
import hmac
import json

import pytest

INCIDENTS = "/api/now/v2/table/incident"
HOOK = "https://baton.example/hooks/1"


@pytest.fixture
def told_by_servicenow(servicenow):
    servicenow("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s3cret"})
    return servicenow


@pytest.fixture
def told_by_zendesk(zendesk):
    names = ("comment_added", "status_changed", "priority_changed", "created", "tags_changed")
    hook = {
        "name": "Baton",
        "endpoint": HOOK,
        "http_method": "POST",
        "request_format": "json",
        "status": "active",
        "subscriptions": [f"zen:event-type:ticket.{name}" for name in names],
        "authentication": {"type": "bearer_token", "data": {"token": "t0ken"}, "add_position": "header"},
    }
    answer = zendesk("POST", "/api/v2/webhooks", json={"webhook": hook})
    assert answer.status_code == 201
    assert "t0ken" not in answer.text
    path = f"/api/v2/webhooks/{answer.json()['webhook']['id']}/signing_secret"
    zendesk.hook_id = answer.json()["webhook"]["id"]
    zendesk.secret = zendesk("GET", path).json()["signing_secret"]["secret"]
    return zendesk


def bodies(site, sink):
    assert site.tool.outgoing.wait_until_idle()
    return [json.loads(body) for _, _, body in sink.posts]


def test_servicenow_posts_what_changed_without_any_note_text(told_by_servicenow, sink):
    row = told_by_servicenow("POST", INCIDENTS, json={"short_description": "x", "correlation_id": "baton:1"})
    path = f"{INCIDENTS}/{row.json()['result']['sys_id']}"
    told_by_servicenow("PATCH", path, json={"work_notes": "secret cause", "state": "2"})

    first, second = bodies(told_by_servicenow, sink)

    assert set(second) == {
        "event_id", "table", "sys_id", "number", "correlation_id", "state", "sys_mod_count", "sys_updated_on",
        "changed",
    }  # fmt: skip
    assert (second["state"], second["sys_mod_count"], second["correlation_id"]) == ("2", "1", "baton:1")
    assert {"state", "work_notes"} <= set(second["changed"])
    assert first["event_id"] != second["event_id"]
    assert b"secret cause" not in sink.posts[1][2]


def test_servicenows_signature_is_over_timestamp_dot_body(told_by_servicenow, sink):
    told_by_servicenow("POST", INCIDENTS, json={"short_description": "ü"})
    bodies(told_by_servicenow, sink)

    url, headers, body = sink.posts[0]
    signed = headers["X-Baton-Timestamp"].encode() + b"." + body
    assert url == HOOK
    assert headers["X-Baton-Signature"] == "sha256=" + hmac.new(b"s3cret", signed, hashlib.sha256).hexdigest()


def test_zendesk_events_look_as_recorded(told_by_zendesk, sink):
    ticket = {
        "subject": "a",
        "priority": "high",
        "comment": {"body": "b"},
        "requester": {"email": "m@halden.example"},
    }
    key = told_by_zendesk("POST", "/api/v2/tickets", json={"ticket": ticket}).json()["ticket"]["id"]
    told_by_zendesk(
        "PUT",
        f"/api/v2/tickets/{key}",
        json={"ticket": {"status": "pending", "tags": ["x"], "comment": {"body": "note", "public": False}}},
    )

    created, comment, status, tags = bodies(told_by_zendesk, sink)

    assert created["type"] == "zen:event-type:ticket.created"
    assert (created["subject"], created["detail"]["id"]) == (f"zen:ticket:{key}", str(key))
    assert (created["detail"]["priority"], created["detail"]["type"]) == ("HIGH", "")
    assert created["detail"]["assignee_id"] == "0"
    assert comment["event"]["comment"]["is_public"] is False
    assert comment["event"]["comment"]["author"] == {
        "id": comment["detail"]["actor_id"], "is_staff": True, "name": "Alex Agent",
    }  # fmt: skip
    assert status["event"] == {"current": "PENDING", "previous": "NEW"}
    assert tags["event"] == {"tags_added": ["x"], "tags_removed": []}
    assert created["zendesk_event_version"] == "2022-11-06"


def test_zendesks_signature_is_over_timestamp_and_the_body_as_it_left(told_by_zendesk, sink):
    told_by_zendesk("POST", "/api/v2/tickets", json={"ticket": {"comment": {"body": "ß"}}})
    bodies(told_by_zendesk, sink)

    _, headers, body = sink.posts[0]
    signed = headers["X-Zendesk-Webhook-Signature-Timestamp"].encode() + body
    digest = hmac.new(told_by_zendesk.secret.encode(), signed, hashlib.sha256).digest()
    assert headers["X-Zendesk-Webhook-Signature"] == base64.b64encode(digest).decode()
    assert headers["Authorization"] == "Bearer t0ken"
    assert headers["X-Zendesk-Webhook-Id"] == told_by_zendesk.hook_id
    assert body.startswith(b"{\n  ")
    assert body.endswith(b"}\n")


def test_a_test_call_is_signed_with_the_published_secret(told_by_zendesk, sink):
    told_by_zendesk("POST", "/api/v2/webhooks/test", params={"webhook_id": told_by_zendesk.hook_id})
    bodies(told_by_zendesk, sink)

    _, headers, body = sink.posts[0]
    signed = headers["X-Zendesk-Webhook-Signature-Timestamp"].encode() + body
    digest = hmac.new(b"dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==", signed, hashlib.sha256).digest()
    assert headers["X-Zendesk-Webhook-Signature"] == base64.b64encode(digest).decode()


def test_events_nobody_subscribed_to_are_not_posted(told_by_zendesk, sink):
    key = told_by_zendesk("POST", "/api/v2/tickets", json={"ticket": {"comment": {"body": "b"}}}).json()[
        "ticket"
    ]["id"]
    told_by_zendesk("PUT", f"/api/v2/tickets/{key}", json={"ticket": {"subject": "other"}})

    assert [one["type"] for one in bodies(told_by_zendesk, sink)] == ["zen:event-type:ticket.created"]


def numbers(site, sink):
    return [int(body["number"].removeprefix("INC")) - 12345 for body in bodies(site, sink)]


def test_a_webhook_can_be_dropped_or_doubled(told_by_servicenow, sink):
    told_by_servicenow.fault(webhooks="drop")
    told_by_servicenow.fault(webhooks="duplicate")

    for _ in range(3):
        told_by_servicenow("POST", INCIDENTS, json={})

    assert numbers(told_by_servicenow, sink) == [1, 1, 2]
    assert sink.posts[0][2] == sink.posts[1][2]


def test_a_webhook_can_overtake_the_one_before(told_by_servicenow, sink):
    told_by_servicenow.fault(webhooks="reorder")

    for _ in range(3):
        told_by_servicenow("POST", INCIDENTS, json={})

    assert sorted(numbers(told_by_servicenow, sink)) == [0, 1, 2]
    assert numbers(told_by_servicenow, sink)[0] != 0


def test_a_webhook_that_nobody_takes_is_tried_again_and_a_refused_one_is_not(told_by_zendesk, sink):
    sink.answers = [503, 404]

    told_by_zendesk("POST", "/api/v2/tickets", json={"ticket": {"comment": {"body": "b"}}})

    posts = bodies(told_by_zendesk, sink)
    assert [one["id"] for one in posts] == [posts[0]["id"]] * 2
    stamps = [headers["X-Zendesk-Webhook-Signature-Timestamp"] for _, headers, _ in sink.posts]
    assert stamps[0] < stamps[1]
    assert [one["status"] for one in told_by_zendesk("GET", "/practice/deliveries").json()["deliveries"]] == [
        503,
        404,
    ]
