"""Who sends the schedules? Celery's scheduler, which also shows that it lives."""

from typing import Any

from celery.beat import PersistentScheduler

from config.celery import touch_ready_file


class Scheduler(PersistentScheduler):
    """Touches its file with every tick; the shortest schedule makes one every two seconds."""

    def tick(self, *arguments: Any, **named: Any) -> Any:
        """Send what is due, and say that it was."""
        seconds = super().tick(*arguments, **named)
        touch_ready_file()
        return seconds
