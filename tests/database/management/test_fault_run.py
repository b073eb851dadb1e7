"""The fault run's clock skips what everybody waits for, and its verdict lets nothing missing pass."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from escalation.management.commands.fault_run import Clock, right
from escalation.models import Delivery, Handoff
from escalation.models.delivery import DeliveryQuerySet
from tests.database import owing
from tests.database.stage import author, celery, clock, handoff, record, tenant, to_fake

__all__ = ["author", "celery", "clock", "handoff", "record", "tenant", "to_fake"]

pytestmark = pytest.mark.django_db

WHOLE = {
    "handoffs": 3, "one_record": 3, "note_once": 3, "files": 1, "file_once": 1, "still_owed": 0,
    "two_records": 0, "stuck": 0,
}  # fmt: skip


def waits(row: Delivery, *, minutes: int) -> None:
    Delivery.objects.filter(pk=row.pk).update(not_before=timezone.now() + timedelta(minutes=minutes))


def test_the_clock_goes_to_the_next_row_when_every_worker_is_idle(record: Delivery) -> None:
    waits(record, minutes=9)
    shared = Clock(workers=2)
    shared.idle[0] = shared.idle[1] = 1

    shared.jump()

    assert Delivery.objects.due(now=shared()).filter(pk=record.pk).exists()


def test_rows_that_fall_due_within_a_minute_are_reached_by_one_jump(record: Delivery, author: User) -> None:
    waits(record, minutes=9)
    route = record.handoff.route
    soon, late = (owing.owed(owing.confirmed(route=route, author=author)) for _ in range(2))
    record.refresh_from_db()
    for row, seconds in ((soon, 50), (late, 90)):
        due_at = record.not_before + timedelta(seconds=seconds)
        Delivery.objects.filter(pk=row.pk).update(not_before=due_at)
    shared = Clock(workers=1)
    shared.idle[0] = 1

    shared.jump()

    due = Delivery.objects.due(now=shared())
    assert set(due.values_list("pk", flat=True)) == {record.pk, soon.pk}


def test_the_clock_stays_while_a_worker_is_at_work(record: Delivery) -> None:
    waits(record, minutes=9)
    shared = Clock(workers=2)
    shared.idle[0] = 1

    shared.jump()

    assert not Delivery.objects.due(now=shared()).exists()


def test_a_worker_that_wakes_while_the_clock_counts_keeps_it_where_it_is(
    record: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits(record, minutes=9)
    shared = Clock(workers=1)
    shared.idle[0] = 1
    due = Delivery.objects.due

    def woken(**moment: datetime) -> DeliveryQuerySet:
        assert shared.wakes(0)
        return due(**moment)

    monkeypatch.setattr(Delivery.objects, "due", woken)
    shared.jump()
    monkeypatch.undo()

    assert not Delivery.objects.due(now=shared()).exists()


def test_what_stands_behind_in_a_lane_does_not_keep_the_clock(record: Delivery, handoff: Handoff) -> None:
    owing.note_owed(handoff, "Later.", remote_id="r1")
    waits(record, minutes=9)
    shared = Clock(workers=1)
    shared.idle[0] = 1

    shared.jump()

    assert Delivery.objects.due(now=shared()).filter(pk=record.pk).exists()


def test_everything_once_is_right() -> None:
    assert right(WHOLE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"one_record": 2},
        {"note_once": 2},
        {"file_once": 0},
        {"still_owed": 1},
        {"two_records": 1},
        {"stuck": 1},
    ],
)
def test_one_thing_missing_double_or_stuck_is_wrong(wrong: dict[str, int]) -> None:
    assert not right(WHOLE | wrong)
