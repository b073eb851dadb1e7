"""What came of one try? Written down in one transaction, if the lease is still ours.

The order is the same everywhere: the handoff's row, then the delivery's.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from escalation.dispatch.carry import Arrival
from escalation.dispatch.lease import LeaseLost, Taken
from escalation.dispatch.setback import Setback
from escalation.lifecycle.promise import PromiseSource
from escalation.lifecycle.table import after
from escalation.lifecycle.words import Move, Status
from escalation.models import Attempt, ChatThread, Delivery, Drift, Entry, Handoff, Receipt
from escalation.outbox import engine
from escalation.outbox.answer_links import owe_answer_links
from escalation.outbox.custody import owe_difference
from escalation.outbox.links import owe_link_onward
from escalation.timeline.record import Line, record
from escalation.timeline.to_owners import tell_drift

# One hiccup is nobody's news; the second in a row is worth a line.
DELAY_TOLD_AT_TRY = 2


def arrived(taken: Taken, arrival: Arrival, *, now: datetime) -> None:
    """This will keep the tool's proof and say on the timeline that it arrived; raises ``LeaseLost``."""
    row, proof = taken.row, arrival.proof
    found = Attempt.Result.FOUND if arrival.found else Attempt.Result.DONE
    with _ours(taken, _Came(result=found, status=Delivery.Status.DONE, done_at=now), now=now) as handoff:
        Receipt.objects.create(
            delivery=row,
            remote_id=proof.remote.remote_id,
            number=proof.remote.number,
            url=proof.remote.url,
            kept=dict(proof.kept),
            ignored=list(proof.ignored),
            note_ids=list(proof.note_ids),
            received_at=now,
        )
        if row.kind == Delivery.Kind.CREATE:
            _delivered(handoff, taken, arrival, now=now)
        elif row.kind == Delivery.Kind.POST:
            _posted(handoff, taken, arrival, now=now)
        elif row.kind == Delivery.Kind.STATUS:
            _carried(handoff, taken, arrival, now=now)
        elif row.kind != Delivery.Kind.LINK:  # which "delivered" has said already
            _written(handoff, taken, now=now)
        row.connection.note_trouble("", at=now)
        engine.start_lane(row, now=now)


def set_back(taken: Taken, setback: Setback, *, now: datetime) -> None:
    """This will keep why the try failed and when to go on; raises ``LeaseLost``."""
    row = taken.row
    came = _Came(
        result=setback.result,
        status=Delivery.Status.STUCK if setback.stuck else Delivery.Status.OWED,
        words=setback.words,
        not_before=now + timedelta(seconds=setback.wait_s),
    )
    with _ours(taken, came, now=now) as handoff:
        if setback.stuck:
            _say(handoff, taken, Entry.Kind.STUCK, {}, text=setback.words, now=now)
        elif setback.told and row.attempts_made >= DELAY_TOLD_AT_TRY and not _delay_told(handoff, row):
            _say(handoff, taken, Entry.Kind.DELAYED, {}, text=setback.words, now=now)
        if setback.trouble:
            row.connection.note_trouble(setback.trouble, at=now)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Came:
    """What came of the try, for its row and the delivery's; without ``not_before`` it is over for good."""

    result: Attempt.Result
    status: Delivery.Status
    words: str = ""
    done_at: datetime | None = None
    not_before: datetime | None = None


# A delivery that arrived is no longer ambiguous; one that was set back stays it, and waits for a new task.
_SETTLE = """
WITH ours AS (
    UPDATE escalation_delivery SET lease = NULL, leased_until = NULL, status = %(status)s, reason = %(words)s,
        ambiguous = CASE WHEN %(over)s THEN false ELSE ambiguous OR %(unanswered)s END,
        done_at = coalesce(%(done_at)s, done_at), not_before = coalesce(%(not_before)s, not_before),
        queued_at = CASE WHEN %(over)s THEN queued_at END
    WHERE id = %(delivery)s AND lease = %(token)s
    RETURNING id
)
UPDATE escalation_attempt SET ended_at = %(now)s, result = %(result)s, words = %(words)s
FROM ours WHERE delivery_id = ours.id AND number = %(number)s
"""


@contextmanager
def _ours(taken: Taken, came: _Came, *, now: datetime) -> Iterator[Handoff]:
    """Lock the handoff, give the lease back, end the try, and yield the handoff."""
    with transaction.atomic():
        handoffs = Handoff.objects.select_related("route").defer("state", "conversation")
        handoff = handoffs.select_for_update(of=("self",)).get(pk=taken.row.handoff_id)
        said: dict[str, Any] = {
            "delivery": taken.row.pk,
            "token": taken.token,
            "number": taken.row.attempts_made,
            "status": came.status.value,
            "result": came.result.value,
            "words": came.words,
            "over": came.not_before is None,
            "unanswered": came.result == Attempt.Result.AMBIGUOUS,
            "done_at": came.done_at,
            "not_before": came.not_before,
            "now": now,
        }
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE, said)
            if not cursor.rowcount:
                raise LeaseLost
        yield handoff


