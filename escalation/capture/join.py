"""How does a second ticket join a handoff that is already running?

In one transaction: the draft is put aside, the record gets a note that names the second ticket, and the
running handoff's timeline says so. The draft can be taken up again like any other.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.draft import state_of
from escalation.guard.redaction import redact
from escalation.guard.secrets import secrets
from escalation.lifecycle.table import NotAllowedNow, after
from escalation.lifecycle.words import OPEN, Move, Status
from escalation.models import Entry, Handoff
from escalation.outbox.owe import Note, owe_note
from escalation.timeline.record import Line, record


@transaction.atomic
def join(*, handoff: Handoff, running: Handoff, by: User, now: datetime) -> Handoff:
    """This will put the draft aside and tell the running handoff's record of it; returns the running one.

    Raises ``NotAllowedNow`` when the draft is no draft of theirs, or the other cannot be joined.
    """
    locked = Handoff.objects.select_for_update(of=("self",)).select_related("route__source", "route__target")
    rows = locked.order_by("pk").in_bulk([handoff.pk, running.pk])
    draft, other = rows[handoff.pk], rows[running.pk]
    if draft.author_id != by.pk:
        raise NotAllowedNow("Only the author can join a draft to another handoff.")
    if other.route_id != draft.route_id or other.status not in OPEN or not other.remote_id:
        raise NotAllowedNow("That handoff can no longer be joined. Please look once more.")
    draft.status, draft.saved_at = after(Status(draft.status), Move.DISCARD), now
    draft.save(update_fields=["status", "saved_at"])
    text = _note(draft)
    note = Note(remote_id=other.remote_id, text=text, by=by)
    owe_note(handoff=other, connection=other.route.target, note=note, now=now)
    details = {"source_reference": draft.source_reference, "number": draft.source_number}
    line = Line(kind=Entry.Kind.JOINED, happened_at=now, by=by, text=text, details=details)
    record(handoff=other, line=line, now=now)
    return other


def _note(draft: Handoff) -> str:
    state = state_of(draft).stated()
    ticket = " ".join(each for each in (draft.route.source.name, draft.source_number) if each)
    lines = [f"The same problem was reported again: {ticket}" if draft.source_number else "Reported again."]
    if state.source and state.source.requester:
        lines.append(f"By {state.source.requester}")
    lines += [state.summary, *(f"Affected: {each.affected}" for each in state.business)]
    lines += [f"Reachable: {each.words}" for each in state.availability]
    if state.source and state.source.url:
        lines.append(state.source.url)
    text = "\n".join(line for line in lines if line)
    # Nobody reviews this note before it goes, so secrets never go along.
    return redact(text, spans=secrets(text))
