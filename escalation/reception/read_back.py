"""How does a receiver who has it already say the ask back? In one line; a later one replaces it."""

from datetime import datetime

from django.db import transaction

from escalation.models import Entry, Handoff
from escalation.reception.ask_back import NothingSaid
from escalation.reception.hold import with_receiver
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line, record

LONGEST_READ_BACK = 280


@transaction.atomic
def read_back(*, handoff: Handoff, words: str, by: Actor, now: datetime) -> Handoff:
    """This will keep how the ask was understood; raises ``NotAllowedNow`` or ``NothingSaid``."""
    locked = with_receiver(handoff)
    said = " ".join(words.split())[:LONGEST_READ_BACK]
    if not said:
        raise NothingSaid("Say in one line what is asked of you.")
    if said == locked.read_back:
        return locked
    locked.read_back = said
    locked.save(update_fields=["read_back"])
    line = Line(kind=Entry.Kind.READ_BACK, happened_at=now, by=user_of(by), who=name_of(by), text=said)
    record(handoff=locked, line=line, now=now)
    return locked
