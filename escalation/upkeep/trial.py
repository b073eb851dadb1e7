"""Does a tool call us when something changes? Baton changes something of its own and waits for the call.

One internal note on the newest record that Baton made there, through the outbox like any note, so that it is
written once, known as ours when it comes back, and stands on that handoff's timeline.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction

from escalation.knowledge.fingerprint import fingerprint
from escalation.models import Connection, Delivery, Handoff, Inbox
from escalation.outbox.owe import Note, owe_note

WORDS = "Baton checks whether this tool calls back. Nothing needs to be done."
PATIENCE = timedelta(minutes=1)
SHOWN_FOR = timedelta(days=30)
_FINGERPRINT = fingerprint({"text": WORDS, "public": False})


class Outcome(StrEnum):
    """What a trial has come to."""

    WRITING = "writing"  # the note has not arrived yet
    WAITING = "waiting"  # written, and the call may still come
    CALLED = "called"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """The newest trial of a connection."""

    outcome: Outcome
    begun_at: datetime
    handoff: Handoff
    after_s: float = 0.0  # from the write to the call
    reason: str = ""  # why the note is not written

    @property
    def is_open(self) -> bool:
        """Whether looking again may tell more."""
        return self.outcome in {Outcome.WRITING, Outcome.WAITING}


@transaction.atomic
def owe_trial(*, connection: Connection, by: User, now: datetime) -> Delivery | None:
    """This will owe the note, or return None where the tool holds no record of ours."""
    made = Handoff.objects.filter(route__target=connection).exclude(remote_id="")
    newest = made.order_by("-confirmed_at").values_list("pk", flat=True).first()
    if newest is None:
        return None
    handoff = Handoff.objects.select_for_update().get(pk=newest)
    # Two presses within a minute are one check.
    note = Note(remote_id=handoff.remote_id, text=WORDS, by=by, once=f"trial {now:%Y-%m-%d %H:%M}")
    return owe_note(handoff=handoff, connection=connection, note=note, now=now)


def trial_of(*, connection: Connection, now: datetime) -> Trial | None:
    """This will say what the newest trial of the connection has come to; None where there was none."""
    rows = Delivery.objects.filter(
        connection=connection, fingerprint=_FINGERPRINT, created_at__gt=now - SHOWN_FOR
    )
    row = rows.select_related("handoff").order_by("-created_at").first()
    if row is None:
        return None
    begun = Trial(outcome=Outcome.WRITING, begun_at=row.created_at, handoff=row.handoff, reason=row.reason)
    started = row.attempts.order_by("-number").values_list("started_at", flat=True).first()
    if started is None or row.done_at is None:
        return begun
    # The call may be faster than the answer to the write.
    calls = Inbox.objects.filter(connection=connection, received_at__gte=started).order_by("pk")[:50]
    for call in calls:
        if row.remote_id.encode() in bytes(call.body):
            after = (call.received_at - started).total_seconds()
            return replace(begun, outcome=Outcome.CALLED, after_s=after)
    late = now - row.done_at > PATIENCE
    return replace(begun, outcome=Outcome.SILENT if late else Outcome.WAITING)
