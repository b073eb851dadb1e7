"""How does a receiver return a handoff? With one coded reason and, if wanted, one line.

A receiver may have moved its record first, and a tool knows no coded reason. Then the reason is still wanted:
of a cancelled record it is a line of its own beside the return that the tool reported; a record that was
closed counted as resolved, and is returned by the person who says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.words import Move, Status
from escalation.models import Entry, Handoff, Verdict
from escalation.reception.hold import lock
from escalation.reception.prevented import NOT_SAID, Prevented
from escalation.reception.step import Step, take
from escalation.reception.travel import Decided, travel
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line, record

_ENDS = {Status.BOUNCED: Entry.Kind.BOUNCED, Status.RESOLVED: Entry.Kind.RESOLVED}
_TURNS = (*_ENDS.values(), Entry.Kind.REOPENED, Entry.Kind.REASON)


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """Why it goes back: the code, one line, and which question of the form would have kept it here."""

    reason: BounceReason
    words: str = ""
    prevented: Prevented = NOT_SAID


@transaction.atomic
def bounce(*, handoff: Handoff, by: Actor, now: datetime, returned: Returned) -> Handoff:
    """This will return the handoff to its sender; raises ``NotAllowedNow``.

    Where the tool ended it first, the reason is kept all the same, once.
    """
    said = f"{REASON_TITLES[returned.reason]}. {returned.words}".strip()
    line = Line(
        kind=Entry.Kind.BOUNCED,
        happened_at=now,
        by=user_of(by),
        who=name_of(by),
        text=said,
        details={"reason": returned.reason.value} | returned.prevented.details(),
    )
    step = Step(move=Move.BOUNCE, line=line)
    locked = lock(handoff)
    if not lacks_reason(locked):
        return take(handoff=handoff, step=step, by=by, now=now)
    if locked.status == Status.RESOLVED:
        # The tool knew one word for an end; that it is none the person says, and the sender has it back.
        step = replace(step, by_way_of=(Move.REOPEN,), there=False)
        return take(handoff=handoff, step=step, by=by, now=now)
    return _say_why(locked, replace(line, kind=Entry.Kind.REASON), now=now)


def lacks_reason(handoff: Handoff) -> bool:
    """This will say whether the tool ended it and nobody has said yet why, or what it was."""
    end = _ENDS.get(Status(handoff.status))
    if end is None:
        return False
    last = Entry.objects.filter(handoff=handoff, kind__in=_TURNS).order_by("-sequence").first()
    if last is None or last.kind != end or not last.tool:
        return False
    return end == Entry.Kind.BOUNCED or not Verdict.objects.filter(handoff=handoff).exists()


def _say_why(locked: Handoff, line: Line, *, now: datetime) -> Handoff:
    entry = record(handoff=locked, line=line, now=now)
    travel(Decided(handoff=locked, move=Move.BOUNCE, entry=entry, line=line, there=False), now=now)
    return locked
