"""A team reads in its channel what becomes of a handoff, and what is said in the thread comes back."""

import html
import json
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from escalation.inbound.apply import apply
from escalation.inbound.poll import poll_all
from escalation.models import ChatThread, Connection, Delivery, Entry, Handoff, Inbox, Team, TeamChannel
from escalation.practice import credentials
from escalation.practice.world.into_slack import DESK_CHANNEL
from escalation.timeline.record import Line, record
from tests import builders
from tests.database import owing, real
from tests.database.fakes import Engine
from tests.database.real import SECRET, Site

pytestmark = pytest.mark.django_db
PLACE = {"id": DESK_CHANNEL, "name": "service-desk"}
PERSON = {"id": "U0PRIYA", "real_name": "Priya Raman", "is_bot": False}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, celery: Engine) -> Iterator[Site]:
    site = real.open_site(monkeypatch, name="slack")
    monkeypatch.setattr("django.utils.timezone.now", site.clock)
    site.practice.store.put("channel", DESK_CHANNEL, PLACE)
    site.practice.store.put("user", PERSON["id"], PERSON)
    yield site
    site.practice.close()


@pytest.fixture
def delivered(db: None) -> Handoff:
    route = builders.route()
    return builders.handoff(
        route=route,
        author=builders.person("lena", team=route.sender),
        status="delivered",
        confirmed_at=builders.NOW,
        remote_id="a" * 32,
        remote_number="INC0012345",
    )


@pytest.fixture
def chat(site: Site, delivered: Handoff) -> Connection:
    row = builders.connection("slack", base_url="https://halden.slack.com", our_user="baton")
    row.keep_credentials({"scheme": "bearer", "token": credentials.SLACK_BOT_TOKEN})
    row.keep_webhook_secret(SECRET)
    row.save()
    team = delivered.route.sender
    TeamChannel.objects.create(team=team, connection=row, place=DESK_CHANNEL, name="service-desk")
    return row


def say(handoff: Handoff, kind: Entry.Kind, text: str = "", **details: str) -> None:
    line = Line(kind=kind, happened_at=builders.NOW, tool="servicenow", text=text, details=details)
    record(handoff=handoff, line=line, now=builders.NOW)


def posts(handoff: Handoff) -> list[Delivery]:
    return list(handoff.deliveries.filter(kind=Delivery.Kind.POST).order_by("position"))


def messages(site: Site) -> list[dict[str, str]]:
    found = [one["message"] for one in site.practice.store.all("message")]
    return sorted(found, key=lambda one: str(one["ts"]))


def carried(handoff: Handoff, site: Site) -> list[Delivery]:
    return [owing.until_done(row, site.clock) for row in posts(handoff)]


def test_each_status_is_posted_once_in_one_thread_although_answers_are_lost(
    chat: Connection, delivered: Handoff, site: Site
) -> None:
    say(delivered, Entry.Kind.DELIVERED, number="INC0012345")
    say(delivered, Entry.Kind.ACCEPTED)
    for _ in range(2):
        site.practice.faults.add({"path": "/api/chat.postMessage", "lose_answer": True})

    rows = carried(delivered, site)

    first, second = messages(site)
    assert [row.status for row in rows] == [Delivery.Status.DONE] * 2
    assert "INC0012345" in first["text"]
    assert reverse("handoff", args=[delivered.pk]) in first["text"]
    assert second["thread_ts"] == first["ts"]
    assert delivered.entries.filter(kind=Entry.Kind.POSTED).count() == 1


def test_a_channel_that_refuses_is_a_persons_matter_and_owes_no_post_of_its_own(
    chat: Connection, delivered: Handoff, site: Site
) -> None:
    site.practice.store.remove("channel", DESK_CHANNEL)
    say(delivered, Entry.Kind.ACCEPTED)

    (row,) = carried(delivered, site)

    assert row.status == Delivery.Status.STUCK
    assert "choose another channel" in row.reason
    assert len(posts(delivered)) == 1


def test_without_a_channel_nothing_is_owed(delivered: Handoff) -> None:
    say(delivered, Entry.Kind.ACCEPTED)

    assert posts(delivered) == []


