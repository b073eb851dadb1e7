"""Our internal note on the user's ticket, and what is said there afterwards, through the real connector."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from escalation.dispatch.deliver import deliver
from escalation.inbound.apply import apply
from escalation.inbound.poll import poll_all
from escalation.models import Connection, Entry, Handoff, Inbox
from tests import builders
from tests.database import owing, real
from tests.database.fakes import Engine
from tests.database.real import Site

pytestmark = pytest.mark.django_db

FOUND = "Level Two has found the cause: the CORS policy of the finance gateway."
TICKETS = f"{real.ZENDESK}/api/v2/tickets"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, celery: Engine) -> Iterator[Site]:
    site = real.open_site(monkeypatch, name="zendesk")
    monkeypatch.setattr("django.utils.timezone.now", site.clock)
    yield site
    site.practice.close()


@pytest.fixture
def desk(site: Site) -> Connection:
    """The connection, with our address subscribed to everything that happens on tickets."""
    desk = real.desk()
    hook = {
        "name": "Baton",
        "status": "active",
        "endpoint": f"https://baton.example{reverse('hook', args=['zendesk', desk.pk])}",
        "http_method": "POST",
        "request_format": "json",
        "subscriptions": [f"zen:event-type:ticket.{each}" for each in ("comment_added", "status_changed")],
    }
    made = ask(desk, "POST", f"{real.ZENDESK}/api/v2/webhooks", {"webhook": hook})["webhook"]["id"]
    secret = ask(desk, "GET", f"{real.ZENDESK}/api/v2/webhooks/{made}/signing_secret")["signing_secret"]
    desk.keep_webhook_secret(secret["secret"])
    desk.save()
    return desk


@pytest.fixture
def escalated(site: Site, desk: Connection) -> Handoff:
    opened = {"subject": "Dashboard", "comment": {"body": "It does not load", "public": True}}
    ticket = ask(desk, "POST", TICKETS, {"ticket": opened})["ticket"]["id"]
    site.clock.forward(300)
    handoff = owing.confirmed(
        route=builders.route(source=desk), author=builders.person("lena"), source_reference=str(ticket)
    )
    handoff.confirmed_at = site.clock()
    handoff.save()
    return handoff


def ask(desk: Connection, method: str, url: str, body: Any = None) -> Any:
    return desk.door().session.ask(method, url, body=body).json


def pass_on(site: Site) -> None:
    """What Zendesk has posted reaches our address and is applied."""
    assert site.practice.outgoing.wait_until_idle()
    for url, headers, body in site.posts:
        path = url.removeprefix("https://baton.example")
        answer = Client().post(path, data=body, content_type="application/json", headers=headers)
        assert answer.status_code in {200, 202}, answer.content
    site.posts.clear()
    for row in Inbox.objects.filter(status=Inbox.Status.WAITING):
        apply(inbox=row.pk, now=site.clock())


def lose_an_answer(site: Site, reference: str) -> None:
    site.practice.faults.add({"method": "PUT", "path": f"/api/v2/tickets/{reference}*", "lose_answer": True})


def told(handoff: Handoff) -> list[tuple[str, str]]:
    return list(handoff.entries.order_by("sequence").values_list("kind", "text"))


@pytest.mark.parametrize("answer", ["heard", "lost"])
def test_our_note_is_internal_there_once_and_makes_no_line_when_it_comes_back(
    escalated: Handoff, site: Site, answer: str
) -> None:
    desk = escalated.route.source
    reference = escalated.source_reference
    note = owing.note_owed(escalated, FOUND, remote_id=reference, connection=desk)
    if answer == "lost":
        site.practice.faults.add(
            {"method": "PUT", "path": f"/api/v2/tickets/{reference}*", "lose_answer": True}
        )
    pass_on(site)

    owing.until_done(note, site.clock)
    pass_on(site)
    poll_all(now=site.clock())

    assert note.attempts.count() == (2 if answer == "lost" else 1)
    comments = ask(desk, "GET", f"{TICKETS}/{reference}/comments")["comments"]
    assert [each["public"] for each in comments if FOUND in each["body"]] == [False]
    assert [kind for kind, _ in told(escalated)] == [Entry.Kind.NOTE_SENT]


def test_a_webhook_of_our_note_that_is_faster_than_its_answer_makes_no_line(
    escalated: Handoff, site: Site
) -> None:
    desk, reference = escalated.route.source, escalated.source_reference
    note = owing.note_owed(escalated, FOUND, remote_id=reference, connection=desk)
    lose_an_answer(site, reference)

    deliver(delivery=note.pk, clock=site.clock)
    pass_on(site)

    assert told(escalated) == []


def test_what_the_user_says_after_the_handoff_is_told_once_and_what_was_said_before_is_not(
    escalated: Handoff, site: Site
) -> None:
    desk, reference = escalated.route.source, escalated.source_reference
    site.clock.forward(60)
    said = {"comment": {"body": "Now Tom cannot open it either", "public": True}}
    ask(desk, "PUT", f"{TICKETS}/{reference}", {"ticket": said})

    pass_on(site)
    ask(desk, "PUT", f"{TICKETS}/{reference}/tags", {"tags": ["baton"]})
    site.clock.forward(120)
    poll_all(now=site.clock())

    assert told(escalated) == [(Entry.Kind.NOTE, "Now Tom cannot open it either")]
    assert escalated.entries.get().details["side"] == "source"


def test_what_another_app_says_and_does_is_heard_and_what_we_say_is_not(
    escalated: Handoff, site: Site
) -> None:
    desk, reference = escalated.route.source, escalated.source_reference
    note = owing.note_owed(escalated, FOUND, remote_id=reference, connection=desk)
    owing.until_done(note, site.clock)
    site.clock.forward(60)
    # An app writes through the same account that we have: only our own comment is ours.
    said = {"comment": {"body": "[status bot] The dashboard is down for all", "public": False}}
    ask(desk, "PUT", f"{TICKETS}/{reference}", {"ticket": said | {"status": "pending"}})

    pass_on(site)
    site.clock.forward(120)
    poll_all(now=site.clock())

    heard = [each for each in told(escalated) if each[0] != Entry.Kind.NOTE_SENT]
    assert sorted(heard) == [
        (Entry.Kind.NOTE, "[status bot] The dashboard is down for all"),
        (Entry.Kind.STATE, "Pending"),
    ]
