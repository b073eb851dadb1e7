"""When does rebuilding end and diagnosing begin? When the receiver says so."""

from datetime import datetime

from escalation.lifecycle.words import Move
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line


def start(*, handoff: Handoff, by: Actor, now: datetime) -> Handoff:
    """This will mark that diagnosing has started; raises ``NotAllowedNow``."""
    line = Line(kind=Entry.Kind.DIAGNOSING, happened_at=now, by=user_of(by), who=name_of(by))
    return take(handoff=handoff, step=Step(move=Move.START, line=line), by=by, now=now)
