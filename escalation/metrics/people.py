"""What do the handoffs of single authors come to, where a team has agreed to look at that?

Off until an owner of the team switches it on, and the switch stands on the page for everybody who sees it.
Of somebody with fewer than ten handoffs in the period nothing is shown, not even that there are any: a number
about three handoffs is gossip.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import QuerySet

from escalation.metrics.comparing import ENOUGH
from escalation.metrics.read import Period
from escalation.metrics.summing import Figure, percentile
from escalation.models import Measurement

SPANS = ("effort", "rebuild")
SHARES = ("first_time_right", "returned")
SHOWN = (*SPANS, *SHARES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """The figures of one person's handoffs."""

    user_id: int
    name: str
    sent: int
    figures: dict[str, Figure]


def authors(*, route_ids: Iterable[int], period: Period) -> tuple[Author, ...]:
    """This will return those with ten handoffs or more on routes whose sending team agreed, by name.

    By name and not by result: it is no ranking.
    """
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    named = ("author_id", "author__first_name", "author__last_name", "author__username")
    for row in _rows(route_ids, period).values(*named, *SHOWN):
        full = f"{row['author__first_name']} {row['author__last_name']}".strip()
        found.setdefault((row["author_id"], full or row["author__username"]), []).append(row)
    return tuple(
        Author(user_id=pk, name=name, sent=len(those), figures={key: _figure(key, those) for key in SHOWN})
        for (pk, name), those in sorted(found.items(), key=lambda pair: pair[0][1])
        if len(those) >= ENOUGH
    )


def handoffs_of(user_id: int, *, route_ids: Iterable[int], period: Period) -> "QuerySet[Measurement]":
    """This will return what stands behind one person's numbers, the newest first; nothing below ten."""
    rows = _rows(route_ids, period).filter(author=user_id)
    if rows.count() < ENOUGH:
        return rows.none()
    return rows.select_related("handoff").order_by("-confirmed_at", "pk")


def _rows(route_ids: Iterable[int], period: Period) -> "QuerySet[Measurement]":
    return Measurement.objects.filter(
        route__in=tuple(route_ids),
        route__sender__by_person=True,
        confirmed_at__gte=period.since,
        confirmed_at__lt=period.before,
        author__isnull=False,
    )


def _figure(key: str, rows: list[dict[str, Any]]) -> Figure:
    values = [float(row[key]) for row in rows if row[key] is not None]
    if len(values) < ENOUGH:
        return Figure(value=None, p90=None, n=len(values))
    if key in SPANS:
        return Figure(value=median(values), p90=percentile(values, 0.9), n=len(values))
    return Figure(value=sum(values) / len(values), p90=None, n=len(values))
