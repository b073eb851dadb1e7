"""What are the figures of a team's routes, and which handoffs stand behind them?

``metrics.measuring`` measures each handoff; here they are summed up as ``metrics.figures`` says, in SQL.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from escalation.metrics.definitions import Measures
from escalation.metrics.figures import METRICS, OPEN_TIME, Figure, Form, Metric
from escalation.metrics.measuring import COLUMNS, MEASURES, WORDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Handoffs confirmed from ``since`` to before ``before``, seen from ``until``."""

    since: datetime
    before: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The figures of one route, or of all together (``route_id`` None)."""

    route_id: int | None
    sent: int
    figures: dict[str, Figure]
    business: dict[str, float | None]  # medians in business hours, in seconds, under the figure's key


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One handoff behind a figure."""

    id: UUID
    route_id: int
    summary: str
    remote_number: str
    confirmed_at: datetime
    measures: Measures


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """The figures of the seven days from ``starts``."""

    starts: datetime
    sent: int
    figures: dict[str, Figure]


def summaries(*, route_ids: Iterable[int], period: Period) -> tuple[Summary, ...]:
    """This will return the figures of all the routes together first, then those of each with handoffs."""
    timed = [metric for metric in METRICS.values() if metric.business]
    medians = ", ".join(f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {each.business})" for each in timed)
    query = f"""{MEASURES} SELECT route_id, count(*), {medians}, {_PICKS} FROM measures
        GROUP BY GROUPING SETS ((), (route_id)) ORDER BY route_id NULLS FIRST"""  # noqa: S608 - our own names
    return tuple(
        Summary(
            route_id=row[0],
            sent=row[1],
            figures=_figures(row[2 + len(timed) :]),
            business=dict(zip((each.key for each in timed), row[2:], strict=False)),
        )
        for row in _rows(query, route_ids, period)
    )


def weeks(*, route_ids: Iterable[int], period: Period) -> tuple[Week, ...]:
    """This will return the figures week by week from the period's start; an empty week is left out."""
    query = f"""{MEASURES} SELECT
        %(since)s + floor(extract(epoch FROM confirmed_at - %(since)s) / 604800) * interval '7 days' AS week,
        count(*), {_PICKS} FROM measures GROUP BY week ORDER BY week"""  # noqa: S608 - our own names
    return tuple(
        Week(starts=row[0], sent=row[1], figures=_figures(row[2:])) for row in _rows(query, route_ids, period)
    )


def handoffs(*, route_ids: Iterable[int], period: Period) -> tuple[Measured, ...]:
    """This will return every handoff of the period as it was measured, the newest first."""
    columns = ", ".join(COLUMNS)
    query = f"""{MEASURES} SELECT id, route_id, summary, remote_number, confirmed_at, {columns}
        FROM measures ORDER BY confirmed_at DESC, id"""  # noqa: S608 - our own names
    return tuple(_measured(row) for row in _rows(query, route_ids, period))


def _rows(query: str, route_ids: Iterable[int], period: Period) -> Iterator[tuple[Any, ...]]:
    values: dict[str, Any] = WORDS | {
        "routes": list(route_ids),
        "since": period.since,
        "before": period.before,
        "until": period.until,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        yield from cursor.fetchall()


def _sum_up(metric: Metric) -> str:
    key = metric.key
    match metric.form:
        case Form.SPAN:
            middle = f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {key})"
            return f"{middle}, percentile_cont(0.9) WITHIN GROUP (ORDER BY {key}), count({key})"
        case Form.SHARE:
            return f"avg({key}::int), NULL, count({key})"
        case Form.PART:
            return f"sum({key}) / nullif(sum({OPEN_TIME}), 0), NULL, count({key})"
        case Form.COUNT:
            return f"sum({key}), NULL, count({key})"


_PICKS = ", ".join(_sum_up(metric) for metric in METRICS.values())


def _figures(values: tuple[Any, ...]) -> dict[str, Figure]:
    return {
        key: _figure(metric, values[3 * place : 3 * place + 3])
        for place, (key, metric) in enumerate(METRICS.items())
    }


def _figure(metric: Metric, values: tuple[Any, ...]) -> Figure:
    value, p90, n = values
    return Figure(
        value=None if value is None else float(value),
        p90=float(p90) if metric.form is Form.SPAN and p90 is not None else None,
        n=n,
    )


def _measured(row: tuple[Any, ...]) -> Measured:
    names = ("id", "route_id", "summary", "remote_number", "confirmed_at")
    measures = Measures(**dict(zip(COLUMNS, row[len(names) :], strict=True)))
    return Measured(**dict(zip(names, row, strict=False)), measures=measures)
