"""What can and must its sender still do after sending: call it back, supply what is owed, correct it?"""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from escalation.capture.amend import AMENDABLE
from escalation.capture.recall import leaves_at
from escalation.knowledge.words import PART_TITLES, Part
from escalation.models import Amendment, Handoff


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """What the sender of an urgent handoff still owes."""

    parts: tuple[str, ...]
    minutes: int  # until it is due; 0 once it is overdue
    overdue: bool


def owed_of(handoff: Handoff, *, now: datetime) -> Owed | None:
    """This will return what is still to come, with its clock; None when nothing is."""
    if not handoff.owed or handoff.owed_due_at is None:
        return None
    left = (handoff.owed_due_at - now).total_seconds()
    return Owed(
        parts=tuple(PART_TITLES[Part(each)] for each in handoff.owed),
        minutes=max(0, math.ceil(left / 60)),
        overdue=left < 0,
    )


def after_sending(handoff: Handoff, *, now: datetime) -> dict[str, Any]:
    """This will return what the handoff's page shows of it."""
    until = leaves_at(handoff, now=now)
    amendments = tuple(Amendment.objects.filter(handoff=handoff).select_related("by").order_by("number"))
    return {
        "leaves_in": math.ceil((until - now).total_seconds()) if until else 0,
        "owed": owed_of(handoff, now=now),
        "can_amend": handoff.status in AMENDABLE,
        "amending": any(each.sent_at is None for each in amendments),
        "amendments": tuple(each for each in amendments if each.sent_at is not None),
    }
