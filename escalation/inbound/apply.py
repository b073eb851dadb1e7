"""What does a stored webhook mean for our handoffs?

It is claimed, read, and where it only hints at a change the record is read from the tool, all with no
transaction open; then each handoff takes in what is new. A record that nobody knows yet is waited for:
a webhook can be faster than the answer to the call that made the record.
"""

import logging
from datetime import datetime, timedelta

from escalation.inbound.ratings import read_of
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import Interest, interests
from escalation.models import Connection, Inbox, RemoteUpdate
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.contract import Tool
from escalation.tools.registry import tool
from escalation.tools.updates import Hint, Malformed, Update, UpdateKind
from escalation.transport.errors import Paused, TransportError

logger = logging.getLogger(__name__)

# A worker that died in the middle of a row leaves it to others after this; longer than two calls to a tool.
CLAIM = timedelta(seconds=90)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)
MOST_AT_ONCE = 100

Status = Inbox.Status


def apply_waiting(*, now: datetime) -> int:
    """This will apply stored webhooks whose time has come, and return how many were looked at."""
    due = Inbox.objects.filter(status__in=[Status.WAITING, Status.PARKED], not_before__lte=now)
    rows = list(due.order_by("tries", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for row in rows:
        apply(inbox=row, now=now)
    return len(rows)


def apply(*, inbox: int, now: datetime) -> None:
    """This will apply one stored webhook, unless another worker has it or it is done."""
    row = _claim(inbox, now=now)
    if row is None:
        return
    hooks = tool(row.connection.tool).hooks
    try:
        said = hooks.interpret(headers=row.headers, body=bytes(row.body)) if hooks else ()
    except Malformed as error:
        _close(row, Status.BROKEN, str(error), now=now)
        return
    ratings = tuple(each for each in said if isinstance(each, Hint) and each.rating)
    rated = {each.remote_id for each in ratings}
    # One call may say both of a ticket: that it was rated, and that it changed.
    told = tuple(each for each in said if each not in ratings)
    records = {each.remote_id for each in told if each.remote_id}
    known = {each: interests(connection=row.connection, remote_id=each) for each in records}
    try:
        updates = {each: _updates(row, each, told) for each in records if known[each]}
        read_of(connection=row.connection, tickets=rated)
    except (TransportError, NotConfigured, Unreadable) as error:
        row.connection.note_trouble(str(error), at=now)
        _later(row, Status.WAITING, str(error), now=now, least=_pause(error))
        return
    for each, seen in updates.items():
        _share_out(known[each], row.connection, seen, now=now)
    if tool(row.connection.tool).chat is not None:
        # Most of what is said in a channel is none of ours, and a thread of ours is read whole each time.
        _close(row, Status.APPLIED if updates else Status.IGNORED, _put_aside(said), now=now)
    elif updates.keys() == records:
        done = bool(records or rated)
        _close(row, Status.APPLIED if done else Status.IGNORED, _put_aside(said), now=now)
    else:
        _later(row, Status.PARKED, "The record is not one of ours, or not yet.", now=now)


def _claim(inbox: int, *, now: datetime) -> Inbox | None:
    row = Inbox.objects.select_related("connection").filter(pk=inbox).first()
    if row is None:
        return None
    ours = Inbox.objects.filter(
        pk=inbox, tries=row.tries, status__in=[Status.WAITING, Status.PARKED], not_before__lte=now
    )
    row.tries += 1
    return row if ours.update(tries=row.tries, not_before=now + CLAIM) else None


def _updates(row: Inbox, remote_id: str, said: tuple[Update | Hint, ...]) -> tuple[Update, ...]:
    """What the body says of the record; read from the tool where it only hints or is not understood."""
    own = tuple(each for each in said if each.remote_id == remote_id)
    clear = tuple(each for each in own if isinstance(each, Update) and each.kind != UpdateKind.UNKNOWN)
    kind: Tool = tool(row.connection.tool)
    reading = kind.mirror or kind.chat
    if reading is None:
        return tuple(each for each in own if isinstance(each, Update))
    if len(clear) == len(own):
        return clear
    return (*clear, *reading.read(row.connection.door(), remote_id=remote_id))


def _put_aside(said: tuple[Update | Hint, ...]) -> str:
    """What a call was that is about no record, in the tool's own word."""
    return ", ".join(each.words for each in said if isinstance(each, Update) and not each.remote_id)


def _share_out(
    whom: tuple[Interest, ...], connection: Connection, updates: tuple[Update, ...], *, now: datetime
) -> None:
    for interest in whom:
        take_in(
            interest=interest, connection=connection, updates=updates, now=now, way=RemoteUpdate.Way.WEBHOOK
        )


def _close(row: Inbox, status: Status, words: str, *, now: datetime) -> None:
    Inbox.objects.filter(pk=row.pk).update(status=status, words=words, applied_at=now)


def _pause(error: Exception) -> timedelta:
    """How long calls pause, where that is why nothing was read."""
    return timedelta(seconds=error.wait_s or 0.0) if isinstance(error, Paused) else timedelta()


def _later(row: Inbox, status: Status, words: str, *, now: datetime, least: timedelta = timedelta()) -> None:
    """Wait twice as long each time, up to an hour, and give up after a day: the poll has long seen it."""
    if now - row.received_at >= GIVE_UP_AFTER:
        _close(row, Status.IGNORED, words, now=now)
        return
    wait = max(least, min(FIRST_WAIT * 2 ** min(row.tries - 1, 12), LONGEST_WAIT))
    Inbox.objects.filter(pk=row.pk).update(status=status, words=words, not_before=now + wait)
