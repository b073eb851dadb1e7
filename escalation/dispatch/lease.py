"""Who may work on a delivery right now?

Whoever wins one conditional UPDATE; no lock is held while the tool is asked. The lease's token is
derived from the number of the try, so two winners of the same try cannot exist.

Note [Lease and settling]. Before anything is written to a tool the lease is renewed. Transport gives up
a call after 35 s (5 to connect, 30 to read), so a lease of 60 s outlives the write it covers, and a
worker that finds its lease gone must not write. The other side may work longer than we wait: ServiceNow
lets one REST call run for 60 s (its transaction quota). So after a write without an answer we look at
once, but write again only when another 30 s have passed. Where a tool's search runs behind (Jira's index),
we wait for that much longer, also after a try that a dead worker left open: it ended with its lease.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from escalation.models import Attempt, Delivery
from escalation.tools import registry

LEASE = timedelta(seconds=60)
SETTLING = timedelta(seconds=30)


class LeaseLost(Exception):
    """Somebody else works on this delivery by now; whatever we know is theirs to find."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A delivery that is ours until the lease ends."""

    row: Delivery  # with connection and handoff loaded
    token: UUID
    settled_at: datetime | None = None  # before this, an earlier write may still be running in the tool


def take(delivery: UUID, *, now: datetime) -> Taken | None:
    """This will lease the delivery if it is due, and open the next try; None when it is not ours to do."""
    made = Delivery.objects.filter(pk=delivery).values_list("attempts_made", flat=True).first()
    if made is None:
        return None
    token = uuid5(delivery, str(made + 1))
    with transaction.atomic():
        won = (
            Delivery.objects.due(now=now)
            .filter(pk=delivery, attempts_made=made)
            .update(
                status=Delivery.Status.UNDER_WAY,
                lease=token,
                leased_until=now + LEASE,
                attempts_made=made + 1,
            )
        )
        if not won:
            return None
        if made:
            _close_abandoned(delivery)
        Attempt.objects.create(delivery_id=delivery, number=made + 1, started_at=now)
    row = Delivery.objects.select_related("connection", "handoff").get(pk=delivery)
    # Nothing was tried before a first try: there is nothing to close and nothing to wait for.
    return Taken(row=row, token=token, settled_at=_settled_at(row) if made else None)


def renew(taken: Taken, *, now: datetime) -> None:
    """This will make the lease last for one more write; raises ``LeaseLost``."""
    ours = Delivery.objects.filter(pk=taken.row.pk, lease=taken.token)
    if not ours.update(leased_until=now + LEASE):
        raise LeaseLost


def _close_abandoned(delivery: UUID) -> None:
    """A try without a result belongs to a worker that died: nobody knows how far it came."""
    open_tries = Attempt.objects.filter(delivery_id=delivery, result="")
    if open_tries.update(result=Attempt.Result.AMBIGUOUS, words="The worker stopped in the middle."):
        Delivery.objects.filter(pk=delivery).update(ambiguous=True)


def _settled_at(row: Delivery) -> datetime | None:
    """When the last unanswered write is over and can be found; None when there is nothing to wait for.

    An abandoned try has no end. Its lease outlived its write, so only a lagging search makes it wait.
    """
    known = registry.TOOLS.get(row.connection.tool)
    lag = timedelta(seconds=known.search_lags_s if known else 0.0)
    unanswered = Attempt.objects.filter(delivery=row, result=Attempt.Result.AMBIGUOUS)
    moments = [
        (ended or started + LEASE) + SETTLING + lag
        for started, ended in unanswered.values_list("started_at", "ended_at")
        if ended or lag
    ]
    return max(moments, default=None)
