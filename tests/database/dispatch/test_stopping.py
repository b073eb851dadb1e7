"""A worker that is asked to stop begins nothing more, and gives back what it has not written yet."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from escalation.dispatch import crew, stopping
from escalation.dispatch.deliver import deliver
from escalation.models import Attempt, Connection, Delivery, Route
from tests.database import owing
from tests.database.fakes import Clock, FakeTenant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_asks_the_next_test() -> Iterator[None]:
    yield
    stopping.take_back()


def asked_after(tenant: FakeTenant, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the worker asked to stop when the tool has answered this call for the first time."""
    call, answered = getattr(tenant, name), []

    def then_asked(*given: Any, **named: Any) -> Any:
        answered.append(call(*given, **named))
        if len(answered) == 1:
            stopping.ask()
        return answered[-1]

    monkeypatch.setattr(tenant, name, then_asked)


def test_what_was_looked_for_and_not_yet_written_is_given_back_at_once(
    record: Delivery, tenant: FakeTenant, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_after(tenant, "find", monkeypatch)

    deliver(delivery=record.pk, clock=clock)

    assert tenant.records == []
    record.refresh_from_db()
    assert (record.status, record.lease, record.not_before) == (Delivery.Status.OWED, None, clock.now)
    assert record.queued_at is None  # the relay asks for it with its next turn
    assert not record.ambiguous
    assert Attempt.objects.get().result == Attempt.Result.WAIT
    assert Connection.objects.get(pk=record.connection_id).trouble == ""

    stopping.take_back()
    deliver(delivery=record.pk, clock=clock)
    assert len(tenant.records) == 1
    record.refresh_from_db()
    assert record.status == Delivery.Status.DONE


def test_what_the_tool_was_given_is_written_down(
    record: Delivery, tenant: FakeTenant, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_after(tenant, "create", monkeypatch)

    deliver(delivery=record.pk, clock=clock)

    record.refresh_from_db()
    assert record.status == Delivery.Status.DONE
    assert record.receipt.number


def test_it_is_no_news_for_the_timeline_however_often_it_happens(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    stopping.ask()

    for _ in range(3):
        deliver(delivery=record.pk, clock=clock)

    assert tenant.calls == []
    assert not record.handoff.entries.exists()


def test_of_many_that_are_due_no_other_is_begun(
    to_fake: Route, author: User, tenant: FakeTenant, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "GOES_ON_S", 120.0)
    with transaction.atomic():
        rows = [owing.owed(owing.confirmed(route=to_fake, author=author)) for _ in range(5)]
    asked_after(tenant, "create", monkeypatch)

    crew.deliver_on(first=rows[0].pk, clock=clock, hands=1)

    rows[0].refresh_from_db()
    assert rows[0].status == Delivery.Status.DONE
    assert Attempt.objects.count() == 1
