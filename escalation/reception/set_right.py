"""How does the sender correct a read-back? In one line, which is from then on how the ask is understood.

Both lines stay on the timeline. The receiver is told here and, by an internal note, in its record: that is
what the read-back is for (a wrong identifier is caught while it still costs a line).
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.models import Entry, Handoff
from escalation.outbox.owe import Note, owe_note
from escalation.reception.ask_back import NothingSaid
from escalation.reception.hold import with_receiver
from escalation.reception.read_back import LONGEST_READ_BACK
from escalation.timeline.record import Line, record
from escalation.tools.registry import tool


@transaction.atomic
def set_right(*, handoff: Handoff, words: str, by: User, now: datetime) -> Handoff:
    """This will replace how the ask was read back; raises ``NotAllowedNow`` or ``NothingSaid``."""
    locked = with_receiver(handoff)
    said = " ".join(words.split())[:LONGEST_READ_BACK]
    if not said:
        raise NothingSaid("Say in one line what you ask for.")
    if not locked.read_back:
        raise NothingSaid("Nobody has read the ask back yet.")
    if said == locked.read_back:
        return locked
    before, locked.read_back = locked.read_back, said
    locked.save(update_fields=["read_back"])
    line = Line(
        kind=Entry.Kind.READ_BACK,
        happened_at=now,
        by=by,
        text=said,
        details={"set_right": True, "before": before},
    )
    record(handoff=locked, line=line, now=now)
    target = locked.route.target
    if locked.remote_id and tool(target.tool).mirror is not None:
        text = f"{locked.route.sender.name} corrects how the ask was read back (“{before}”):\n{said}"
        note = Note(remote_id=locked.remote_id, text=text, by=by)
        owe_note(handoff=locked, connection=target, note=note, now=now)
    return locked
