"""How does a tool's past come to us? In the background, page by page, each kept with where it goes on.

What is read gives every measure a before, and teaches linking what such words were filed under. A reading
that dies goes on; one that is begun again finds what it has read and writes it once.
"""

import logging
from datetime import datetime, timedelta
from zlib import crc32

from django.contrib.auth.models import User
from django.db import connection as database
from django.db import transaction

from escalation.catalog.learn import learn
from escalation.models import Connection, PastReading, PastRecord
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.history import Past, PastPage
from escalation.tools.registry import tool
from escalation.transport.errors import Paused, Refused, TransportError, Unauthorised

logger = logging.getLogger(__name__)

DAYS = 365
MOST_PAGES = 20  # in one go, so that it ends before the schedule calls again
# Linking is taught by what is like today's words; beyond these it gets slower to build and hardly better.
MOST_LESSONS = 5_000
LONGEST_TEXT = 4_000
_READING = 0x505354  # "PST", of the locks that readers hold
_CONTENT = ("number", "opened_at", "resolved_at", "reassignments", "holders", "category")


class NoPast(Exception):
    """The connection's tool does not say how its records went."""


def begin(*, connection: Connection, by: User, now: datetime, days: int = DAYS) -> PastReading:
    """This will have the past read, from the start; raises ``NoPast``. One that is under way goes on."""
    if tool(connection.tool).past is None:
        raise NoPast(f"{connection} does not say how its records went.")
    values = {
        "since": now - timedelta(days=days),
        "cursor": "",
        "asked_by": by,
        "began_at": now,
        "moved_at": now,
        "finished_at": None,
        "records_read": 0,
        "lessons_learned": 0,
        "trouble": "",
    }
    row, made = PastReading.objects.get_or_create(connection=connection, defaults=values)
    if not made and row.finished_at is not None:
        PastReading.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    return row


def go_on_all(*, now: datetime) -> None:
    """This will go on with every reading that is under way; one that fails stops no other."""
    for row in PastReading.objects.filter(finished_at=None).select_related("connection"):
        go_on(reading=row, now=now)


def go_on(*, reading: PastReading, now: datetime) -> int:
    """This will read some pages more and return how many records they held.

    While another worker reads the same past this one leaves it alone. What hinders it stands on the row.
    """
    keys = [_READING, crc32(reading.connection_id.bytes) - 2**31]
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
        (ours,) = cursor.fetchone()
    if not ours:
        return 0
    try:
        return _read(reading, now=now)
    finally:
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)


def _read(reading: PastReading, *, now: datetime) -> int:
    reading.refresh_from_db()
    past, read = tool(reading.connection.tool).past, 0
    if past is None or reading.finished_at is not None:
        return 0
    try:
        door = reading.connection.door()
        for _ in range(MOST_PAGES):
            page = past.past(door, cursor=reading.cursor, since=reading.since, now=now)
            read += _keep(reading, page, now=now)
            if not page.cursor:
                break
    except Paused as pause:
        _say(reading, str(pause))
    except Unauthorised as error:
        # Asked again and again, a log-in that is refused locks the user out.
        reading.finished_at = now
        _say(reading, str(error))
    except Refused as error:
        if reading.cursor:
            # A cursor that the tool has forgotten; what was read before is found again and written once.
            reading.cursor, reading.records_read, reading.lessons_learned = "", 0, 0
        else:
            reading.finished_at = now  # no is an answer, and the next one would be the same
        _say(reading, str(error))
    except (TransportError, NotConfigured, Unreadable) as error:
        logger.warning("upkeep: reading the past failed", extra={"connection": str(reading.connection_id)})
        _say(reading, str(error))
    return read


@transaction.atomic
def _keep(reading: PastReading, page: PastPage, *, now: datetime) -> int:
    PastRecord.objects.bulk_create(
        (_row(reading, each) for each in page.records),
        update_conflicts=True,
        unique_fields=["connection", "remote_id"],
        update_fields=_CONTENT,
    )
    for each in page.records:
        if reading.lessons_learned < MOST_LESSONS:
            lesson = learn(
                connection=reading.connection,
                reference=f"past {each.remote_id}",
                text=each.text[:LONGEST_TEXT],
                remote_ids=each.filed,
                now=each.resolved_at,
            )
            reading.lessons_learned += lesson is not None
    reading.cursor, reading.moved_at, reading.trouble = page.cursor, now, ""
    reading.records_read += len(page.records)
    reading.holders_known = reading.holders_known and page.holders_known
    reading.finished_at = None if page.cursor else now
    reading.save()
    return len(page.records)


def _row(reading: PastReading, each: Past) -> PastRecord:
    return PastRecord(
        connection_id=reading.connection_id,
        remote_id=each.remote_id,
        number=each.number,
        opened_at=each.opened_at,
        resolved_at=each.resolved_at,
        reassignments=each.reassignments,
        holders=list(each.holders),
        category=each.category[:120],
    )


def _say(reading: PastReading, words: str) -> None:
    reading.trouble = words
    reading.save(update_fields=["trouble", "cursor", "records_read", "lessons_learned", "finished_at"])
