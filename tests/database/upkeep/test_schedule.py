"""The drift check runs by itself, often enough that a change is found within a day."""

from django.conf import settings

from escalation.tasks import drift


def test_the_schedule_looks_at_least_daily():
    entry = settings.CELERY_BEAT_SCHEDULE["drift"]

    assert entry["task"] == drift.name
    assert entry["schedule"] <= 24 * 60 * 60