def _delivered(handoff: Handoff, taken: Taken, arrival: Arrival, *, now: datetime) -> None:
    remote = arrival.proof.remote
    handoff.remote_id, handoff.remote_number, handoff.remote_url = remote.remote_id, remote.number, remote.url
    if handoff.route.target_id == taken.row.connection_id:
        handoff.route.target = taken.row.connection  # what follows asks which tool it is
    if handoff.status == Status.QUEUED:
        handoff.status = after(Status(handoff.status), Move.DELIVER)
    handoff.update_due_at = now + timedelta(minutes=handoff.route.update_within_minutes)
    handoff.promised_by = PromiseSource.TEAM
    kept = ("remote_id", "remote_number", "remote_url", "status", "update_due_at", "promised_by")
    details = {"number": remote.number or remote.remote_id, "url": remote.url, "found": arrival.found}
    _say(handoff, taken, Entry.Kind.DELIVERED, details, now=now, also=kept)
    for field in arrival.proof.ignored:
        _say(handoff, taken, Entry.Kind.FIELD_IGNORED, {"field": field}, now=now)
    if not arrival.found:
        # A record that was found again says nothing of what its making let go by.
        shown = remote.number or remote.remote_id
        lost = Drift.objects.note_ignored(handoff.route, arrival.proof.ignored, record=shown, at=now)
        tell_drift(handoff.route, lost, now=now)
    owe_difference(handoff=handoff, now=now)
    owe_answer_links(handoff=handoff, now=now)
    owe_link_onward(handoff=handoff, remote=remote, now=now)


def _posted(handoff: Handoff, taken: Taken, arrival: Arrival, *, now: datetime) -> None:
    """Only where the thread begins is news; each later post repeats a line that stands here already."""
    row, remote = taken.row, arrival.proof.remote
    _, begun = ChatThread.objects.get_or_create(
        handoff=handoff, connection=row.connection, remote_id=remote.remote_id
    )
    if begun:
        place = json.loads(bytes(row.body))["place_name"]
        _say(handoff, taken, Entry.Kind.POSTED, {"place": place, "url": remote.url}, now=now)


def _carried(handoff: Handoff, taken: Taken, arrival: Arrival, *, now: datetime) -> None:
    """A status that a newer one has overtaken was not set, and is no news."""
    proof = arrival.proof
    for field in proof.ignored:
        _say(handoff, taken, Entry.Kind.FIELD_IGNORED, {"field": field}, now=now)
    if proof.kept and "status" not in proof.ignored:
        _say(handoff, taken, Entry.Kind.STATUS_SENT, {"status": proof.kept["status"]}, now=now)


def _written(handoff: Handoff, taken: Taken, *, now: datetime) -> None:
    row = taken.row
    if row.kind == Delivery.Kind.FILE:
        _say(handoff, taken, Entry.Kind.FILE_SENT, {"name": json.loads(bytes(row.body))["name"]}, now=now)
        return
    if row.kind != Delivery.Kind.REPLY:
        _say(handoff, taken, Entry.Kind.NOTE_SENT, {}, now=now)
        return
    line = Line(
        kind=Entry.Kind.REPLIED,
        happened_at=now,
        by=row.by,
        tool=row.connection.tool,
        sayable=json.loads(bytes(row.body))["text"],
        details={"delivery": str(row.pk)},
    )
    record(handoff=handoff, line=line, now=now)


def _delay_told(handoff: Handoff, row: Delivery) -> bool:
    told = handoff.entries.filter(kind=Entry.Kind.DELAYED, details__delivery=str(row.pk))
    return told.exists()


def _say(  # noqa: PLR0913 - an entry: on what, about what, saying what
    handoff: Handoff,
    taken: Taken,
    kind: Entry.Kind,
    details: dict[str, Any],
    *,
    text: str = "",
    now: datetime,
    also: tuple[str, ...] = (),
) -> None:
    row = taken.row
    line = Line(
        kind=kind,
        happened_at=now,
        # A note is somebody's doing; that it waits or is stuck is not.
        by=row.by if kind in {Entry.Kind.NOTE_SENT, Entry.Kind.FILE_SENT} else None,
        tool=row.connection.tool,
        text=text,
        details={"delivery": str(row.pk), **details},
    )
    record(handoff=handoff, line=line, now=now, also=also)
