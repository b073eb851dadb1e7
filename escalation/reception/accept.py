"""How does a receiver take a handoff on? With one line that says the ask back.

The read-back is short and the sender sees it: that is what catches a wrong identifier (Barenfanger,
AJCP 2004: 3.5 % of read-back calls caught an error).
"""

from datetime import datetime

from escalation.lifecycle.words import Move
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line

LONGEST_READ_BACK = 280


def accept(*, handoff: Handoff, by: Actor, now: datetime, read_back: str = "") -> Handoff:
    """This will accept the handoff; raises ``NotAllowedNow``."""
    said = " ".join(read_back.split())[:LONGEST_READ_BACK]
    line = Line(kind=Entry.Kind.ACCEPTED, happened_at=now, by=user_of(by), who=name_of(by), text=said)
    return take(
        handoff=handoff, step=Step(move=Move.ACCEPT, line=line, keep={"read_back": said}), by=by, now=now
    )
