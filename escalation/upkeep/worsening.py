"""Do the links of a route stand less often, does it lose more, does its tool call later?

Only what is said of a record counts: a link stands unless somebody filed the record under something else.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import connection as database
from django.db import transaction
from django.db.models import F

from escalation.models import Connection, Drift, Entry, RemoteUpdate, Route
from escalation.upkeep.findings import Finding, Kind
from escalation.upkeep.keep_findings import write
from escalation.upkeep.trends import BEFORE, LATELY, Seen, Trend, longer, more_often

TRENDS = (Kind.LINKS_FALLING, Kind.LOSSES_RISING, Kind.LAG_GROWING)
MOST = 4000  # the newest of ten weeks; more would only make small changes certain

_PICKED = """
WITH picked AS (
    SELECT h.id, h.answers, s.confirmed_at, s.translation
    FROM escalation_handoff h JOIN escalation_snapshot s ON s.handoff_id = h.id
    WHERE h.route_id = %(route)s AND h.confirmed_at >= %(since)s
    ORDER BY h.confirmed_at DESC LIMIT %(most)s
)
"""
_LINKS = (
    _PICKED
    + """
SELECT p.confirmed_at, f ->> 'name', f ->> 'label', EXISTS (
    SELECT FROM escalation_entry e
    WHERE e.handoff_id = p.id AND e.kind = %(corrected)s AND e.details ->> 'field' = f ->> 'name'
)
FROM picked p, jsonb_array_elements(p.translation -> 'draft' -> 'fields') f
WHERE f ->> 'score' IS NOT NULL AND NOT p.answers ? (f ->> 'name')
"""
)
_LOSSES = (
    _PICKED
    + """
SELECT p.confirmed_at, jsonb_path_exists(p.translation, '$.losses[*] ? (@.item_id != "")') FROM picked p
"""
)


@transaction.atomic
def check_trends(*, connection: Connection, now: datetime) -> None:
    """This will keep what has got worse on the routes into a tool, and end what no longer is."""
    lag = longer(_lags(connection, now), now=now)
    for route in Route.objects.filter(target=connection, active=True):
        found = [*_links(route, now), *_losses(route, now)]
        if lag is not None:
            found.append(_late(connection, lag))
        write(route, tuple(found), kinds=TRENDS, now=now)


def _links(route: Route, now: datetime) -> list[Finding]:
    by_field: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for at, name, label, moved in _rows(_LINKS, route, now):
        by_field[name, label].append(Seen(at=at, value=float(moved)))
    found = []
    for (name, label), seen in sorted(by_field.items()):
        trend = more_often(seen, now=now)
        if trend is not None:
            words = (
                f"{label}: of what Baton filled in, {1 - trend.lately:.0%} stood lately, "
                f"{1 - trend.before:.0%} before"
            )
            fix = (
                "See on the newest handoffs what receivers file them under; give those words a value in "
                "the rules, or fill in from a higher score."
            )
            found.append(_finding(Kind.LINKS_FALLING, name, words, trend, fix))
    return found


def _losses(route: Route, now: datetime) -> list[Finding]:
    seen = [Seen(at=at, value=float(lost)) for at, lost in _rows(_LOSSES, route, now)]
    trend = more_often(seen, now=now)
    if trend is None:
        return []
    words = (
        f"{trend.lately:.0%} of the handoffs lost a line on the way into {route.target} lately, "
        f"{trend.before:.0%} before"
    )
    fix = "Open one of the newest and see which field is full or gone; its limit or the rules have to change."
    return [_finding(Kind.LOSSES_RISING, "", words, trend, fix)]


def _late(connection: Connection, trend: Trend) -> Finding:
    words = (
        f"Half of what {connection} tells by webhook comes within {trend.lately:.0f} s lately, "
        f"within {trend.before:.0f} s before"
    )
    fix = "Have the tool's administrators look at its outgoing queue; polling brings the changes meanwhile."
    return _finding(Kind.LAG_GROWING, "", words, trend, fix)


def _finding(kind: Drift.Kind, field: str, words: str, trend: Trend, fix: str) -> Finding:
    what = (
        f"{words} ({trend.lately_n} in 14 days, {trend.before_n} in the 56 before; "
        f"{trend.sigmas:.1f} standard errors)."
    )
    return Finding(kind=kind, field=field, what=what, fix=fix, since=trend.since)


def _lags(connection: Connection, now: datetime) -> list[Seen]:
    rows = RemoteUpdate.objects.filter(
        connection=connection,
        way=RemoteUpdate.Way.WEBHOOK,
        applied_at__gte=now - LATELY - BEFORE,
        # A first look at a ticket also finds what was so before anybody escalated it.
        happened_at__gte=F("handoff__confirmed_at"),
    )
    found = rows.order_by("-applied_at").values_list("happened_at", "applied_at")[:MOST]
    return [Seen(at=applied, value=max(0.0, (applied - said).total_seconds())) for said, applied in found]


def _rows(query: str, route: Route, now: datetime) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "route": route.pk,
        "since": now - LATELY - BEFORE,
        "most": MOST,
        "corrected": Entry.Kind.CORRECTED.value,
    }
    with database.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
