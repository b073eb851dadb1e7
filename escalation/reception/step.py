"""How does one move of the receiver change a handoff?

Every verb of this package is the same conversation with the table: lock, ask, write, record. What
differs is the move, the line, and what else is kept on the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from escalation.lifecycle.table import after
from escalation.lifecycle.words import OPEN, Move, Status
from escalation.models import Handoff
from escalation.timeline.record import Line, record


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One move with its line; ``keep`` are columns of the handoff that change with it."""

    move: Move
    line: Line
    keep: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def take(*, handoff: Handoff, step: Step, by: User, now: datetime) -> Handoff:
    """This will carry the step out; raises ``NotAllowedNow``."""
    locked = Handoff.objects.select_for_update(of=("self",)).select_related("route").get(pk=handoff.pk)
    locked.status = after(Status(locked.status), step.move)
    for name, value in step.keep.items():
        setattr(locked, name, value)
    locked.receiver_person = by
    still_owed = Status(locked.status) in OPEN
    within = timedelta(minutes=locked.route.update_within_minutes)
    locked.update_due_at = now + within if still_owed else None
    locked.save(update_fields=["status", "receiver_person", "update_due_at", *step.keep])
    record(handoff=locked, line=step.line, now=now)
    return locked
