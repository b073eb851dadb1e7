"""What runs in the background? Thin tasks: each reads the clock and calls one action.

A task carries ids only. The rows are the truth, so a task that is lost or done twice changes nothing:
the schedules find whatever is still owed. Any number of schedulers may send them, on any number of
machines: of two ticks close together only the first begins.
"""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from escalation.capture.owed import tell_owed
from escalation.catalog.sync import sync_all, sync_one
from escalation.dispatch import audit, crew, relay, stopping
from escalation.drafting.ask import ask_due
from escalation.inbound import apply, poll, ratings
from escalation.metrics import keep, satisfaction, weekly
from escalation.models import Allowance, Connection, Tick
from escalation.notices.mail import mail_due
from escalation.notices.slack import post_due
from escalation.reception.silence import tell_silence
from escalation.subscribers import send
from escalation.timeline.to_owners import tell_overdue
from escalation.upkeep import look_soon
from escalation.upkeep.discarded import delete_expired
from escalation.upkeep.drift import check_all, check_all_retired, check_drift
from escalation.upkeep.kept_answers import forget_answers
from escalation.upkeep.past import go_on_all
from escalation.upkeep.retention import let_go
from escalation.upkeep.rights import check_rights

MEASURES_FOR_S = 4.0  # less than the schedule's step, so that two never wait for each other
TELLS_FOR_S = 2.0


def _now() -> datetime:
    return timezone.now()


def _over(seconds: float) -> Callable[[], bool]:
    """Whether so much time is gone, or the worker was asked to stop."""
    until = monotonic() + seconds
    return lambda: monotonic() >= until or stopping.asked()


def scheduled(name: str) -> Callable[[Callable[[], None]], Any]:
    """Make a task of what a schedule begins; one that is sent without ``every`` begins at once."""

    def task(work: Callable[[], None]) -> Any:
        def begin(*, every: float = 0, **_newer: Any) -> None:
            if not every or Tick.begin(name, every=every):
                work()

        return shared_task(name=f"escalation.{name}")(begin)

    return task


@shared_task(name="escalation.deliver")
def deliver_one(*, delivery: str, **_newer: Any) -> None:
    """This will try one delivery, if it is due, and for a moment what else is."""
    crew.deliver_on(first=UUID(delivery), clock=_now, hands=settings.DELIVERIES_AT_ONCE)


@scheduled("relay")
def relay_due() -> None:
    """This will start every delivery that is due: those whose task was lost, those that waited."""
    relay.relay(now=_now())


@shared_task(name="escalation.apply_one")
def apply_one(*, inbox: int, **_newer: Any) -> None:
    """This will apply one stored webhook."""
    apply.apply(inbox=inbox, now=_now())


@scheduled("apply_waiting")
def apply_waiting() -> None:
    """This will apply stored webhooks whose task was lost or that were parked."""
    apply.apply_waiting(now=_now())


@scheduled("poll")
def poll_all() -> None:
    """This will ask every connection for what its webhooks may have lost."""
    poll.poll_all(now=_now())


@scheduled("ratings")
def read_ratings() -> None:
    """This will read what users said of the help they got."""
    ratings.read_all(now=_now())


@scheduled("sync_catalogs")
def sync_catalogs() -> None:
    """This will bring every connection's catalog up to date, and say where rules name what is gone now."""
    sync_all(now=_now())
    check_all_retired(now=_now())


@scheduled("audit")
def audit_all() -> None:
    """This will look for deliveries that nobody moves any more and say so."""
    audit.audit(now=_now())


@scheduled("silence")
def silence() -> None:
    """This will tell of every promise that ran out: the receiver's word, and what an urgent sender owes."""
    tell_silence(now=_now())
    tell_owed(now=_now())


@scheduled("mail")
def mail() -> None:
    """This will mail the notices that are due, and post in Slack those that are wanted there."""
    mail_due(now=_now())
    post_due(now=_now())


@scheduled("measure")
def measure() -> None:
    """This will measure anew the handoffs that moved, for the figures.

    Until the schedule calls again: after an upgrade a million wait, and batch for tick they would take hours.
    """
    over = _over(MEASURES_FOR_S)
    while keep.catch_up() and not over():
        pass
    while satisfaction.catch_up() and not over():
        pass
    while keep.pack() and not over():
        pass


@scheduled("webhooks")
def webhooks() -> None:
    """This will tell the company's own programs what is owed to them."""
    send.send_due(clock=_now, until=_over(TELLS_FOR_S))


@scheduled("past")
def past() -> None:
    """This will go on with reading tools' pasts, where owners asked for it."""
    go_on_all(now=_now())


@scheduled("weekly")
def weekly_mail() -> None:
    """This will mail leads the figures of the week that is over, where it is Monday morning for them."""
    weekly.mail_due(now=_now())


@scheduled("drift")
def drift() -> None:
    """This will look whether the tools still are as we need them, and which routes' reviews are overdue."""
    check_all(now=_now())
    check_rights(now=_now())
    tell_overdue(today=_now().date(), now=_now())


@shared_task(name=look_soon.TASK)
def look_at(*, connection: str, names: bool = False, **_newer: Any) -> None:
    """This will look whether one tool still is as we need it; ``names``: after reading its catalog anew."""
    for row in Connection.objects.filter(pk=connection):
        if names:
            sync_one(connection=row, now=_now())
        check_drift(connection=row, now=_now())


@scheduled("draft")
def draft() -> None:
    """This will ask a language model about one thing that waits, where an owner switched one on."""
    ask_due(now=_now())


@scheduled("retention")
def retention() -> None:
    """This will let go of what is older than the settings keep."""
    let_go(days=settings.RETENTION_DAYS, now=_now())


@scheduled("discarded")
def discarded() -> None:
    """This will delete drafts discarded thirty days ago, and what else nobody needs any more."""
    delete_expired(now=_now())
    SessionStore.clear_expired()
    Allowance.forget(now=_now())
    forget_answers(now=_now())
    send.forget(now=_now())
