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
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from escalation.models import Attempt, Delivery
from escalation.models.delivery import DUE
from escalation.tools import registry

LEASE = timedelta(seconds=60)
SETTLING = timedelta(seconds=30)
# Whoever waits for the row meanwhile finds another number of tries in it, and takes nothing.
_TAKE = """
WITH won AS (
    UPDATE escalation_delivery SET status = %s, lease = %s, leased_until = %s, attempts_made = %s
    WHERE id = %s AND attempts_made = %s AND id IN (due)
    RETURNING id
)
INSERT INTO escalation_attempt (delivery_id, number, started_at, result, words)
SELECT id, %s, %s, '', '' FROM won
"""


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
    # The words of the handoff stay in the database: what is sent is in the delivery's own bytes.
    rows = Delivery.objects.select_related("connection__breaker", "handoff").defer(
        "handoff__state", "handoff__conversation"
    )
    row = rows.filter(pk=delivery).first()
    # Most tasks for a row come when it is done: a glance spares the statement that decides.
    if row is None or row.status in {Delivery.Status.DONE, Delivery.Status.STUCK}:
        return None
    made = row.attempts_made
    token = uuid5(delivery, str(made + 1))
    if made == 0:
        # Nothing was tried before a first try: there is nothing to close and nothing to wait for.
        if not _won(delivery, made, token=token, now=now):
            return None
        if row.kind == Delivery.Kind.CREATE:
            # Nothing goes before a record, and its bytes never change: as it was read, it is.
            row.status, row.lease = Delivery.Status.UNDER_WAY, token
            row.leased_until, row.attempts_made = now + LEASE, 1
            return Taken(row=row, token=token)
        return Taken(row=rows.get(pk=delivery), token=token)
    with transaction.atomic():
        if not _won(delivery, made, token=token, now=now):
            return None
        _close_abandoned(delivery, made)
    row = rows.get(pk=delivery)
    return Taken(row=row, token=token, settled_at=_settled_at(row))


def _won(delivery: UUID, made: int, *, token: UUID, now: datetime) -> bool:
    """One statement, and so one transaction: the lease and the try that it is for."""
    due, values = DUE.sql(now=now, pk=delivery)
    leased: list[Any] = [Delivery.Status.UNDER_WAY.value, token, now + LEASE, made + 1, delivery, made]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.replace("(due)", f"({due})"), [*leased, *values, made + 1, now])
        return bool(cursor.rowcount)


def renew(taken: Taken, *, now: datetime) -> None:
    """This will make the lease last for one more write; raises ``LeaseLost``."""
    ours = Delivery.objects.filter(pk=taken.row.pk, lease=taken.token)
    if not ours.update(leased_until=now + LEASE):
        raise LeaseLost


def _close_abandoned(delivery: UUID, made: int) -> None:
    """An earlier try without a result belongs to a worker that died: nobody knows how far it came."""
    open_tries = Attempt.objects.filter(delivery_id=delivery, result="", number__lte=made)
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
