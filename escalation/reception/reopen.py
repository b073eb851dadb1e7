"""How does either side open an ended handoff again? With one line that says why.

A resolved one goes back to where it was diagnosed, a returned one to the receiver with what was missing.
What was handed on from it and resolved is opened again too, because the fix came from there. Rows are
locked from the last hop to the first.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.lifecycle.words import Move, Status
from escalation.models import Entry, Handoff
from escalation.outbox.chain import later_hops
from escalation.reception.ask_back import NothingSaid
from escalation.reception.hold import lock
from escalation.reception.step import Step, take
from escalation.timeline.record import Line
from escalation.timeline.voice import said_of
from escalation.translation.meaning import Meaning

LONGEST_WHY = 500


@transaction.atomic
def reopen(*, handoff: Handoff, why: str, by: User, now: datetime) -> Handoff:
    """This will open it again; raises ``NothingSaid`` or ``NotAllowedNow``."""
    said = " ".join(why.split())[:LONGEST_WHY]
    if not said:
        raise NothingSaid("Say in one line why it is not over.")
    chain = later_hops(handoff)
    locked = [lock(each) for each in chain]
    sayable, own = said_of(Meaning.BEING_WORKED, handoff=handoff)
    line = Line(
        kind=Entry.Kind.REOPENED,
        happened_at=now,
        by=by,
        text=said,
        sayable=sayable,
        details=own,
    )
    step = Step(move=Move.REOPEN, line=line)
    for later in locked:
        if later.status == Status.RESOLVED:
            # The tiers between are opened again themselves: each reads why once.
            take(handoff=later, step=replace(step, back=False), by=None, now=now)
    return take(handoff=handoff, step=step, by=None, now=now)
