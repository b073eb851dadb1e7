"""How does something come to be owed to a tool?

In the caller's transaction, with the handoff's row locked: the row and whatever it follows from commit
together or not at all. Ids are derived, so the key by which a tool can find the record again is known
before anything is sent, and doing the same twice makes one row.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from escalation.knowledge.codec import canonical
from escalation.knowledge.fingerprint import fingerprint
from escalation.models import Connection, Delivery, Handoff
from escalation.translation.draft import Draft

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What is to be written on which record; internal unless a person pressed *send to user*."""

    remote_id: str
    text: str
    public: bool = False


def record_key(*, handoff_id: UUID) -> str:
    """This will return the idempotency key of the handoff's record: 32 hex digits."""
    return uuid5(handoff_id, "create").hex


def owe_record(*, handoff: Handoff, connection: Connection, draft: Draft, now: datetime) -> Delivery:
    """This will owe the confirmed record; the draft's bytes are kept as they are."""
    delivery = Delivery(
        id=UUID(record_key(handoff_id=handoff.pk)),
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.CREATE,
        position=1,
        body=draft.body(),
        fingerprint=draft.fingerprint(),
        not_before=now,
        created_at=now,
    )
    delivery.save(force_insert=True)
    wake(delivery)
    return delivery


def owe_note(*, handoff: Handoff, connection: Connection, note: Note, now: datetime) -> Delivery:
    """This will owe one note on a record the tool already holds."""
    position = handoff.deliveries.count() + 1
    values = {"text": note.text, "public": note.public}
    delivery = Delivery(
        id=uuid5(handoff.pk, f"note {position}"),
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.REPLY if note.public else Delivery.Kind.NOTE,
        position=position,
        remote_id=note.remote_id,
        body=canonical(values),
        fingerprint=fingerprint(values),
        not_before=now,
        created_at=now,
    )
    delivery.save(force_insert=True)
    wake(delivery)
    return delivery


def wake(delivery: Delivery) -> None:
    """This will have a worker look at the row as soon as the transaction has committed."""
    transaction.on_commit(lambda: _send(delivery.pk))


def _send(delivery_id: UUID) -> None:
    try:
        current_app.send_task("escalation.deliver", kwargs={"delivery": str(delivery_id)}, retry=False)
    except OperationalError as error:
        # The row is the truth: the relay finds it when the broker is back.
        logger.warning("outbox: the broker did not take a task: %s", type(error).__name__)
