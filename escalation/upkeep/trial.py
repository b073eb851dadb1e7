"""Does a tool call us when something changes? Baton changes something of its own and waits for the call.

One internal note on the newest record that a handoff made there, or else on the newest ticket that one came
from, through the outbox like any note: it is written once, known as ours when it comes back, and stands on
that handoff's timeline.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction

from escalation.knowledge.fingerprint import fingerprint
from escalation.models import Connection, Delivery, Handoff, Inbox
from escalation.outbox.owe import Note, owe_note
from escalation.tools.contract import Hooks
from escalation.tools.registry import tool
from escalation.tools.updates import Malformed

WORDS = "Baton checks whether this tool calls back. Nothing needs to be done."
PATIENCE = timedelta(minutes=1)
HEARD_WITHIN = timedelta(minutes=10)  # a call after that has another cause
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
    number: str  # of the record or ticket that the note is on
    after_s: float = 0.0  # from the write to the call
    reason: str = ""  # why the note is not written

    @property
    def is_open(self) -> bool:
        """Whether looking again may tell more."""
        return self.outcome in {Outcome.WRITING, Outcome.WAITING}


@transaction.atomic
def owe_trial(*, connection: Connection, by: User, now: datetime) -> Delivery | None:
    """This will owe the note, or return None where no handoff has anything in the tool."""
    confirmed = Handoff.objects.select_for_update(of=("self",)).order_by("-confirmed_at")
    made = confirmed.filter(route__target=connection).exclude(remote_id="")
    came = confirmed.filter(route__source=connection, confirmed_at__isnull=False).exclude(source_reference="")
    handoff = made.first() or came.first()
    if handoff is None:
        return None
    record = handoff.remote_id if handoff.route.target_id == connection.pk else handoff.source_reference
    # Two presses within a minute are one check; the handoff may have something in the other tool as well.
    note = Note(remote_id=record, text=WORDS, by=by, once=f"trial {connection.pk} {now:%Y-%m-%d %H:%M}")
    return owe_note(handoff=handoff, connection=connection, note=note, now=now)


def trial_of(*, connection: Connection, now: datetime) -> Trial | None:
    """This will say what the newest trial of the connection has come to; None where there was none."""
    rows = Delivery.objects.filter(
        connection=connection, fingerprint=_FINGERPRINT, created_at__gt=now - SHOWN_FOR
    )
    row = rows.select_related("handoff").order_by("-created_at").first()
    hooks = tool(connection.tool).hooks
    if row is None or hooks is None:
        return None
    begun = Trial(
        outcome=Outcome.WRITING,
        begun_at=row.created_at,
        handoff=row.handoff,
        number=_number(row),
        reason=row.reason,
    )
    started = row.attempts.order_by("-number").values_list("started_at", flat=True).first()
    if started is None or row.done_at is None:
        return begun
    # The call may be faster than the answer to the write.
    calls = Inbox.objects.filter(
        connection=connection, received_at__range=(started, started + HEARD_WITHIN)
    ).order_by("pk")
    for call in calls.iterator():
        if _is_about(call, row.remote_id, hooks):
            after = (call.received_at - started).total_seconds()
            return replace(begun, outcome=Outcome.CALLED, after_s=after)
    late = now - row.done_at > PATIENCE
    return replace(begun, outcome=Outcome.SILENT if late else Outcome.WAITING)


def _number(row: Delivery) -> str:
    handoff = row.handoff
    return handoff.remote_number if row.remote_id == handoff.remote_id else handoff.source_number


def _is_about(call: Inbox, remote_id: str, hooks: Hooks) -> bool:
    try:
        said = hooks.interpret(headers=call.headers, body=bytes(call.body))
    except Malformed:
        return False
    return any(each.remote_id == remote_id for each in said)
