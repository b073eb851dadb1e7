"""Which application runs the tasks? `celery --app config.celery`.

Celery is only the engine: what is owed stands in rows, and a task carries ids, never content.
"""

import os
import signal
import threading
from pathlib import Path
from typing import Any

import structlog
from celery import Celery, signals
from django.db import close_old_connections

from config import env, telemetry
from escalation.dispatch import stopping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("baton")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Leave logging as settings made it: Celery stays quiet while anybody listens to this signal."""


@signals.task_prerun.connect
def name_the_task(*, task_id: str, task: Any, **_: Any) -> None:
    """Every log line of a task says which task it was."""
    structlog.contextvars.bind_contextvars(task_id=task_id, task=task.name)


@signals.task_prerun.connect
def begin_with_a_sound_connection(**_: Any) -> None:
    """A worker keeps its connection to the database between tasks; one that broke is let go of."""
    close_old_connections()


@signals.task_postrun.connect
def forget_the_task(**_: Any) -> None:
    """The next task in this process starts with clean log context."""
    structlog.contextvars.clear_contextvars()


@signals.worker_process_init.connect
def trace_what_is_done(**_: Any) -> None:
    """Each process of a worker sends its own spans: a thread that would send them does not survive a fork."""
    telemetry.begin("worker")


# A worker that is asked to stop ends what it has begun (escalation.dispatch.stopping). What has not ended by
# then, as a tool that keeps us waiting, is broken off: every task may be lost or done twice.
STOP_WITHIN_S = env.number("STOP_WITHIN", default=20)


@signals.worker_shutting_down.connect
def stop_in_time(*, how: str, **_: Any) -> None:
    """Have all processes begin nothing more, and break off what still goes on when the time is over."""
    stopping.ask()
    if how == "Warm":
        late = threading.Timer(STOP_WITHIN_S, os.kill, (os.getpid(), signal.SIGQUIT))
        late.daemon = True
        late.start()


# Whoever watches a worker or a scheduler, which have no address, looks how old its file is.
SIGN_OF_LIFE_S = 10.0


@signals.worker_ready.connect
def show_the_worker_lives(*, sender: Any, **_: Any) -> None:
    """Let whoever started this worker know that it takes tasks, and then that its loop still turns."""
    touch_ready_file()
    sender.timer.call_repeatedly(SIGN_OF_LIFE_S, touch_ready_file)


def touch_ready_file() -> None:
    """Touch the file that BATON_READY_FILE names, if it names one."""
    file = env.text("BATON_READY_FILE", default="")
    if file:
        Path(file).touch()
