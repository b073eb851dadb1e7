"""What are the figures of a team's routes? The definitions of ``metrics.definitions``, said in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection

from escalation.metrics.definitions import ENGAGED, FROM_THE_RECEIVER, RETURNED

# One row per handoff with the moments the definitions name, then medians over the handoffs of a route.
_FIGURES = """
WITH moments AS (
    SELECT h.id, h.route_id, h.active_seconds,
           min(e.happened_at) FILTER (WHERE e.kind = 'confirmed') AS confirmed,
           min(e.happened_at) FILTER (WHERE e.kind = 'delivered') AS delivered,
           min(e.happened_at) FILTER (WHERE e.kind = 'seen') AS seen,
           min(e.happened_at) FILTER (WHERE e.kind = 'accepted') AS accepted,
           min(e.happened_at) FILTER (WHERE e.kind = ANY(%(engaged)s)) AS engaged,
           bool_or(e.kind = ANY(%(returned)s)) AS returned,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM e.recorded_at - e.happened_at))
               FILTER (WHERE e.kind = ANY(%(receiver)s)) AS lag
    FROM escalation_handoff h JOIN escalation_entry e ON e.handoff_id = h.id
    WHERE h.route_id = ANY(%(routes)s) AND h.confirmed_at >= %(since)s
    GROUP BY h.id
)
SELECT route_id, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY active_seconds),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM delivered - confirmed)),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM seen - delivered)),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM accepted - delivered)),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM engaged - delivered)),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM engaged - seen)),
       count(*) FILTER (WHERE returned),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY lag)
FROM moments GROUP BY route_id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteFigures:
    """Medians over the handoffs of one route, in seconds; None where nothing was measured yet."""

    route_id: int
    sent: int
    effort_s: float | None
    to_delivered_s: float | None
    to_seen_s: float | None
    to_accepted_s: float | None
    to_engaged_s: float | None
    rebuild_s: float | None
    returned: int
    lag_s: float | None


def route_figures(*, route_ids: Iterable[int], since: datetime) -> tuple[RouteFigures, ...]:
    """This will return the figures of those routes for what was confirmed since then."""
    values: dict[str, Any] = {
        "routes": list(route_ids),
        "since": since,
        "engaged": sorted(ENGAGED),
        "returned": sorted(RETURNED),
        "receiver": sorted(FROM_THE_RECEIVER),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, values)
        return tuple(_figures(row) for row in cursor.fetchall())


def _figures(row: tuple[Any, ...]) -> RouteFigures:
    names = (field.name for field in fields(RouteFigures))
    return RouteFigures(**dict(zip(names, row, strict=True)))
