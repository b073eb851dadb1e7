"""When does rebuilding end and diagnosing begin? When the receiver says so."""

from datetime import datetime

from django.contrib.auth.models import User

from escalation.lifecycle.words import Move
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.timeline.record import Line


def start(*, handoff: Handoff, by: User, now: datetime) -> Handoff:
    """This will mark that diagnosing has started; raises ``NotAllowedNow``."""
    line = Line(kind=Entry.Kind.DIAGNOSING, happened_at=now, by=by)
    return take(handoff=handoff, step=Step(move=Move.START, line=line), by=by, now=now)
