"""The drift check runs by itself, often enough that a change is found within a day."""

from django.conf import settings

from config.celery import app
from escalation.tasks import drift


def test_the_schedule_looks_at_least_daily():
    entry = settings.CELERY_BEAT_SCHEDULE["drift"]

    assert entry["task"] == drift.name
    assert entry["schedule"] <= 24 * 60 * 60


def test_no_tick_stands_behind_webhooks_and_deliveries() -> None:
    consumed = set(app.amqp.queues.consume_from)

    chosen = {entry["options"]["queue"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    # A worker that is not told otherwise takes from both, in turn.
    assert chosen == {"baton-schedule"}
    assert consumed == {"baton-schedule", app.conf.task_default_queue}
