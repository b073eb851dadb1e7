"""What nobody is on the way to, and what nobody moves."""

from datetime import timedelta

import pytest
from celery import Celery
from django.contrib.auth.models import User
from pytest_django import DjangoCaptureOnCommitCallbacks

from escalation.dispatch.audit import audit
from escalation.dispatch.deliver import deliver
from escalation.dispatch.relay import MOST_AT_ONCE, PATIENCE, relay
from escalation.models import Delivery, Entry, Handoff, Inbox, Route
from escalation.outbox import engine
from tests import builders
from tests.builders import NOW
from tests.database import fakes, owing
from tests.database.fakes import Clock, Engine, FakeTenant, WorkerKilled

pytestmark = pytest.mark.django_db


def asked_for(celery: Engine) -> list[str]:
    return [kwargs["delivery"] for name, kwargs in celery.tasks if name == "escalation.deliver"]


def test_owing_asks_a_worker_only_once_the_transaction_has_committed(
    handoff: Handoff, celery: Engine, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record = owing.owed(handoff)
        assert celery.tasks == []

    assert celery.tasks == [("escalation.deliver", {"delivery": str(record.pk)})]


def test_a_task_that_was_asked_for_is_given_time_before_it_is_taken_for_lost(
    record: Delivery, celery: Engine, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert relay(now=NOW + PATIENCE) == 0
        assert relay(now=NOW + PATIENCE + timedelta(seconds=1)) == 1
        assert relay(now=NOW + PATIENCE + timedelta(seconds=2)) == 0

    assert asked_for(celery) == [str(record.pk)]


def test_a_broker_that_is_down_fails_nobody_and_the_relay_need_not_wait(
    handoff: Handoff,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    nobody_listens = Celery(broker="redis://127.0.0.1:1/0", set_as_current=False)
    nobody_listens.conf.broker_transport_options = {"max_retries": 0}
    monkeypatch.setattr(engine, "current_app", nobody_listens)

    with django_capture_on_commit_callbacks(execute=True):
        record = owing.owed(handoff)

    record.refresh_from_db()
    assert (record.status, record.queued_at) == (Delivery.Status.OWED, None)
    assert relay(now=NOW) == 1


def test_a_row_that_waits_is_asked_for_when_its_time_has_come(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("busy")
    deliver(delivery=record.pk, clock=clock)
    record.refresh_from_db()

    assert relay(now=record.not_before - timedelta(seconds=1)) == 0
    assert relay(now=record.not_before) == 1


def test_a_row_whose_worker_died_is_asked_for_when_its_lease_is_over(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("killed before")
    with pytest.raises(WorkerKilled):
        deliver(delivery=record.pk, clock=clock)

    assert relay(now=NOW + timedelta(seconds=59)) == 0
    assert relay(now=NOW + timedelta(seconds=61)) == 1


def test_what_waited_behind_a_record_is_asked_for_when_the_record_is_there(
    record: Delivery,
    handoff: Handoff,
    celery: Engine,
    clock: Clock,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    note = owing.note_owed(handoff, "One more thing", remote_id="record-1")

    with django_capture_on_commit_callbacks(execute=True):
        deliver(delivery=record.pk, clock=clock)

    assert asked_for(celery) == [str(note.pk)]


def test_a_connection_with_many_rows_does_not_hold_up_one_with_a_single_row(
    to_fake: Route,
    author: User,
    celery: Engine,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for _ in range(MOST_AT_ONCE + 20):
        owing.owed(owing.confirmed(route=to_fake, author=author))
    quiet = builders.route(
        name="Desk to quiet Ops",
        source=to_fake.source,
        target=builders.connection(fakes.KIND, name="Quiet", base_url="https://quiet.fake.example"),
    )
    lonely = owing.owed(owing.confirmed(route=quiet, author=author))
    Delivery.objects.update(queued_at=None)

    with django_capture_on_commit_callbacks(execute=True):
        assert relay(now=NOW) == MOST_AT_ONCE
    assert str(lonely.pk) in asked_for(celery)[:2]
    with django_capture_on_commit_callbacks(execute=True):
        assert relay(now=NOW) == 21
    assert len(set(asked_for(celery))) == MOST_AT_ONCE + 21


def test_the_audit_says_once_what_has_not_arrived_after_a_quarter_of_an_hour(
    record: Delivery, handoff: Handoff
) -> None:
    assert audit(now=NOW + timedelta(minutes=14)) == 0
    assert audit(now=NOW + timedelta(minutes=16)) == 1
    assert audit(now=NOW + timedelta(minutes=17)) == 0

    said = handoff.entries.get(kind=Entry.Kind.STUCK)
    assert said.text == (
        "Not there after 16 minutes. No worker has come to it, or none has come to an end with it. "
        "It is kept here, and Baton goes on trying. "
        "The owner of the connection “Acme fake” can look into it."
    )


def test_the_audit_keeps_quiet_about_what_is_done_or_has_been_said_to_be_stuck(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("refused")
    deliver(delivery=record.pk, clock=clock)

    assert audit(now=NOW + timedelta(hours=1)) == 0


def test_the_audit_names_a_connection_whose_messages_nobody_reads(to_fake: Route) -> None:
    Inbox.objects.create(connection=to_fake.target, body=b"{}", not_before=NOW, received_at=NOW)

    audit(now=NOW + timedelta(minutes=16))

    to_fake.target.refresh_from_db()
    assert to_fake.target.trouble == "1 message(s) from the tool wait to be read since 15:00 UTC."
