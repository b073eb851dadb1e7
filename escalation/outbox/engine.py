"""How does a worker learn that a delivery is due?

By a task that carries the row's id, sent when the transaction that owes it commits. A broker that is
down costs nothing but time: the row is the truth and the relay asks again.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from escalation.models import Delivery
from escalation.models.delivery import DUE_IN_LANE

logger = logging.getLogger(__name__)

_QUEUE = "UPDATE escalation_delivery SET queued_at = %s WHERE id IN (due) RETURNING id"


def start(deliveries: Iterable[UUID], *, now: datetime) -> int:
    """This will have each row tried once this transaction commits, and return how many that are."""
    ids = tuple(deliveries)
    if ids:
        Delivery.objects.filter(pk__in=ids).update(queued_at=now)
    for each in ids:
        transaction.on_commit(partial(_send, each))
    return len(ids)


def start_lane(delivery: Delivery, *, now: datetime) -> None:
    """This will start what waited behind a delivery of the same handoff and connection."""
    due, values = DUE_IN_LANE.sql(now=now, handoff=delivery.handoff_id, connection=delivery.connection_id)
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE.replace("(due)", f"({due})"), [now, *values])
        behind = [pk for (pk,) in cursor.fetchall()]
    for each in behind:
        transaction.on_commit(partial(_send, each))


def work_without_a_broker() -> None:
    """This will send no task from this process on: for runs whose workers look for what is due themselves."""
    global _send  # noqa: PLW0603  # for the whole process, and there is no way back
    _send = _send_nothing


def _send_nothing(delivery: UUID) -> None:
    """The rows wait for whoever looks."""


def _send(delivery: UUID) -> None:
    try:
        current_app.send_task("escalation.deliver", kwargs={"delivery": str(delivery)}, retry=False)
    except (OperationalError, OSError):
        logger.warning("outbox: the broker took no task", extra={"delivery": str(delivery)})
        # Not asked for after all: the relay need not wait out its patience.
        Delivery.objects.filter(pk=delivery).update(queued_at=None)
