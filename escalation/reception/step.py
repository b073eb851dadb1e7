"""How does one move of the receiver change a handoff?

Every verb of this package is the same conversation with the table: lock, ask, write, record. What
differs is the move, the line, and what else is kept on the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from escalation.lifecycle.table import after
from escalation.lifecycle.words import Move, Status
from escalation.models import Handoff
from escalation.reception.hold import lock
from escalation.reception.promise import keep_promise
from escalation.reception.travel import Decided, travel
from escalation.reception.who import Actor, user_of
from escalation.timeline.record import Line, record


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One move with its line; ``keep`` are columns of the handoff that change with it."""

    move: Move
    line: Line
    keep: Mapping[str, Any] = field(default_factory=dict)
    back: bool = True  # told to the tiers before, which an act that began there is not
    there: bool = True  # told in its own record, which one that the tool has ended is not
    by_way_of: tuple[Move, ...] = ()  # moves that lead to where this one is allowed


@transaction.atomic
def take(*, handoff: Handoff, step: Step, by: Actor | None, now: datetime) -> Handoff:
    """This will carry the step out; raises ``NotAllowedNow``.

    ``by`` is who has it from now on, if that is one of ours; None leaves it with whom it is.
    """
    locked = lock(handoff)
    for move in (*step.by_way_of, step.move):
        locked.status = after(Status(locked.status), move)
    for name, value in step.keep.items():
        setattr(locked, name, value)
    locked.receiver_person = (user_of(by) if by else None) or locked.receiver_person
    keep_promise(locked, now=now)
    locked.save(update_fields=["status", "receiver_person", *step.keep])
    entry = record(handoff=locked, line=step.line, now=now)
    decided = Decided(
        handoff=locked, move=step.move, entry=entry, line=step.line, back=step.back, there=step.there
    )
    travel(decided, now=now)
    return locked
