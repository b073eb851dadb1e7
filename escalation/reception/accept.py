"""How does a receiver take a handoff on? With one line that says the ask back.

The read-back is short and the sender sees it: that is what catches a wrong identifier (Barenfanger,
AJCP 2004: 3.5 % of read-back calls caught an error).
"""

from datetime import datetime

from django.db import transaction

from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Move, Status
from escalation.models import Entry, Handoff
from escalation.reception.read_back import LONGEST_READ_BACK
from escalation.reception.read_back import read_back as say_back
from escalation.reception.step import Step, take
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line

TAKEN = (Status.ACCEPTED, Status.DIAGNOSING, Status.WAITING)


@transaction.atomic
def accept(*, handoff: Handoff, by: Actor, now: datetime, read_back: str = "") -> Handoff:
    """This will accept the handoff; raises ``NotAllowedNow``.

    Where the tool said so first, what is read back is kept all the same.
    """
    said = " ".join(read_back.split())[:LONGEST_READ_BACK]
    line = Line(kind=Entry.Kind.ACCEPTED, happened_at=now, by=user_of(by), who=name_of(by), text=said)
    step = Step(move=Move.ACCEPT, line=line, keep={"read_back": said})
    try:
        return take(handoff=handoff, step=step, by=by, now=now)
    except NotAllowedNow:
        taken = Handoff.objects.filter(pk=handoff.pk, status__in=TAKEN, read_back__in=("", said))
        if not said or not taken.exists():
            raise
    return say_back(handoff=handoff, words=said, by=by, now=now)
