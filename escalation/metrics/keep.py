"""How are the measures kept beside the timelines, so that pages need not read them?

What the triggers noted is measured anew, and the days and weeks those handoffs belong to are counted anew
from the measures: nothing is added to a sum twice, and doing it again changes nothing.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from escalation.metrics.measuring import COLUMNS, MEASURES, WORDS
from escalation.metrics.tallies import count_anew, fold
from escalation.models import MeasureDue, Tally

A_BATCH = 500
_LOCK = 7_264_001  # one writer at a time; any number that nothing else here takes
_KEPT = (
    "handoff_id",
    "route_id",
    "author_id",
    "confirmed_at",
    "category",
    "template_id",
    "shift",
    "tail_at",
    "tail_waits",
    "tail_on_user",
)
_ALL = ", ".join((*_KEPT, *COLUMNS))
_WRITE = f"{MEASURES} INSERT INTO escalation_measurement ({_ALL}) SELECT {_ALL} FROM measures"  # noqa: S608 - our own names
_TAKE = """
DELETE FROM escalation_measuredue WHERE id IN (
    SELECT id FROM escalation_measuredue ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING handoff_id
"""
_DAYS = """
SELECT DISTINCT route_id, (confirmed_at AT TIME ZONE 'UTC')::date
FROM escalation_measurement WHERE handoff_id = ANY(%s)
"""


def catch_up(*, most: int = A_BATCH) -> int:
    """This will measure what moved; returns how many notes it took, 0 also while another does it."""
    return _take_in(most) if MeasureDue.objects.exists() else 0


def pack(*, most: int = A_BATCH) -> int:
    """This will pack tallies that an older version wrote; returns how many, 0 where none is left."""
    return fold(most=most) if Tally.objects.filter(sums=None).exists() else 0


def measure_anew(handoffs: Iterable[UUID]) -> set[tuple[int, date]]:
    """This will write their measures; returns the routes and days they belonged and belong to."""
    ids = list(handoffs)
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [ids])
        days = set(cursor.fetchall())
        cursor.execute("DELETE FROM escalation_measurement WHERE handoff_id = ANY(%s)", [ids])
        cursor.execute(_WRITE, WORDS | {"ids": ids})
        cursor.execute(_DAYS, [ids])
        return days | set(cursor.fetchall())


@transaction.atomic
def _take_in(most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not _only(cursor.fetchall()):
            return 0
        cursor.execute(_TAKE, [most])
        noted = [row[0] for row in cursor.fetchall()]
    if noted:
        count_anew(measure_anew(set(noted)))
    return len(noted)


def _only(rows: list[tuple[bool, ...]]) -> bool:
    return rows[0][0]
