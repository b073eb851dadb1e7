"""What are the figures of a team's routes, and which handoffs stand behind them?

Read from what ``metrics.keep`` wrote; no line of a timeline is read here. Of a handoff still open, the time
since its last human word is added when somebody looks. Medians are right to one part in a hundred
(``metrics.sketch``), everything else is exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from escalation.metrics import sketch
from escalation.metrics.definitions import Measures
from escalation.metrics.figures import METRICS, RUNNING, Figure, Form, Metric, user_share
from escalation.metrics.measuring import COLUMNS
from escalation.metrics.tails import Tail, tails
from escalation.metrics.tallies import SPANS, Counted, add_up, monday
from escalation.models import Measurement, Tally

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
ABOUT = ("handoff_id", "route_id", "handoff__summary", "handoff__remote_number", "confirmed_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Handoffs confirmed from ``since`` to before ``before``, both midnight UTC; seen from ``until``."""

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
class Kind:
    """The figures of one kind of handoff, without what runs on of those still open."""

    value: str  # of the dimension: a category, a template's id, a shift, a number of parts; "" for none
    sent: int
    figures: dict[str, Figure]


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
    """The figures of the calendar week from the Monday ``starts``, in UTC."""

    starts: date
    sent: int
    figures: dict[str, Figure]


def summaries(*, route_ids: Iterable[int], period: Period) -> tuple[Summary, ...]:
    """This will return the figures of all the routes together first, then those of each with handoffs."""
    routes = tuple(route_ids)
    first, end = period.since.date(), period.before.date()
    found = tuple(_tallies(routes, first, end))
    still_open = tails(route_ids=routes, since=period.since, before=period.before, until=period.until)
    sent = sorted({row.route_id for row in found})
    return (
        _summary(None, found, still_open),
        *(_summary(each, _of(each, found), _of(each, still_open)) for each in sent),
    )


def by_kind(*, route_ids: Iterable[int], period: Period, dimension: str) -> tuple[Kind, ...]:
    """This will return the figures of each kind of handoff, the most frequent kind first."""
    by_value: dict[str, list[Tally]] = {}
    days = (period.since.date(), period.before.date())
    for row in _tallies(tuple(route_ids), *days, dimension=dimension):
        by_value.setdefault(row.value, []).append(row)
    counted = {value: add_up(rows) for value, rows in by_value.items()}
    return tuple(
        Kind(value=value, sent=each.sent, figures=_figures(each))
        for value, each in sorted(counted.items(), key=lambda pair: (-pair[1].sent, pair[0]))
    )


def weeks(*, route_ids: Iterable[int], period: Period) -> tuple[Week, ...]:
    """This will return the figures of every calendar week that the period touches; empty ones left out."""
    routes, first = tuple(route_ids), monday(period.since.date())
    rows = Tally.objects.filter(
        route__in=routes, dimension="", grain=Tally.Grain.WEEK, starts__gte=first, starts__lt=period.before
    )
    by_week: dict[date, list[Tally]] = {}
    for row in rows:
        by_week.setdefault(row.starts, []).append(row)
    since = period.since - A_DAY * (period.since.date() - first).days
    still_open = tails(route_ids=routes, since=since, before=period.before + A_WEEK, until=period.until)
    return tuple(
        _week(starts, by_week[starts], [each for each in still_open if monday(each.day) == starts])
        for starts in sorted(by_week)
    )


