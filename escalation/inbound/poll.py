"""What has changed in the tools that no webhook told us?

Every connection that matters to a handoff is asked in turn, from where its cursor stands; overlap is on
purpose and costs nothing, for each change is taken in once. One asker per connection at a time.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection as database

from escalation.inbound.take_in import take_in
from escalation.inbound.whose import interests, may_be_new, open_threads, watched
from escalation.models import Connection
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.tools.contract import Chat, Mirror
from escalation.tools.updates import Update
from escalation.transport.errors import NotFound, Paused, TransportError

logger = logging.getLogger(__name__)

# Of a chat's threads, each poll reads so many in turn: three polls a minute stay below its limit.
MOST_THREADS = 10

# First half of PostgreSQL's two-part advisory lock: ours, so that it never meets another use of them.
LOCK = 0x4261746F


def poll_all(*, now: datetime) -> int:
    """This will poll every connection that a handoff depends on; one that fails does not stop the others."""
    lines = 0
    for connection in Connection.objects.order_by("polled_at", "name"):
        known = registry.TOOLS.get(connection.tool)
        mirror, chat = (known.mirror, known.chat) if known else (None, None)
        if chat is None and (mirror is None or not watched(connection=connection)):
            continue
        with _alone(connection) as alone:
            if not alone:
                continue
            try:
                if mirror is not None:
                    lines += _poll(connection, mirror, now=now)
                elif chat is not None:
                    lines += _listen_in(connection, chat, now=now)
            except Paused as pause:
                # Said, and no failure of its own: the next poll after the pause goes on from the cursor.
                connection.note_trouble(str(pause), at=now)
            except (TransportError, NotConfigured, Unreadable) as error:
                logger.warning("inbound: poll failed", extra={"connection": str(connection.pk)})
                connection.note_trouble(str(error), at=now)
            except Exception:
                # A fault in one tool's code must not keep the others from being asked.
                logger.exception(
                    "inbound: poll met an error of our own", extra={"connection": str(connection.pk)}
                )
                connection.note_trouble("Baton met an error of its own when it asked; see the log.", at=now)
    return lines


def _poll(connection: Connection, mirror: Mirror, *, now: datetime) -> int:
    # Asked before the tool is: a record made in between is then either known below or counted here.
    expecting = may_be_new(connection=connection)
    page = mirror.poll(connection.door(), cursor=connection.poll_cursor, now=now)
    by_record: defaultdict[str, list[Update]] = defaultdict(list)
    for update in page.updates:
        by_record[update.remote_id].append(update)
    lines, unknown = 0, False
    for remote_id, updates in by_record.items():
        whom = interests(connection=connection, remote_id=remote_id)
        unknown = unknown or not whom
        for interest in whom:
            lines += take_in(interest=interest, connection=connection, updates=tuple(updates), now=now)
    if not (unknown and expecting):
        # Else the unknown may be the record whose creation has not answered yet: look there again.
        connection.poll_cursor = page.cursor
    connection.polled_at = now
    connection.save(update_fields=["poll_cursor", "polled_at"])
    connection.note_trouble(page.trouble, at=now)
    return lines


def _listen_in(connection: Connection, chat: Chat, *, now: datetime) -> int:
    """Read some of the threads that open handoffs have in a chat, going on where the last poll ended."""
    threads = open_threads(connection=connection)
    if not threads:
        return 0
    after = [each for each in threads if each > connection.poll_cursor]
    lines, door = 0, connection.door()
    for remote_id in (after or threads)[:MOST_THREADS]:
        try:
            updates = chat.read(door, remote_id=remote_id)
        except NotFound:
            updates = ()  # deleted there; the others can be read
        for interest in interests(connection=connection, remote_id=remote_id):
            lines += take_in(interest=interest, connection=connection, updates=updates, now=now)
        connection.poll_cursor = remote_id
    connection.polled_at = now
    connection.save(update_fields=["poll_cursor", "polled_at"])
    connection.note_trouble("", at=now)
    return lines


@contextmanager
def _alone(connection: Connection) -> Iterator[bool]:
    """Whether no other worker polls this connection; the lock ends with us or with our database session."""
    key: tuple[int, str] = (LOCK, str(connection.pk))
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key)
        got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got:
            with database.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)
