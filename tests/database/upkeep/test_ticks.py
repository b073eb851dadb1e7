"""Any number of schedulers make one schedule, without a leader."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import F
from django.db.models.functions import Now

from config.celery import app
from escalation import tasks
from escalation.models import Tick

SCHEDULERS = 6


def begin_in_a_process_of_its_own(_: int) -> bool:
    try:
        return Tick.begin("relay", every=30)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_of_many_ticks_at_once_one_begins():
    with ThreadPoolExecutor(SCHEDULERS) as schedulers:
        begun = list(schedulers.map(begin_in_a_process_of_its_own, range(SCHEDULERS)))

    assert sum(begun) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "begins"), [(0, False), (15, False), (29, True), (300, True), (-3600, True)], ids=str
)
def test_the_next_begins_when_nearly_an_interval_has_passed(since: int, begins: bool):
    Tick.begin("relay", every=30)
    Tick.objects.update(begun_at=F("begun_at") - timedelta(seconds=since))

    assert Tick.begin("relay", every=30) is begins


@pytest.mark.django_db
def test_one_schedule_does_not_hold_back_another():
    assert [Tick.begin(name, every=30) for name in ("relay", "poll", "relay")] == [True, True, False]
    assert not Tick.objects.filter(begun_at__gt=Now()).exists()


@pytest.mark.django_db
def test_a_task_works_once_for_two_schedulers_and_always_for_a_person(monkeypatch):
    worked: list[str] = []
    monkeypatch.setattr(tasks.keep, "catch_up", lambda: worked.append("measured"))

    for _ in range(2):
        tasks.measure(every=30)
    tasks.measure()

    assert worked == ["measured"] * 2


def test_every_entry_of_the_schedule_is_a_task_that_is_told_its_interval():
    app.loader.import_default_modules()

    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert entry["task"] == f"escalation.{name}"
        assert entry["task"] in app.tasks
        assert entry["kwargs"] == {"every": entry["schedule"]}
