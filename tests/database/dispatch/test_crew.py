"""One worker, several hands: what is due is carried at the same time, and each row once."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.utils import timezone

from escalation.dispatch import crew
from escalation.models import Attempt, Breaker, Delivery, Route
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock, FakeTenant

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 8


@pytest.fixture(autouse=True)
def goes_on_as_long_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "GOES_ON_S", 120.0)


@pytest.fixture
def rows(to_fake: Route, author: User) -> list[Delivery]:
    with transaction.atomic():
        return [owing.owed(owing.confirmed(route=to_fake, author=author)) for _ in range(ROWS)]


def statuses() -> list[str]:
    return list(Delivery.objects.values_list("status", flat=True))


@pytest.mark.parametrize("hands", [1, 4])
def test_one_task_carries_all_that_is_due_each_once(
    hands: int, rows: list[Delivery], tenant: FakeTenant, clock: Clock
) -> None:
    crew.deliver_on(first=rows[0].pk, clock=clock, hands=hands)

    assert statuses() == [Delivery.Status.DONE] * ROWS
    assert sorted(each.key for each in tenant.records) == sorted(each.key for each in rows)
    assert Attempt.objects.count() == ROWS


def test_two_are_in_the_tool_at_the_same_time(
    rows: list[Delivery], tenant: FakeTenant, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, create = threading.Barrier(2), tenant.create
    met: list[int] = []

    def together(*given: Any, **named: Any) -> Any:
        if not met:
            both.wait(timeout=20)  # raises where nobody else comes
            met.append(1)
        return create(*given, **named)

    monkeypatch.setattr(tenant, "create", together)

    crew.deliver_on(first=rows[0].pk, clock=clock, hands=2)

    assert met
    assert statuses() == [Delivery.Status.DONE] * ROWS


def test_several_processes_that_take_the_same_rows_make_one_record_of_each(
    rows: list[Delivery], tenant: FakeTenant, clock: Clock
) -> None:

    def work() -> None:
        try:
            crew.deliver_on(first=rows[0].pk, clock=clock, hands=2)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(60)

    assert sorted(each.key for each in tenant.records) == sorted(each.key for each in rows)
    assert Attempt.objects.count() == ROWS


@pytest.mark.parametrize("times", [{"slow_until": 60}, {"paused_until": -1}])
def test_of_a_tool_that_is_slow_or_on_trial_only_what_the_task_names_goes(
    times: dict[str, int], rows: list[Delivery], to_fake: Route, clock: Clock
) -> None:
    clock.now = timezone.now()  # a breaker's times are the database's
    moments = {name: clock.now + timedelta(seconds=value) for name, value in times.items()}
    Breaker.objects.create(
        connection=to_fake.target, failures=8, pauses=1, cause=Breaker.Cause.AWAY, **moments
    )

    crew.deliver_on(first=rows[0].pk, clock=clock, hands=4)

    assert statuses().count(Delivery.Status.DONE) == 1


def test_an_error_of_our_own_at_one_row_holds_up_no_other_and_is_logged(
    rows: list[Delivery], clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    carried = crew.deliver

    def falls(*, delivery: UUID, **named: Any) -> None:
        if delivery == rows[3].pk:
            raise ZeroDivisionError
        carried(delivery=delivery, **named)

    monkeypatch.setattr(crew, "deliver", falls)

    crew.deliver_on(first=rows[0].pk, clock=clock, hands=3)

    assert statuses().count(Delivery.Status.DONE) == ROWS - 1
    assert [each.exc_info[0] for each in caplog.records if each.exc_info] == [ZeroDivisionError]
    with pytest.raises(ZeroDivisionError):
        crew.deliver_on(first=rows[3].pk, clock=clock, hands=3)


def test_a_task_that_comes_when_its_row_is_done_does_nothing_else(
    rows: list[Delivery], tenant: FakeTenant, clock: Clock
) -> None:
    crew.deliver(delivery=rows[0].pk, clock=clock)

    crew.deliver_on(first=rows[0].pk, clock=clock, hands=4)

    # Webhooks wait behind it, and the other rows have tasks of their own.
    assert len(tenant.records) == 1


def test_after_a_moment_no_more_is_begun(
    rows: list[Delivery], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "GOES_ON_S", -1.0)

    crew.deliver_on(first=rows[0].pk, clock=clock, hands=4)

    assert clock.now == NOW
    assert statuses().count(Delivery.Status.DONE) == 1
