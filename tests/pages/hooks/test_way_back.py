"""From a practice ServiceNow's business rule through our address to the timeline, and by polling alone."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from escalation.inbound.apply import apply
from escalation.inbound.poll import poll_all
from escalation.lifecycle.words import Status
from escalation.models import Delivery, Entry, Handoff, Inbox
from tests import builders
from tests.database import owing, real
from tests.database.fakes import Engine
from tests.database.real import SECRET, Site

pytestmark = pytest.mark.django_db

CORS = (
    "Identified misconfigured CORS policy on API gateway, "
    "coordinating with infrastructure for emergency change approval"
)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, celery: Engine) -> Iterator[Site]:
    site = real.open_site(monkeypatch)
    monkeypatch.setattr("django.utils.timezone.now", site.clock)
    yield site
    site.practice.close()


@pytest.fixture
def delivered(site: Site) -> Handoff:
    route = real.route()
    hook = reverse("hook", args=["servicenow", route.target_id])
    listener = {"url": f"https://baton.example{hook}", "secret": SECRET}
    route.target.door().session.ask("POST", f"{real.HOST}/practice/webhooks", body=listener)
    handoff, record = real.owed(route, builders.person("lena"))
    owing.until_done(record, site.clock)
    handoff.refresh_from_db()
    return handoff


def pass_on(site: Site, *, times: int = 1) -> None:
    """What the tool has posted reaches our address, as often as told, and is applied."""
    assert site.practice.outgoing.wait_until_idle()
    for url, headers, body in site.posts:
        for _ in range(times):
            answer = Client().post(
                url.removeprefix("https://baton.example"),
                data=body,
                content_type="application/json",
                headers=headers,
            )
            assert answer.status_code in {200, 202}, answer.content
    site.posts.clear()
    for row in Inbox.objects.filter(status=Inbox.Status.WAITING):
        apply(inbox=row.pk, now=site.clock())


def told(handoff: Handoff) -> list[tuple[str, str]]:
    entries = handoff.entries.exclude(kind__in=[Entry.Kind.DELIVERED, Entry.Kind.FIELD_IGNORED])
    return list(entries.order_by("sequence").values_list("kind", "text"))


def test_a_work_note_stands_on_the_timeline_once_beside_what_the_user_can_be_told(
    delivered: Handoff, site: Site
) -> None:
    target = delivered.route.target
    site.agent(target, delivered.remote_id, work_notes=CORS)

    pass_on(site, times=3)
    poll_all(now=site.clock())

    assert told(delivered) == [(Entry.Kind.NOTE, CORS)]
    entry = delivered.entries.get(kind=Entry.Kind.NOTE)
    assert entry.sayable.startswith("We've found the configuration causing the problem")
    assert entry.who == "baton.itil"


@pytest.mark.parametrize("webhooks", [True, False], ids=["with webhooks", "by polling alone"])
def test_what_the_receiver_does_moves_the_handoff(delivered: Handoff, site: Site, *, webhooks: bool) -> None:
    target = delivered.route.target
    statuses = []
    for changes in (
        {"state": "2"},
        {"state": "3", "hold_reason": "4"},
        {"state": "2"},
        {"state": "6", "close_code": "Solution provided", "close_notes": "Policy corrected"},
    ):
        site.agent(target, delivered.remote_id, **changes)
        if webhooks:
            pass_on(site)
        else:
            poll_all(now=site.clock())
        delivered.refresh_from_db()
        statuses.append(delivered.status)

    assert statuses == [Status.ACCEPTED, Status.WAITING, Status.DIAGNOSING, Status.RESOLVED]
    changes_told = [kind for kind, _ in told(delivered) if kind != Entry.Kind.ASSIGNED]
    assert changes_told == [
        Entry.Kind.ACCEPTED,
        Entry.Kind.WAITING,
        Entry.Kind.WENT_ON,
        Entry.Kind.RESOLVED,
    ]


def test_a_note_of_ours_makes_no_line_when_it_comes_back(delivered: Handoff, site: Site) -> None:
    note = owing.note_owed(delivered, "The user can test until 17:00.", remote_id=delivered.remote_id)
    owing.until_done(note, site.clock)

    pass_on(site)
    poll_all(now=site.clock())

    assert note.status == Delivery.Status.DONE
    assert [kind for kind, _ in told(delivered)] == [Entry.Kind.NOTE_SENT]


def test_a_record_that_was_adopted_does_not_show_us_our_own_first_note(site: Site) -> None:
    route = real.route()
    handoff, record = real.owed(route, builders.person("lena"))
    site.practice.faults.add({"method": "POST", "lose_answer": True})
    owing.until_done(record, site.clock)
    assert record.attempts.count() == 2

    poll_all(now=site.clock())

    assert told(handoff) == []


def test_what_another_program_does_is_heard_and_what_our_own_user_does_is_not(
    delivered: Handoff, site: Site
) -> None:
    note = owing.note_owed(delivered, "The user can test until 17:00.", remote_id=delivered.remote_id)
    owing.until_done(note, site.clock)
    # A monitoring program of theirs, which logs in as an integration user of its own.
    site.agent(
        delivered.route.target, delivered.remote_id, work_notes="[bot] Probe fails since 22:10", state="2"
    )

    pass_on(site, times=2)
    poll_all(now=site.clock())

    heard = [each for each in told(delivered) if each[0] not in {Entry.Kind.NOTE_SENT, Entry.Kind.ASSIGNED}]
    assert sorted(heard) == [
        (Entry.Kind.ACCEPTED, "In Progress"),
        (Entry.Kind.NOTE, "[bot] Probe fails since 22:10"),
    ]