def handoffs(*, route_ids: Iterable[int], period: Period) -> tuple[Measured, ...]:
    """This will return every handoff of the period as it was measured, the newest first."""
    rows = Measurement.objects.filter(
        route__in=tuple(route_ids), confirmed_at__gte=period.since, confirmed_at__lt=period.before
    )
    found = rows.order_by("-confirmed_at", "handoff_id").values_list(*ABOUT, *COLUMNS)
    still_open = {
        each.handoff_id: each
        for each in tails(route_ids=route_ids, since=period.since, before=period.before, until=period.until)
    }
    return tuple(_measured(row, still_open.get(row[0])) for row in found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """The handoffs a figure is made of, the most telling first; read one page at a time."""

    rows: "QuerySet[Measurement]"
    counted: int

    def count(self) -> int:
        """How many there are, as the tallies say it: nothing is counted row by row."""
        return self.counted

    def __len__(self) -> int:
        return self.counted

    def __getitem__(self, wanted: slice) -> tuple[Measured, ...]:
        # First which ones, from few columns; then what they came to.
        ids = list(self.rows.values_list("pk", flat=True)[wanted])
        found = {row[0]: row for row in Measurement.objects.filter(pk__in=ids).values_list(*ABOUT, *COLUMNS)}
        return tuple(_measured(found[each], None) for each in ids)


def runs_on(metric: Metric) -> bool:
    """This will say whether the figure of an open handoff moves while nothing happens."""
    return metric.key == "silence" or metric.key in RUNNING


def behind(*, route_ids: Iterable[int], period: Period, metric: Metric, counted: int) -> Behind:
    """This will return the handoffs behind a figure that does not run on; ``counted`` is the figure's n."""
    rows = Measurement.objects.filter(
        route__in=tuple(route_ids), confirmed_at__gte=period.since, confirmed_at__lt=period.before
    )
    if metric.form is Form.PART:
        share = Cast(metric.key, FloatField()) / Cast(metric.whole, FloatField())
        rows = rows.filter(**{f"{metric.whole}__gt": 0}).annotate(told=share)
    else:
        rows = rows.filter(**{f"{metric.key}__isnull": False}).annotate(told=F(metric.key))
    most = F("told").asc() if metric.less_is_better is False else F("told").desc()
    found = rows.order_by(most, "-confirmed_at", "pk")
    return Behind(rows=found, counted=found.count() if metric.form is Form.PART else counted)


def _tallies(routes: tuple[int, ...], first: date, end: date, *, dimension: str = "") -> Iterable[Tally]:
    """Whole weeks where the period holds them, days at its edges."""
    whole, days = [], []
    day = first
    while day < end:
        if day == monday(day) and day + A_WEEK <= end:
            whole.append(day)
            day += A_WEEK
        else:
            days.append(day)
            day += A_DAY
    held = Q(grain=Tally.Grain.WEEK, starts__in=whole) | Q(grain=Tally.Grain.DAY, starts__in=days)
    return Tally.objects.filter(held, route__in=routes, dimension=dimension)


def _of(route: int, rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(row for row in rows if row.route_id == route)


def _summary(route: int | None, rows: Iterable[Tally], still_open: Iterable[Tail]) -> Summary:
    counted = _with(add_up(rows), still_open)
    timed = {key: metric.business for key, metric in METRICS.items() if metric.business}
    return Summary(
        route_id=route,
        sent=counted.sent,
        figures=_figures(counted),
        business={key: sketch.percentile(_spans(counted, name), 0.5) for key, name in timed.items()},
    )


def _week(starts: date, rows: list[Tally], still_open: list[Tail]) -> Week:
    counted = _with(add_up(rows), still_open)
    return Week(starts=starts, sent=counted.sent, figures=_figures(counted))


def _with(counted: Counted, still_open: Iterable[Tail]) -> Counted:
    """Adds what ran since the last human word of the handoffs still open."""
    open_ones, numbers, spans = tuple(still_open), dict(counted.numbers), counted.spans
    for key in RUNNING:
        total, of = numbers[key]
        numbers[key] = (total + sum(getattr(each, key) for each in open_ones), of)
    if open_ones:
        silent = sketch.buckets(np.array([each.silence for each in open_ones], dtype=float))
        np.add.at(spans[SPANS.index("silence")], silent, 1.0)
    return Counted(sent=counted.sent, numbers=numbers, spans=spans)


def _spans(counted: Counted, name: str) -> sketch.Counts:
    return np.asarray(counted.spans[SPANS.index(name)], dtype=np.float64)


def _figures(counted: Counted) -> dict[str, Figure]:
    return {key: _figure(metric, counted) for key, metric in METRICS.items()}


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


def _measured(row: tuple[Any, ...], tail: Tail | None) -> Measured:
    names = ("id", "route_id", "summary", "remote_number", "confirmed_at")
    values: Mapping[str, Any] = dict(zip(COLUMNS, row[len(names) :], strict=True))
    if tail is not None:
        added = {key: values[key] + getattr(tail, key) for key in RUNNING}
        values = {**values, **added, "silence": tail.silence}
    return Measured(**dict(zip(names, row, strict=False)), measures=Measures(**values))
