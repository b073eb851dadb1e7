"""How does something come to be owed to a tool?

In the caller's transaction, with the handoff's row locked: the row and whatever it follows from commit
together or not at all. Ids are derived, so the key by which a tool can find the record again is known
before anything is sent, and doing the same twice makes one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.contrib.auth.models import User

from escalation.knowledge.codec import canonical
from escalation.knowledge.fingerprint import fingerprint
from escalation.models import Connection, Delivery, Handoff
from escalation.models.insert import Insert
from escalation.outbox import engine
from escalation.translation.draft import Draft

DELIVERY: Final = Insert(Delivery)


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What is to be written on which record; internal unless a person pressed *send to user*."""

    remote_id: str  # "" for the handoff's own record, which may not be there yet
    text: str
    public: bool = False
    by: User | None = None  # who asked for it; nobody where one tool's note is passed on to another
    once: str = ""  # what it follows from: a second note of the same is the first one


def record_key(*, handoff_id: UUID) -> str:
    """This will return the idempotency key of the handoff's record: 32 hex digits."""
    return uuid5(handoff_id, "create").hex


def owe_record(
    *,
    handoff: Handoff,
    connection: Connection,
    draft: Draft,
    now: datetime,
    leaves_at: datetime | None = None,
) -> Delivery:
    """This will owe the confirmed record; the draft's bytes are kept as they are.

    Before ``leaves_at`` nobody tries it, so that its sender can call it back; then the relay finds it.
    """
    delivery = Delivery(
        id=UUID(record_key(handoff_id=handoff.pk)),
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.CREATE,
        position=1,
        body=draft.body(),
        fingerprint=draft.fingerprint(),
        not_before=leaves_at or now,
        created_at=now,
    )
    DELIVERY.write(delivery)
    if delivery.not_before <= now:
        engine.start([delivery.pk], now=now)
    return delivery


def owe_note(*, handoff: Handoff, connection: Connection, note: Note, now: datetime) -> Delivery:
    """This will owe one note on a record the tool already holds; one of the same ``once`` is returned."""
    return owe(
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.REPLY if note.public else Delivery.Kind.NOTE,
        once=f"once {note.once}" if note.once else "",
        values={"text": note.text, "public": note.public},
        remote_id=note.remote_id,
        by=note.by,
        now=now,
    )


def owe(  # noqa: PLR0913 - a delivery's row, named
    *,
    handoff: Handoff,
    connection: Connection,
    kind: Delivery.Kind,
    once: str,
    values: Mapping[str, Any],
    now: datetime,
    remote_id: str = "",
    by: User | None = None,
) -> Delivery:
    """This will owe something behind all that is owed for the handoff.

    ``once`` says what it follows from: one of the same is returned; "" for one that follows from nothing and
    is as often owed as it is asked for.
    """
    if once and (known := handoff.deliveries.filter(pk=uuid5(handoff.pk, once)).first()) is not None:
        return known
    position = handoff.deliveries.count() + 1
    delivery = Delivery(
        id=uuid5(handoff.pk, once or f"{kind} {position}"),
        handoff=handoff,
        connection=connection,
        kind=kind,
        position=position,
        remote_id=remote_id,
        body=canonical(values),
        fingerprint=fingerprint(values),
        by=by,
        not_before=now,
        created_at=now,
    )
    DELIVERY.write(delivery)
    engine.start([delivery.pk], now=now)
    return delivery
