"""How does a handoff end well? With the cause and the fix, so that the sender learns them."""

from datetime import datetime

from escalation.lifecycle.words import Move
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line
from escalation.translation.meaning import Meaning
from escalation.translation.sayable import sayable_state


def resolve(*, handoff: Handoff, by: Actor, now: datetime, cause: str = "", fix: str = "") -> Handoff:
    """This will resolve the handoff; raises ``NotAllowedNow``."""
    said = "\n".join(filter(None, (cause and f"Cause: {cause}", fix and f"Fix: {fix}")))
    line = Line(
        kind=Entry.Kind.RESOLVED,
        happened_at=now,
        by=user_of(by),
        who=name_of(by),
        text=said,
        sayable=sayable_state(Meaning.RESOLVED).line,
        details={"cause": cause, "fix": fix},
    )
    return take(handoff=handoff, step=Step(move=Move.RESOLVE, line=line), by=by, now=now)
