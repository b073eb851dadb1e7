"""After an upgrade a million handoffs wait to be measured: one tick goes on, and never into the next one."""

from itertools import count

from django.conf import settings

from escalation import tasks


def test_one_tick_goes_on_until_nothing_waits(monkeypatch):
    waiting = [500, 500, 7, 0]
    monkeypatch.setattr(tasks.keep, "catch_up", lambda: waiting.pop(0))
    rated, unpacked = [3, 0], [500, 20, 0]
    monkeypatch.setattr(tasks.satisfaction, "catch_up", lambda: rated.pop(0))
    monkeypatch.setattr(tasks.keep, "pack", lambda: unpacked.pop(0))

    tasks.measure()

    assert waiting == rated == unpacked == []


def test_it_ends_before_the_schedule_calls_again(monkeypatch):
    seconds, taken = count(), []
    monkeypatch.setattr(tasks, "monotonic", lambda: float(next(seconds)))
    monkeypatch.setattr(tasks.keep, "catch_up", lambda: taken.append(500) or 500)
    monkeypatch.setattr(tasks.satisfaction, "catch_up", lambda: 0)
    monkeypatch.setattr(tasks.keep, "pack", lambda: 0)

    tasks.measure()

    assert len(taken) == tasks.MEASURES_FOR_S
    assert settings.CELERY_BEAT_SCHEDULE["measure"]["schedule"] > tasks.MEASURES_FOR_S
