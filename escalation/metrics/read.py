"""What are the figures of a team's routes, together, by route and by kind of handoff?

Read from what ``metrics.keep`` wrote; no line of a timeline is read here. Of a handoff still open, the time
since its last human word is added when somebody looks. Medians are right to one part in a hundred
(``metrics.sketch``), everything else is exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import Q

from escalation.metrics import sketch
from escalation.metrics.figures import METRICS, RUNNING, Form, Metric
from escalation.metrics.reckoned import Reckoned
from escalation.metrics.summing import Figure, user_share
from escalation.metrics.tails import SILENCE, Tails, tails
from escalation.metrics.tallies import DIMENSIONS, SPANS, Cell, Counted, add_up, cells, monday
from escalation.models import Tally

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


# How many days are looked at, by the page, the files and the API.
PERIODS: Final = (7, 30, 90)
USUAL: Final = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Handoffs confirmed from ``since`` to before ``before``, both midnight UTC; seen from ``until``."""

    since: datetime
    before: datetime
    until: datetime

    @classmethod
    def ending(cls, end: datetime, *, days: int, until: datetime) -> "Period":
        """Return so many days up to a midnight."""
        return cls(since=end - timedelta(days=days), before=end, until=until)


def midnight_after(now: datetime) -> datetime:
    """This will return the midnight, in UTC, that ends the day."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """Handoffs that have one thing in common: a category, a template, a shift or a number of parts."""

    dimension: str  # of ``tallies.DIMENSIONS``
    value: str  # a category, a template's id, a shift, a number of parts; "" for none


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The figures of all together, of one route, or of one kind."""

    sent: int
    figures: Mapping[str, Figure]
    business: Mapping[str, float | None]  # medians in business hours, in seconds, under the figure's key
    route_id: int | None = None
    value: str = ""  # of the kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """The figures of the calendar week from the Monday ``starts``, in UTC."""

    starts: date
    sent: int
    figures: Mapping[str, Figure]


def summaries(*, route_ids: Iterable[int], period: Period) -> tuple[Summary, ...]:
    """This will return the figures of all the routes together first, then those of each with handoffs."""
    routes = tuple(route_ids)
    found = _tallies(routes, period)
    still_open = _tails(routes, period)
    by_route: dict[int, list[Cell]] = {}
    for row in found:
        by_route.setdefault(row.route_id, []).append(row)
    return (
        _summary(found, still_open),
        *(_summary(by_route[each], still_open.of_route(each), route_id=each) for each in sorted(by_route)),
    )


def by_kind(*, route_ids: Iterable[int], period: Period) -> dict[str, tuple[Summary, ...]]:
    """This will return, under each dimension, the figures of each kind; the most frequent kind first."""
    routes = tuple(route_ids)
    still_open = _tails(routes, period)
    rows_of: dict[Kind, list[Cell]] = {}
    for row in _tallies(routes, period, dimensions=tuple(DIMENSIONS)):
        rows_of.setdefault(Kind(dimension=row.dimension, value=row.value), []).append(row)
    found: dict[str, list[Summary]] = {each: [] for each in DIMENSIONS}
    for kind, rows in rows_of.items():
        found[kind.dimension].append(_summary(rows, _alike(kind, still_open), value=kind.value))
    return {
        dimension: tuple(sorted(kinds, key=lambda each: (-each.sent, each.value)))
        for dimension, kinds in found.items()
    }


def summary(*, route_ids: Iterable[int], period: Period, kind: Kind | None) -> Summary:
    """This will return the figures of all the routes together, or of one kind of handoff on them."""
    routes = tuple(route_ids)
    if kind is None:
        return _summary(_tallies(routes, period), _tails(routes, period))
    rows = _tallies(routes, period, dimensions=(kind.dimension,), value=kind.value)
    return _summary(rows, _alike(kind, _tails(routes, period)), value=kind.value)


