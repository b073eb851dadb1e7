"""How does a status come to be owed to a tool?

Only where the rules that the handoff was confirmed under name one. Behind what is said in words, in the lane
of its record, in the transaction that makes the change. The same change owes one status, however often it is
seen.
"""

from dataclasses import dataclass
from datetime import datetime

from escalation.models import Connection, Delivery, Handoff
from escalation.outbox.confirmed import confirmed_rules
from escalation.outbox.owe import owe
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
    return owe(
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.STATUS,
        once=f"status {place} {change.once}",
        values={
            "status": wanted.status,
            "fields": dict(wanted.fields),
            "said": wanted.said,
            "place": place.value,
        },
        remote_id=remote_id,
        now=now,
    )


def _where(handoff: Handoff, place: Place) -> tuple[Connection, str]:
    """The ticket is the first handoff's alone: a later one's source is the record of the tier before."""
    if place is not Place.SOURCE:
        return handoff.route.target, handoff.remote_id
    return handoff.route.source, handoff.source_reference if handoff.previous_id is None else ""
