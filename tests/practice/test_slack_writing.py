"""The practice Slack takes messages from Slack's own client and from people, and tells who listens."""

import hashlib
import hmac
import json

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from escalation.practice import credentials
from escalation.practice.world.links import slack_user_id

from .loopback import served

CHANNEL = "C04FINOPS1"
HOOK = "https://baton.example/hooks/slack"
METADATA = {"event_type": "baton_update", "event_payload": {"id": "7", "handoff": "h-1"}}


@pytest.fixture
def client(slack):
    slack.session.auth = None
    with served(slack.tool) as address:
        yield WebClient(token=credentials.SLACK_BOT_TOKEN, base_url=f"{address}/api/", retry_handlers=[])


def test_a_post_is_found_again_by_its_metadata(client):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*INC0012345*: in progress"}}]
    sent = client.chat_postMessage(channel=CHANNEL, text="In progress", blocks=blocks, metadata=METADATA)

    with_it = client.conversations_history(channel=CHANNEL, include_all_metadata=True)
    without = client.conversations_history(channel=CHANNEL)

    assert sent["message"]["bot_id"] == "B04BATON001"
    (newest, *older) = with_it["messages"]
    assert (newest["ts"], newest["metadata"], newest["blocks"]) == (sent["ts"], METADATA, blocks)
    assert "metadata" not in without["messages"][0]
    assert [one["ts"] for one in older] == sorted((one["ts"] for one in older), reverse=True)
    assert all(one.get("thread_ts", one["ts"]) == one["ts"] for one in older)


def test_the_same_post_again_is_a_second_message(client):
    first, second = (
        client.chat_postMessage(channel=CHANNEL, text="again", metadata=METADATA) for _ in range(2)
    )

    assert first["ts"] < second["ts"]
    page = client.conversations_history(channel=CHANNEL, limit=1, include_all_metadata=True)
    assert page["has_more"] is True
    cursor = page["response_metadata"]["next_cursor"]
    following = client.conversations_history(channel=CHANNEL, limit=1, cursor=cursor)
    assert [page["messages"][0]["ts"], following["messages"][0]["ts"]] == [second["ts"], first["ts"]]
    between = client.conversations_history(channel=CHANNEL, oldest=first["ts"])
    assert [one["ts"] for one in between["messages"]] == [second["ts"]]
    within = client.conversations_history(channel=CHANNEL, oldest=first["ts"], inclusive=True)
    assert len(within["messages"]) == 2


def test_a_reply_joins_its_thread_and_is_counted(client):
    parent = client.chat_postMessage(channel=CHANNEL, text="Handed over to API Platform")
    reply = client.chat_postMessage(channel=CHANNEL, text="accepted", thread_ts=parent["ts"])

    thread = client.conversations_replies(channel=CHANNEL, ts=reply["ts"])["messages"]
    assert [one["text"] for one in thread] == ["Handed over to API Platform", "accepted"]
    assert (thread[0]["reply_count"], thread[0]["latest_reply"]) == (1, reply["ts"])
    assert thread[1]["parent_user_id"] == "U04BATON001"
    newest = client.conversations_history(channel=CHANNEL)["messages"][0]
    assert newest["ts"] == parent["ts"]
    assert client.users_info(user=thread[1]["user"])["user"]["is_bot"] is True


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": CHANNEL, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": CHANNEL, "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel": CHANNEL, "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ],
)
def test_what_slack_does_not_take_is_named(client, sent, error):
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(**sent)

    assert refused.value.response["error"] == error


def test_a_post_needs_words(slack):
    slack.session.auth = None
    bearer = {"Authorization": f"Bearer {credentials.SLACK_BOT_TOKEN}"}

    answer = slack("POST", "/api/chat.postMessage", data={"channel": CHANNEL}, headers=bearer)

    assert answer.json() == {"ok": False, "error": "no_text"}


def test_who_listens_is_verified_first_and_then_told_of_every_message(client, slack, sink):
    slack("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s3cret"})
    sent = client.chat_postMessage(channel=CHANNEL, text="Über uns", metadata=METADATA)
    assert slack.tool.outgoing.wait_until_idle()

    (_, hello_headers, hello), (url, headers, body) = sink.posts
    verifier = SignatureVerifier("s3cret")
    for given, raw in ((hello_headers, hello), (headers, body)):
        timestamp = given["X-Slack-Request-Timestamp"]
        base = f"v0:{timestamp}:".encode() + raw
        assert given["X-Slack-Signature"] == "v0=" + hmac.new(b"s3cret", base, hashlib.sha256).hexdigest()
        assert verifier.generate_signature(timestamp=timestamp, body=raw) == given["X-Slack-Signature"]
    assert json.loads(hello)["type"] == "url_verification"
    assert json.loads(hello)["challenge"]
    event = json.loads(body)
    assert (url, event["type"], event["event"]["ts"]) == (HOOK, "event_callback", sent["ts"])
    assert event["event"]["bot_id"] == "B04BATON001"
    assert "metadata" not in event["event"]
    assert event["event_id"].startswith("Ev")


def test_a_post_tried_again_is_the_same_event_with_a_number(client, slack, sink):
    slack("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s"})
    assert slack.tool.outgoing.wait_until_idle()
    sink.answers = [503, 200]
    client.chat_postMessage(channel=CHANNEL, text="x")
    assert slack.tool.outgoing.wait_until_idle()

    (_, first, body), (_, second, again) = sink.posts[1:]
    assert body == again
    assert "X-Slack-Retry-Num" not in first
    assert second["X-Slack-Retry-Num"] == "1"


def test_a_person_answers_on_the_page_and_whoever_listens_hears(client, slack, sink):
    slack("POST", "/practice/webhooks", json={"url": HOOK, "secret": "s"})
    parent = client.chat_postMessage(channel=CHANNEL, text="Anything new?")
    evil = "<script>alert(1)</script> works again"
    address = f"/archives/{CHANNEL}/{parent['ts']}"
    page = slack("POST", address, data={"by": slack_user_id("priya"), "text": evil}, allow_redirects=True)

    assert page.status_code == 200
    assert "works again" in page.text
    assert "<script" not in page.text
    assert slack.tool.outgoing.wait_until_idle()
    event = json.loads(sink.posts[-1][2])["event"]
    assert (event["user"], event["thread_ts"]) == (slack_user_id("priya"), parent["ts"])
    assert "bot_id" not in event
    assert slack("POST", address, data={"by": "nobody", "text": "x"}).status_code == 422
    lost = {"by": slack_user_id("priya"), "text": "x"}
    assert slack("POST", f"/archives/{CHANNEL}/1.000000", data=lost).status_code == 404
