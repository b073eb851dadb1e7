"""How does a receiver return a handoff? With one coded reason and, if wanted, one line."""

from datetime import datetime

from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.words import Move
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line


def bounce(*, handoff: Handoff, by: Actor, now: datetime, reason: BounceReason, words: str = "") -> Handoff:
    """This will return the handoff to its sender; raises ``NotAllowedNow``."""
    said = f"{REASON_TITLES[reason]}. {words}".strip()
    line = Line(
        kind=Entry.Kind.BOUNCED,
        happened_at=now,
        by=user_of(by),
        who=name_of(by),
        text=said,
        details={"reason": reason.value},
    )
    return take(handoff=handoff, step=Step(move=Move.BOUNCE, line=line), by=by, now=now)
