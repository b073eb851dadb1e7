"""When has the receiver seen a handoff? When one of the receiving team opens the card, once."""

from datetime import datetime

from django.contrib.auth.models import User

from escalation.lifecycle.words import Move, Status
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.timeline.record import Line


def see(*, handoff: Handoff, by: User, now: datetime) -> Handoff:
    """This will mark a delivered handoff as seen; a later opening changes nothing."""
    if handoff.status != Status.DELIVERED:
        return handoff
    line = Line(kind=Entry.Kind.SEEN, happened_at=now, by=by)
    return take(handoff=handoff, step=Step(move=Move.SEE, line=line), by=by, now=now)
