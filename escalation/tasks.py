"""What runs in the background? Thin tasks: each reads the clock and calls one action.

A task carries ids only. The rows are the truth, so a task that is lost or done twice changes nothing:
the schedule at the end finds whatever is still owed.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from escalation.catalog.sync import sync_all
from escalation.dispatch import audit, deliver, relay
from escalation.inbound import apply, poll
from escalation.metrics import keep
from escalation.notices.mail import mail_due
from escalation.notices.slack import post_due
from escalation.reception.silence import tell_silence
from escalation.upkeep.discarded import delete_expired
from escalation.upkeep.drift import check_all


def _now() -> datetime:
    return timezone.now()


@shared_task(name="escalation.deliver")
def deliver_one(*, delivery: str, **_newer: Any) -> None:
    """This will try one delivery, if it is due."""
    deliver.deliver(delivery=UUID(delivery), clock=_now)


@shared_task(name="escalation.relay")
def relay_due(**_newer: Any) -> None:
    """This will start every delivery that is due: those whose task was lost, those that waited."""
    relay.relay(now=_now())


@shared_task(name="escalation.apply_one")
def apply_one(*, inbox: int, **_newer: Any) -> None:
    """This will apply one stored webhook."""
    apply.apply(inbox=inbox, now=_now())


@shared_task(name="escalation.apply_waiting")
def apply_waiting(**_newer: Any) -> None:
    """This will apply stored webhooks whose task was lost or that were parked."""
    apply.apply_waiting(now=_now())


@shared_task(name="escalation.poll")
def poll_all(**_newer: Any) -> None:
    """This will ask every connection for what its webhooks may have lost."""
    poll.poll_all(now=_now())


@shared_task(name="escalation.sync_catalogs")
def sync_catalogs(**_newer: Any) -> None:
    """This will bring every connection's catalog up to date."""
    sync_all(now=_now())


@shared_task(name="escalation.audit")
def audit_all(**_newer: Any) -> None:
    """This will look for deliveries that nobody moves any more and say so."""
    audit.audit(now=_now())


@shared_task(name="escalation.silence")
def silence(**_newer: Any) -> None:
    """This will tell both sides of every promise that ran out without a word."""
    tell_silence(now=_now())


@shared_task(name="escalation.mail")
def mail(**_newer: Any) -> None:
    """This will mail the notices that are due, and post in Slack those that are wanted there."""
    mail_due(now=_now())
    post_due(now=_now())


@shared_task(name="escalation.measure")
def measure(**_newer: Any) -> None:
    """This will measure anew the handoffs that moved, for the figures."""
    keep.catch_up()


@shared_task(name="escalation.drift")
def drift(**_newer: Any) -> None:
    """This will look whether the tools still are as the routes' translations need them."""
    check_all(now=_now())


@shared_task(name="escalation.discarded")
def discarded(**_newer: Any) -> None:
    """This will delete the drafts whose thirty days are over."""
    delete_expired(now=_now())
