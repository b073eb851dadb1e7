"""Under which entries that the tool has retired did a route file its records lately?

Baton no longer offers them, so no technician is refused; but what the same words are filed under from now
on is another entry or none, and somebody has to know. Golden cases count too: they expect the entry.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection as database

from escalation.models import CatalogRow, Drift, Route
from escalation.translation.rules import Rules
from escalation.upkeep.findings import Finding, Kind, named_values

LATELY = timedelta(days=70)  # what the trends look back, too
MOST = 4000  # the newest handoffs of that time
FIX = (
    "Baton offers it no more. If another entry took its place, give that one the old names and hosts in the "
    "tool, so that the same words find it; then press “It is known”."
)

_FILED = """
WITH handed AS (
    SELECT s.translation FROM escalation_handoff h JOIN escalation_snapshot s ON s.handoff_id = h.id
    WHERE h.route_id = %(route)s AND h.confirmed_at >= %(since)s
    ORDER BY h.confirmed_at DESC LIMIT %(most)s
), told AS (
    SELECT FALSE AS golden, translation FROM handed
    UNION ALL SELECT TRUE, expected FROM escalation_goldencase WHERE route_id = %(route)s
), placed AS (
    SELECT golden, f ->> 'name' AS field, f ->> 'label' AS label,
        COALESCE(NULLIF(f ->> 'entry', ''), f ->> 'value') AS entry
    FROM told, jsonb_array_elements(translation -> 'draft' -> 'fields') f
)
SELECT field, label, entry, COUNT(*) FILTER (WHERE NOT golden), COUNT(*) FILTER (WHERE golden)
FROM placed WHERE entry = ANY(%(gone)s)
GROUP BY field, label, entry ORDER BY field, entry
"""


def filed_under_retired(route: Route, rules: Rules, *, now: datetime) -> tuple[Finding, ...]:
    """This will name each retired entry with how often it was filed under, unless somebody knows already."""
    rows = CatalogRow.objects.filter(connection=route.target_id, retired_at__gte=now - LATELY)
    gone = {each.remote_id: each for each in rows.only("remote_id", "name", "retired_at")}
    if not gone:
        return ()
    passed = {*_known(route, gone.values()), *named_values(rules)}
    return tuple(
        Finding(
            kind=Kind.ENTRY_RETIRED,
            field=field,
            value=entry,
            what=_words(gone[entry].name, label, handed, golden)[:500],
            fix=FIX,
            since=gone[entry].retired_at,
        )
        for field, label, entry, handed, golden in _rows(route, list(gone), now=now)
        if (field, entry) not in passed
    )


def _known(route: Route, gone: Iterable[CatalogRow]) -> Iterator[tuple[str, str]]:
    """Those of which somebody has said since they were retired that it is known."""
    since = {each.remote_id: each.retired_at for each in gone}
    said = Drift.objects.filter(route=route, kind=Kind.ENTRY_RETIRED, value__in=since, known_by__isnull=False)
    for field, value, at in said.values_list("field", "value", "over_at"):
        retired_at = since[value]
        if at is not None and retired_at is not None and at >= retired_at:
            yield field, value


def _words(name: str, label: str, handed: int, golden: int) -> str:
    counted = [
        f"{count} {one if count == 1 else more}"
        for count, one, more in (
            (handed, "handoff of the last ten weeks", "handoffs of the last ten weeks"),
            (golden, "golden case", "golden cases"),
        )
        if count
    ]
    return f"{label}: “{name}” is retired in the tool; {' and '.join(counted)} went there."


def _rows(route: Route, gone: list[str], *, now: datetime) -> list[tuple[str, str, str, int, int]]:
    values: dict[str, Any] = {"route": route.pk, "since": now - LATELY, "most": MOST, "gone": gone}
    with database.cursor() as cursor:
        cursor.execute(_FILED, values)
        return list(cursor.fetchall())
