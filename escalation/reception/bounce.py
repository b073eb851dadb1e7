"""How does a receiver return a handoff? With one coded reason and, if wanted, one line."""

from dataclasses import dataclass
from datetime import datetime

from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.words import Move
from escalation.models import Entry, Handoff
from escalation.reception.prevented import NOT_SAID, Prevented
from escalation.reception.step import Step, take
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """Why it goes back: the code, one line, and which question of the form would have kept it here."""

    reason: BounceReason
    words: str = ""
    prevented: Prevented = NOT_SAID


def bounce(*, handoff: Handoff, by: Actor, now: datetime, returned: Returned) -> Handoff:
    """This will return the handoff to its sender; raises ``NotAllowedNow``."""
    said = f"{REASON_TITLES[returned.reason]}. {returned.words}".strip()
    line = Line(
        kind=Entry.Kind.BOUNCED,
        happened_at=now,
        by=user_of(by),
        who=name_of(by),
        text=said,
        details={"reason": returned.reason.value} | returned.prevented.details(),
    )
    return take(handoff=handoff, step=Step(move=Move.BOUNCE, line=line), by=by, now=now)
