"""How does a receiver return a handoff? With one coded reason and, if wanted, one line."""

from datetime import datetime

from django.contrib.auth.models import User

from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.words import Move
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.timeline.record import Line


def bounce(*, handoff: Handoff, by: User, now: datetime, reason: BounceReason, words: str = "") -> Handoff:
    """This will return the handoff to its sender; raises ``NotAllowedNow``."""
    said = f"{REASON_TITLES[reason]}. {words}".strip()
    line = Line(kind=Entry.Kind.BOUNCED, happened_at=now, by=by, text=said, details={"reason": reason.value})
    return take(handoff=handoff, step=Step(move=Move.BOUNCE, line=line), by=by, now=now)
