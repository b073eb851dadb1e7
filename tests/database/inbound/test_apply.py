"""What a stored webhook becomes: a line, once, or a row that says why not."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from escalation.dispatch.deliver import deliver
from escalation.inbound.apply import apply, apply_waiting
from escalation.inbound.receive import receive
from escalation.lifecycle.words import Status
from escalation.models import Delivery, Entry, Handoff, Inbox, RemoteUpdate, Snapshot
from escalation.tools.updates import RemoteState
from escalation.upkeep.publish import publish_rules
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock, Engine, FakeTenant, Held, state, update

pytestmark = pytest.mark.django_db

CORS = (
    "Identified misconfigured CORS policy on API gateway, "
    "coordinating with infrastructure for emergency change approval"
)


@pytest.fixture
def there(record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock) -> Handoff:
    """The handoff, its record delivered as record-1."""
    deliver(delivery=record.pk, clock=clock)
    clock.forward(60)
    handoff.refresh_from_db()
    return handoff


def webhook(tenant: FakeTenant, handoff: Handoff, said: Any, *, at: datetime | None = None) -> Inbox:
    """The tool calls us."""
    row = receive(
        connection=handoff.route.target,
        hooks=tenant,
        headers={"x-fake-signature": "a-webhook-secret"},
        body=json.dumps(said).encode() if not isinstance(said, bytes) else said,
        now=at or tenant.clock(),
    )
    assert row is not None
    return row


def hint(tenant: FakeTenant, handoff: Handoff, event: str, *records: str) -> Inbox:
    return webhook(tenant, handoff, {"event": event, "records": records or ["record-1"]})


def told(handoff: Handoff) -> list[tuple[str, str]]:
    """Kind and text of what came back."""
    entries = handoff.entries.exclude(kind=Entry.Kind.DELIVERED).order_by("sequence")
    return list(entries.values_list("kind", "text"))


def test_a_work_note_stands_on_the_timeline_with_what_can_be_said_of_it(
    there: Handoff, tenant: FakeTenant
) -> None:
    written = tenant.says("record-1", text=CORS)

    row = hint(tenant, there, "e1")
    apply(inbox=row.pk, now=tenant.clock())

    entry = there.entries.get(kind=Entry.Kind.NOTE)
    assert (entry.text, entry.who, entry.happened_at) == (CORS, "tomas.brandt", written.at)
    assert entry.sayable.startswith("We've found the configuration causing the problem")
    assert entry.certain
    row.refresh_from_db()
    assert (row.status, row.applied_at) == (Inbox.Status.APPLIED, tenant.clock())


def test_a_webhook_that_comes_twice_and_a_poll_make_one_line(there: Handoff, tenant: FakeTenant) -> None:
    tenant.says("record-1", text="Looking into it")

    for event in ("e1", "e2"):
        apply(inbox=hint(tenant, there, event).pk, now=tenant.clock())

    assert told(there) == [(Entry.Kind.NOTE, "Looking into it")]


def test_the_same_event_is_stored_once(there: Handoff, tenant: FakeTenant) -> None:
    hint(tenant, there, "e1")

    again = receive(
        connection=there.route.target,
        hooks=tenant,
        headers={"x-fake-signature": "a-webhook-secret"},
        body=b'{"event": "e1"}',
        now=NOW,
    )

    assert again is None
    assert Inbox.objects.count() == 1


def test_a_task_that_comes_twice_applies_once(there: Handoff, tenant: FakeTenant) -> None:
    tenant.says("record-1", text="Looking into it")
    row = hint(tenant, there, "e1")

    apply(inbox=row.pk, now=tenant.clock())
    apply(inbox=row.pk, now=tenant.clock())

    assert tenant.calls.count("read") == 1


@pytest.mark.parametrize(
    ("value", "words", "status", "kind"),
    [
        (RemoteState.WORKING, "In Progress", Status.ACCEPTED, Entry.Kind.ACCEPTED),
        (RemoteState.WAITING, "On Hold (Awaiting Vendor)", Status.WAITING, Entry.Kind.WAITING),
        (RemoteState.RESOLVED, "Resolved", Status.RESOLVED, Entry.Kind.RESOLVED),
        (RemoteState.CLOSED, "Closed", Status.RESOLVED, Entry.Kind.RESOLVED),
        (RemoteState.CANCELLED, "Canceled", Status.BOUNCED, Entry.Kind.BOUNCED),
    ],
)
def test_a_change_of_state_moves_the_handoff_and_keeps_the_tools_words(
    there: Handoff, tenant: FakeTenant, *, value: RemoteState, words: str, status: Status, kind: str
) -> None:
    tenant.says("record-1", **state(value, words))

    apply(inbox=hint(tenant, there, "e1").pk, now=tenant.clock())

    there.refresh_from_db()
    assert there.status == status
    assert told(there) == [(kind, words)]
    assert there.entries.get(kind=kind).sayable


def test_a_state_that_is_read_again_is_no_news_and_one_that_comes_back_is(
    there: Handoff, tenant: FakeTenant
) -> None:
    for number, (value, words) in enumerate(
        [
            (RemoteState.NEW, "New"),
            (RemoteState.WORKING, "In Progress"),
            (RemoteState.WORKING, "In Progress"),
            (RemoteState.RESOLVED, "Resolved"),
            (RemoteState.WORKING, "In Progress"),
        ]
    ):
        tenant.clock.forward(10)
        tenant.says("record-1", **state(value, words))
        apply(inbox=hint(tenant, there, f"e{number}").pk, now=tenant.clock())

    assert told(there) == [
        (Entry.Kind.ACCEPTED, "In Progress"),
        (Entry.Kind.RESOLVED, "Resolved"),
        (Entry.Kind.REOPENED, "In Progress"),
    ]
    there.refresh_from_db()
    assert there.status == Status.DIAGNOSING


def test_a_late_state_is_told_with_its_own_time_and_moves_nothing(there: Handoff, tenant: FakeTenant) -> None:
    early = tenant.clock()
    tenant.clock.forward(30)
    tenant.says("record-1", **state(RemoteState.RESOLVED, "Resolved"))
    apply(inbox=hint(tenant, there, "e1").pk, now=tenant.clock())

    tenant.says("record-1", at=early, **state(RemoteState.WAITING, "On Hold"))
    apply(inbox=hint(tenant, there, "e2").pk, now=tenant.clock())

    there.refresh_from_db()
    assert there.status == Status.RESOLVED
    late = there.entries.latest("sequence")
    assert (late.kind, late.text, late.happened_at) == (Entry.Kind.STATE, "On Hold", early)
    assert late.details["late"] is True


def test_our_own_note_coming_back_makes_no_line(there: Handoff, tenant: FakeTenant) -> None:
    note = owing.note_owed(there, "The user can test until 17:00.", remote_id="record-1")
    owing.until_done(note, tenant.clock)

    apply(inbox=hint(tenant, there, "e1").pk, now=tenant.clock())

    assert told(there) == [(Entry.Kind.NOTE_SENT, "")]
    assert RemoteUpdate.objects.get(handoff=there).echo


def test_our_own_note_is_known_even_when_its_webhook_is_faster_than_its_answer(
    there: Handoff, tenant: FakeTenant
) -> None:
    note = owing.note_owed(there, "The user can test until 17:00.", remote_id="record-1")
    tenant.plans.append("lost after")
    tenant.user = "Baton, as the tool's people see it"
    deliver(delivery=note.pk, clock=tenant.clock)

    apply(inbox=hint(tenant, there, "e1").pk, now=tenant.clock())

    assert RemoteUpdate.objects.get(handoff=there).echo


def test_somebody_who_says_the_same_as_a_note_of_ours_is_heard(there: Handoff, tenant: FakeTenant) -> None:
    note = owing.note_owed(there, "Thanks, that helps.", remote_id="record-1")
    owing.until_done(note, tenant.clock)
    tenant.says("record-1", text="Thanks, that helps.", note_id="note-of-tomas")

    apply(inbox=hint(tenant, there, "e1").pk, now=tenant.clock())

    assert there.entries.filter(kind=Entry.Kind.NOTE).count() == 1


def test_somebody_who_quotes_our_note_is_heard(there: Handoff, tenant: FakeTenant) -> None:
    note = owing.note_owed(there, "The user can test until 17:00.", remote_id="record-1")
    owing.until_done(note, tenant.clock)
    tenant.says("record-1", text="> The user can test until 17:00.\nThanks, will do.")

    apply(inbox=hint(tenant, there, "e1").pk, now=tenant.clock())

    assert there.entries.filter(kind=Entry.Kind.NOTE).count() == 1


def test_a_webhook_that_is_faster_than_the_answer_to_create_waits_for_it(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("lost after")
    deliver(delivery=record.pk, clock=clock)
    tenant.says("record-1", text="Looking into it")
    row = hint(tenant, handoff, "e1")

    apply(inbox=row.pk, now=clock())
    row.refresh_from_db()
    assert row.status == Inbox.Status.PARKED
    assert tenant.calls.count("read") == 0
    owing.until_done(record, clock)
    clock.now = max(clock.now, row.not_before)
    assert apply_waiting(now=clock()) == 1

    assert told(handoff) == [(Entry.Kind.NOTE, "Looking into it")]
    row.refresh_from_db()
    assert row.status == Inbox.Status.APPLIED


def test_a_record_that_is_never_ours_is_given_up_after_a_day(there: Handoff, tenant: FakeTenant) -> None:
    row = hint(tenant, there, "e1", "record-of-others")
    looked = 0
    while row.status in {Inbox.Status.WAITING, Inbox.Status.PARKED}:
        tenant.clock.now = row.not_before
        looked += apply_waiting(now=tenant.clock())
        row.refresh_from_db()

    assert row.status == Inbox.Status.IGNORED
    assert timedelta(hours=24) <= tenant.clock() - row.received_at < timedelta(hours=26)
    assert looked < 40


def test_a_tool_that_cannot_be_read_is_asked_again_and_shows_on_the_connection(
    there: Handoff, tenant: FakeTenant
) -> None:
    tenant.says("record-1", text="Looking into it")
    tenant.reads.append("busy")
    row = hint(tenant, there, "e1")

    apply(inbox=row.pk, now=tenant.clock())
    row.refresh_from_db()
    assert (row.status, row.words) == (Inbox.Status.WAITING, "The tool takes no more calls for now.")
    there.route.target.refresh_from_db()
    assert there.route.target.trouble == "The tool takes no more calls for now."
    tenant.clock.now = row.not_before
    apply_waiting(now=tenant.clock())

    assert told(there) == [(Entry.Kind.NOTE, "Looking into it")]


def test_a_signed_body_that_is_not_the_tools_is_kept_as_broken(there: Handoff, tenant: FakeTenant) -> None:
    row = webhook(tenant, there, b"<html>gateway timeout</html>")

    assert (row.status, row.words) == (Inbox.Status.BROKEN, "The body is not JSON.")
    assert bytes(Inbox.objects.get().body) == b"<html>gateway timeout</html>"


def test_what_is_not_understood_is_read_from_the_record(there: Handoff, tenant: FakeTenant) -> None:
    tenant.says("record-1", text="Looking into it")

    apply(inbox=webhook(tenant, there, {"event": "e1", "odd": ["record-1"]}).pk, now=tenant.clock())

    assert told(there) == [(Entry.Kind.NOTE, "Looking into it")]


def test_an_update_of_the_source_ticket_is_told_without_moving_anything(
    there: Handoff, tenant: FakeTenant
) -> None:
    source = there.route.source
    source.tool = "fake"
    source.save()
    tenant.records.append(Held(remote_id="4711", key="", payload={}))
    before = update(remote_id="4711", key="c1", at=NOW - timedelta(minutes=5), text="It worked on Friday")
    after = update(remote_id="4711", key="c2", at=tenant.clock(), text="Now Tom sees it too")
    solved = update(remote_id="4711", key="s1", at=tenant.clock(), **state(RemoteState.RESOLVED, "solved"))
    tenant.record("4711").updates += [before, after, solved]
    row = receive(
        connection=source,
        hooks=tenant,
        headers={"x-fake-signature": "a-webhook-secret"},
        body=b'{"event": "z1", "records": ["4711"]}',
        now=tenant.clock(),
    )
    assert row is not None

    apply(inbox=row.pk, now=tenant.clock())

    assert told(there) == [(Entry.Kind.NOTE, "Now Tom sees it too"), (Entry.Kind.STATE, "solved")]
    assert set(there.entries.filter(tool="fake", sayable="").values_list("details__side", flat=True)) >= {
        "source"
    }
    there.refresh_from_db()
    assert there.status == Status.DELIVERED


def test_characters_that_no_database_holds_do_not_stop_an_update(there: Handoff, tenant: FakeTenant) -> None:
    tenant.says("record-1", key="k" * 400, text="a\x00b\ud800c", author="x" * 300)

    apply(inbox=hint(tenant, there, "e\x001").pk, now=tenant.clock())
    apply(inbox=hint(tenant, there, "e2").pk, now=tenant.clock())

    assert told(there) == [(Entry.Kind.NOTE, "ab?c")]


def test_a_lost_task_is_found_by_the_schedule(there: Handoff, tenant: FakeTenant, celery: Engine) -> None:
    tenant.says("record-1", text="Looking into it")
    row = hint(tenant, there, "e1")
    assert ("escalation.apply_one", {"inbox": row.pk}) in celery.tasks

    assert apply_waiting(now=tenant.clock()) == 1
    assert apply_waiting(now=tenant.clock()) == 0

    assert len(told(there)) == 1


def test_the_user_is_spoken_to_as_the_rules_say_under_which_it_was_confirmed(
    there: Handoff, tenant: FakeTenant
) -> None:
    rules = publish_rules(
        route=there.route,
        body={"language": "de", "wording": {"resolved": {"de": "Es läuft wieder."}}},
        note="German",
        by=None,
        now=NOW,
    )
    Snapshot.objects.create(
        handoff=there,
        state={},
        state_fingerprint="f" * 64,
        translation={},
        rule_set=rules,
        confirmed_by=there.author,
        confirmed_at=NOW,
    )
    tenant.says("record-1", text="Root cause found: expired certificate")
    tenant.says("record-1", **state(RemoteState.RESOLVED, "Resolved"))

    apply(inbox=hint(tenant, there, "e1").pk, now=tenant.clock())

    lines = list(there.entries.exclude(sayable="").order_by("sequence").values_list("sayable", flat=True))
    assert lines[0].startswith("Wir haben")
    assert lines[1] == "Es läuft wieder."
