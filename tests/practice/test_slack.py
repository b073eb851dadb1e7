"""The practice Slack gives threads and people as CONTRACTS section 4 describes."""

import re
from datetime import timedelta

import pytest

from escalation.practice import credentials
from escalation.practice.world.links import slack_ts, slack_user_id
from escalation.practice.world.stories import threads
from escalation.practice.world.times import story_now

from .conftest import NOW

CHANNEL = "C04FINOPS1"


@pytest.fixture
def call(slack):
    slack.session.auth = None
    bearer = {"Authorization": f"Bearer {credentials.SLACK_BOT_TOKEN}"}

    def calling(method, headers=bearer, **sent):
        answer = slack("POST", f"/api/{method}", data=sent, headers=headers)
        assert answer.status_code == 200
        return answer.json()

    return calling


@pytest.fixture
def ts():
    thread = next(one for one in threads() if one.key == "finance")
    # The tool looks at its clock once when it is built.
    return lambda place: slack_ts(thread, place, now=story_now(NOW.replace(second=1)))


def test_a_thread_is_given_by_its_parent_and_by_any_reply(call, ts):
    by_parent = call("conversations.replies", channel=CHANNEL, ts=ts(0))
    by_reply = call("conversations.replies", channel=CHANNEL, ts=ts(3))

    assert by_parent["messages"] == by_reply["messages"]
    parent, *replies = by_parent["messages"]
    assert parent["reply_count"] == len(replies) == 7
    assert "FDX-4031" in parent["text"]
    assert f"<@{slack_user_id('amara')}>" in parent["text"]
    assert {one["parent_user_id"] for one in replies} == {slack_user_id("priya")}
    assert all(re.fullmatch(r"\d{10}\.\d{6}", one["ts"]) for one in by_parent["messages"])
    assert [one["edited"]["user"] for one in replies if "edited" in one] == [slack_user_id("priya")]


def test_a_long_thread_is_paged_until_the_cursor_is_empty(call, ts):
    seen, cursor = [], ""
    while True:
        page = call("conversations.replies", channel=CHANNEL, ts=ts(0), limit=3, cursor=cursor)
        seen += page["messages"]
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] == bool(cursor)
        if not cursor:
            break

    assert [one["ts"] for one in seen] == [ts(place) for place in range(8)]


def test_a_person_has_a_zone_and_a_locale_only_when_asked(call):
    user = call("users.info", user=slack_user_id("priya"))["user"]
    with_locale = call("users.info", user=slack_user_id("priya"), include_locale="true")["user"]

    assert (user["tz"], user["tz_offset"]) == ("America/New_York", -5 * 3600)
    assert user["profile"]["email"] == "priya.raman@halden.example"
    assert "locale" not in user
    assert with_locale["locale"] == "en-US"


def test_a_permalink_of_a_reply_names_its_thread(call, ts):
    given = call("chat.getPermalink", channel=CHANNEL, message_ts=ts(0))["permalink"]
    reply = call("chat.getPermalink", channel=CHANNEL, message_ts=ts(2))["permalink"]

    assert given == f"https://halden.slack.com/archives/{CHANNEL}/p{ts(0).replace('.', '')}"
    assert reply.endswith(f"?thread_ts={ts(0)}&cid={CHANNEL}")


def test_every_link_in_a_ticket_leads_to_a_thread_though_the_tools_started_apart(start, clock, tmp_path):
    zendesk = start("zendesk", with_world=True, data=tmp_path)
    clock.now += timedelta(hours=30)
    slack = start("slack", with_world=True, data=tmp_path)

    written = "\n".join(one["body"] for one in zendesk.store.all("comment"))
    links = re.findall(r"/archives/(\w+)/p(\d{10})(\d{6})", written)
    assert len(links) >= 5
    for channel, seconds, micros in links:
        assert slack.store.get("message", f"{channel}:{seconds}.{micros}") is not None


@pytest.mark.parametrize(
    ("method", "sent", "error"),
    [
        ("conversations.replies", {"channel": "C0NOWHERE", "ts": "1.000000"}, "channel_not_found"),
        ("conversations.replies", {"channel": CHANNEL, "ts": "1.000000"}, "thread_not_found"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("chat.getPermalink", {"channel": CHANNEL, "message_ts": "1.000000"}, "message_not_found"),
        ("chat.update", {"channel": CHANNEL, "text": "hi"}, "unknown_method"),
    ],
)
def test_a_refusal_is_200_and_not_ok(call, method, sent, error):
    assert call(method, **sent) == {"ok": False, "error": error}


def test_a_call_needs_the_token(call):
    assert call("auth.test", headers={})["error"] == "not_authed"
    assert call("auth.test", headers={"Authorization": "Bearer xoxb-other"})["error"] == "invalid_auth"
    assert call("auth.test")["team_id"] == "T04HALDEN1"


def test_people_can_read_the_threads_on_a_page(slack):
    slack.session.auth = None
    page = slack("GET", "/").text

    assert "FDX-4031 upstream policy rejected" in page
    assert "&lt;@U04" in page
