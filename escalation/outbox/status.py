"""How does a status come to be owed to a tool?

Only where the rules that the handoff was confirmed under name one. Behind what is said in words, in the lane
of its record, in the transaction that makes the change. The same change owes one status, however often it is
seen.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from escalation.knowledge.codec import canonical
from escalation.knowledge.fingerprint import fingerprint
from escalation.models import Connection, Delivery, Handoff
from escalation.outbox import engine
from escalation.outbox.confirmed import confirmed_rules
from escalation.tools.registry import tool
from escalation.translation.statuses import Place, Word, wanted_in


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What has become of a handoff, and what it follows from."""

    word: Word
    once: str  # a second status of the same is the first one
    said: str = ""


def owe_status(*, handoff: Handoff, place: Place, change: Change, now: datetime) -> Delivery | None:
    """This will owe the status to the handoff's record or to its source ticket, if the rules name one.

    The handoff's row is locked, with its route and the route's connections loaded.
    """
    connection, remote_id = _where(handoff, place)
    if not remote_id or tool(connection.tool).statuses is None:
        return None
    wanted = wanted_in(confirmed_rules(handoff).statuses, place, change.word, said=change.said)
    if wanted is None:
        return None
    identity = uuid5(handoff.pk, f"status {place} {change.once}")
    if (known := handoff.deliveries.filter(pk=identity).first()) is not None:
        return known
    values = {"status": wanted.status, "fields": dict(wanted.fields), "said": wanted.said}
    delivery = Delivery(
        id=identity,
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.STATUS,
        position=handoff.deliveries.count() + 1,
        remote_id=remote_id,
        body=canonical(values),
        fingerprint=fingerprint(values),
        not_before=now,
        created_at=now,
    )
    delivery.save(force_insert=True)
    engine.start([delivery.pk], now=now)
    return delivery


def _where(handoff: Handoff, place: Place) -> tuple[Connection, str]:
    """The ticket is the first handoff's alone: a later one's source is the record of the tier before."""
    if place is not Place.SOURCE:
        return handoff.route.target, handoff.remote_id
    return handoff.route.source, handoff.source_reference if handoff.previous_id is None else ""
