"""The fault run's clock skips what everybody waits for, and its verdict lets nothing missing pass."""

from datetime import timedelta

import pytest
from django.utils import timezone

from escalation.management.commands.fault_run import Clock, right
from escalation.models import Delivery, Handoff
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


def test_the_clock_stays_while_a_worker_is_at_work(record: Delivery) -> None:
    waits(record, minutes=9)
    shared = Clock(workers=2)
    shared.idle[0] = 1

    shared.jump()

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
