"""How does a handoff end well? With the cause and the fix, so that the sender learns them."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Move, Status
from escalation.models import Entry, Handoff
from escalation.reception.step import Step, take
from escalation.reception.verdict import Found, give, keep
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line
from escalation.timeline.voice import said_of
from escalation.translation.meaning import Meaning

NOTHING = Found()


@transaction.atomic
def resolve(*, handoff: Handoff, by: Actor, now: datetime, found: Found = NOTHING) -> Handoff:
    """This will resolve the handoff; raises ``NotAllowedNow``.

    Where the tool said so first, cause and fix are kept all the same.
    """
    sayable, own = said_of(Meaning.RESOLVED, handoff=handoff)
    line = Line(
        kind=Entry.Kind.RESOLVED,
        happened_at=now,
        by=user_of(by),
        who=name_of(by),
        text=found.text(),
        sayable=sayable,
        details=asdict(found) | own,
    )
    try:
        resolved = take(handoff=handoff, step=Step(move=Move.RESOLVE, line=line), by=by, now=now)
    except NotAllowedNow:
        if found == NOTHING or not Handoff.objects.filter(pk=handoff.pk, status=Status.RESOLVED).exists():
            raise
        return give(handoff=handoff, found=found, by=by, now=now)
    keep(handoff=resolved, found=found, by=by, now=now)
    return resolved
