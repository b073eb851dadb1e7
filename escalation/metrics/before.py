"""What were the measures before Baton, by the tool's own past, and what are they with it?

Before: every resolved record of the tool that Baton had no part in. With it: the handoffs of the last 90 days
into the same tool. They are not the same kind of cases, so the two columns are a comparison and no proof.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection as database

from escalation.metrics.event_log import ping_pong
from escalation.models import Connection, PastRecord

LATELY = timedelta(days=90)
THREE = 3  # A, B, A
_BEFORE = """
SELECT count(*), avg((reassignments > 0)::int),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM resolved_at - opened_at)),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM resolved_at - opened_at))
FROM escalation_pastrecord WHERE connection_id = %(connection)s
"""
_WITH = """
SELECT count(*), avg(m.returned::int), avg(m.tossed::int), avg(m.first_time_right::int),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY m.to_resolved),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY m.to_resolved)
FROM escalation_measurement m JOIN escalation_route r ON r.id = m.route_id
WHERE r.target_id = %(connection)s AND m.confirmed_at >= %(since)s
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One measure before and with Baton: seconds or shares, None where nothing says it."""

    title: str
    before: float | None
    after: float | None
    is_share: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """The measures of a tool's past beside those of its handoffs."""

    records: int
    handoffs: int
    measures: tuple[Compared, ...]


def before(*, connection: Connection, now: datetime) -> Before:
    """This will measure both; a column of which there is nothing is None throughout."""
    values = {"connection": connection.pk, "since": now - LATELY}
    records, moved, half, most = _row(_BEFORE, values)
    handoffs, returned, tossed, right, half_now, most_now = _row(_WITH, values)
    straight = None if moved is None else 1 - moved
    measures = (
        Compared(title="Half are resolved within", before=half, after=half_now, is_share=False),
        Compared(title="Nine in ten are resolved within", before=most, after=most_now, is_share=False),
        Compared(title="Changed hands (before), returned (with Baton)", before=moved, after=returned),
        Compared(title="Went A-B-A", before=_tossed(connection), after=tossed),
        Compared(title="Right at the first try", before=straight, after=right),
    )
    return Before(records=int(records or 0), handoffs=int(handoffs or 0), measures=measures)


def _tossed(connection: Connection) -> float | None:
    """Of those of which it is known who had them; None where the tool does not say of any that moved."""
    rows = PastRecord.objects.filter(connection=connection)
    known = rows.exclude(holders=[]).count()
    moved = rows.filter(reassignments__gt=0)
    if not known or (moved.exists() and not moved.filter(holders__len__gt=1).exists()):
        return None
    several = rows.filter(holders__len__gte=THREE).values_list("holders", flat=True)
    return sum(ping_pong(holders) for holders in several.iterator()) / known


def _row(query: str, values: dict[str, Any]) -> tuple[float | None, ...]:
    with database.cursor() as cursor:
        cursor.execute(query, values)
        return tuple(None if each is None else float(each) for each in cursor.fetchone())