@pytest.mark.parametrize("webhooks", [True, False], ids=["with events", "by polling alone"])
def test_what_is_said_in_the_thread_is_on_the_timeline_once(
    chat: Connection, delivered: Handoff, site: Site, *, webhooks: bool
) -> None:
    say(delivered, Entry.Kind.ACCEPTED)
    carried(delivered, site)
    hook = reverse("hook", args=["slack", chat.pk])
    page = site.practice.flask.test_client()
    listener = {"url": f"https://baton.example{hook}", "secret": SECRET}
    page.post("/practice/webhooks", json=listener)
    (root,) = messages(site)
    site.clock.forward(60)
    page.post(f"/archives/{DESK_CHANNEL}/{root['ts']}", data={"by": PERSON["id"], "text": "It works again"})

    if webhooks:
        assert site.practice.outgoing.wait_until_idle()
        for _, headers, body in site.posts * 2:
            answer = Client().post(hook, data=body, content_type="application/json", headers=headers)
            if "challenge" in json.loads(body):
                assert answer.content.decode() == json.loads(body)["challenge"]
            assert answer.status_code in {200, 202}
        for row in Inbox.objects.all():
            apply(inbox=row.pk, now=site.clock())
    poll_all(now=site.clock())

    (entry,) = delivered.entries.filter(kind=Entry.Kind.NOTE)
    assert (entry.text, entry.who, entry.details["side"]) == ("It works again", "Priya Raman", "chat")
    assert len(posts(delivered)) == 1


def chosen(team: Team, connection: Connection, channel: str) -> dict[str, str]:
    """What the owner's form of a team posts."""
    return {
        "name": team.name,
        "zone": str(team.zone),
        "opens": "08:00",
        "closes": "18:00",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
        "channel-TOTAL_FORMS": "1",
        "channel-INITIAL_FORMS": "0",
        "channel-0-connection": str(connection.pk),
        "channel-0-place": channel,
    }


@pytest.mark.parametrize("channel", ["service-desk", "#service-desk", DESK_CHANNEL])
def test_an_owner_chooses_the_channel_by_its_name(chat: Connection, client: Client, channel: str) -> None:
    TeamChannel.objects.all().delete()
    team = Team.objects.get(memberships__user__username="lena")
    client.force_login(User.objects.create_superuser("root"))

    answer = client.post(reverse("admin:escalation_team_change", args=[team.pk]), chosen(team, chat, channel))

    assert answer.status_code == 302, answer.content.decode()
    row = TeamChannel.objects.get()
    assert (row.team, row.place, row.name) == (team, DESK_CHANNEL, "service-desk")


def test_a_channel_without_the_app_is_refused_with_those_that_can_be_chosen(
    chat: Connection, client: Client
) -> None:
    TeamChannel.objects.all().delete()
    team = Team.objects.get(memberships__user__username="lena")
    client.force_login(User.objects.create_superuser("root"))

    answer = client.post(
        reverse("admin:escalation_team_change", args=[team.pk]), chosen(team, chat, "secret")
    )

    said = html.unescape(answer.content.decode())
    assert "Baton's app is not in #secret. It is in: #service-desk." in said
    assert not TeamChannel.objects.exists()


def test_other_talk_in_a_channel_is_ignored_and_not_asked_for_again(chat: Connection, site: Site) -> None:
    page, hook = site.practice.flask.test_client(), reverse("hook", args=["slack", chat.pk])
    page.post("/practice/webhooks", json={"url": f"https://baton.example{hook}", "secret": SECRET})
    message = {"user": PERSON["id"], "text": "Lunch?", "ts": f"{int(site.clock().timestamp())}.000001"}
    site.practice.store.put(
        "message", f"{DESK_CHANNEL}:{message['ts']}", {"channel": DESK_CHANNEL, "message": message}
    )
    page.post(f"/archives/{DESK_CHANNEL}/{message['ts']}", data={"by": PERSON["id"], "text": "Yes"})
    assert site.practice.outgoing.wait_until_idle()
    for _, headers, body in site.posts:
        Client().post(hook, data=body, content_type="application/json", headers=headers)

    (row,) = Inbox.objects.all()
    apply(inbox=row.pk, now=site.clock())

    row.refresh_from_db()
    assert row.status == Inbox.Status.IGNORED
    assert not ChatThread.objects.exists()