def weeks(*, route_ids: Iterable[int], period: Period, kind: Kind | None = None) -> tuple[Week, ...]:
    """This will return the figures of every calendar week that the period touches; empty ones left out."""
    routes, first = tuple(route_ids), monday(period.since.date())
    rows = Tally.objects.filter(
        route__in=routes,
        dimension=kind.dimension if kind else "",
        value=kind.value if kind else "",
        grain=Tally.Grain.WEEK,
        starts__gte=first,
        starts__lt=period.before,
    )
    by_week: dict[date, list[Cell]] = {}
    for row in cells(rows):
        by_week.setdefault(row.starts, []).append(row)
    since = period.since - A_DAY * (period.since.date() - first).days
    touched = Period(since=since, before=period.before + A_WEEK, until=period.until)
    still_open = _alike(kind, _tails(routes, touched))
    return tuple(
        _week(starts, by_week[starts], still_open.within(starts, starts + A_WEEK))
        for starts in sorted(by_week)
    )


def _tallies(
    routes: tuple[int, ...], period: Period, *, dimensions: tuple[str, ...] = ("",), value: str | None = None
) -> list[Cell]:
    """Whole weeks where the period holds them, days at its edges."""
    whole, days = [], []
    day, end = period.since.date(), period.before.date()
    while day < end:
        if day == monday(day) and day + A_WEEK <= end:
            whole.append(day)
            day += A_WEEK
        else:
            days.append(day)
            day += A_DAY
    held = Q(grain=Tally.Grain.WEEK, starts__in=whole) | Q(grain=Tally.Grain.DAY, starts__in=days)
    rows = Tally.objects.filter(held, route__in=routes, dimension__in=dimensions)
    return cells(rows if value is None else rows.filter(value=value))


def _tails(routes: tuple[int, ...], period: Period) -> Tails:
    return tails(route_ids=routes, since=period.since, before=period.before, until=period.until)


def _alike(kind: Kind | None, still_open: Tails) -> Tails:
    return still_open if kind is None else still_open.of_kind(kind.dimension, kind.value)


def _summary(rows: Iterable[Cell], still_open: Tails, **of: Any) -> Summary:
    counted = _with(add_up(rows), still_open)
    timed = {key: metric.business for key, metric in METRICS.items() if metric.business}
    return Summary(
        sent=counted.sent,
        figures=_figures(counted),
        business=Reckoned(timed, lambda key: sketch.percentile(_spans(counted, timed[key]), 0.5)),
        **of,
    )


def _week(starts: date, rows: list[Cell], still_open: Tails) -> Week:
    counted = _with(add_up(rows), still_open)
    return Week(starts=starts, sent=counted.sent, figures=_figures(counted))


def _with(counted: Counted, still_open: Tails) -> Counted:
    """Adds what ran since the last human word of the handoffs still open."""
    if not len(still_open):
        return counted
    numbers, spans = dict(counted.numbers), counted.spans
    for key in RUNNING:
        total, of = numbers[key]
        numbers[key] = (total + float(still_open.seconds[key].sum()), of)
    np.add.at(spans[SPANS.index(SILENCE)], sketch.buckets(still_open.seconds[SILENCE]), 1.0)
    return Counted(sent=counted.sent, numbers=numbers, spans=spans)


def _spans(counted: Counted, name: str) -> sketch.Counts:
    return np.asarray(counted.spans[SPANS.index(name)], dtype=np.float64)


def _figures(counted: Counted) -> Mapping[str, Figure]:
    return Reckoned(METRICS, lambda key: _figure(METRICS[key], counted))


def _figure(metric: Metric, counted: Counted) -> Figure:
    if metric.form is Form.SPAN:
        counts = _spans(counted, metric.key)
        middle, p90 = sketch.percentile(counts, 0.5), sketch.percentile(counts, 0.9)
        share = None
        if metric.user:
            total, waited = counted.numbers[metric.key][0], counted.numbers[metric.user][0]
            share = user_share(metric, total=total, waited=waited)
        return Figure(value=middle, p90=p90, n=int(counts.sum()), user=share)
    total, of = counted.numbers[metric.key]
    whole = {
        Form.PART: counted.numbers.get(metric.whole, (0, 0))[0],
        Form.SHARE: of,
        Form.COUNT: 1 if of else 0,
    }
    return Figure(value=total / whole[metric.form] if whole[metric.form] else None, p90=None, n=of)
