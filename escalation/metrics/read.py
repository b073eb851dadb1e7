"""What are the figures of a team's routes, together, by route, by kind of handoff and by week?

Read from what ``metrics.keep`` wrote; no line of a timeline is read here. What a page asks for is read once:
its periods and weeks overlap. Of a handoff still open, the time since its last human word is added when
somebody looks.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet, Sum

from escalation.metrics.adding import Summary, Week, kinds_in_brief, summary_of, week_of
from escalation.metrics.cells import DIMENSIONS, Cell, cells
from escalation.metrics.tails import Tails, tails
from escalation.metrics.tallies import monday
from escalation.models import Tally

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
DAY, WEEK = Tally.Grain.DAY.value, Tally.Grain.WEEK.value

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

    dimension: str  # of ``cells.DIMENSIONS``
    value: str  # a category, a template's id, a shift, a number of parts; "" for none


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What was read for some periods, of all handoffs or of one kind."""

    held: Mapping[tuple[str, date], tuple[Cell, ...]]  # under grain and first day
    still_open: Tails

    def summary(self, period: Period, *, value: str = "") -> Summary:
        """Return the figures of all the routes together."""
        return summary_of(self._of(period), self._open_in(period), value=value)

    def summaries(self, period: Period) -> tuple[Summary, ...]:
        """Return the same first, then the figures of each route with handoffs."""
        still_open = self._open_in(period)
        by_route: dict[int, list[Cell]] = {}
        for row in self._of(period):
            by_route.setdefault(row.route_id, []).append(row)
        return (
            self.summary(period),
            *(summary_of(by_route[pk], still_open.of_route(pk), route_id=pk) for pk in sorted(by_route)),
        )

    def by_kind(self, period: Period) -> dict[str, tuple[Summary, ...]]:
        """Return, under each dimension, the figures in brief of each kind; the most frequent kind first."""
        found: dict[str, list[Summary]] = {each: [] for each in DIMENSIONS}
        for dimension, each in kinds_in_brief(self._of(period), self._open_in(period)):
            found[dimension].append(each)
        return {
            dimension: tuple(sorted(kinds, key=lambda each: (-each.sent, each.value)))
            for dimension, kinds in found.items()
        }

    def weeks(self, period: Period) -> tuple[Week, ...]:
        """Return the figures of every calendar week that the period touches; empty ones left out."""
        return tuple(
            week_of(starts, self.held[WEEK, starts], self.still_open.within(starts, starts + A_WEEK))
            for starts in _mondays(period)
            if (WEEK, starts) in self.held
        )

    def _of(self, period: Period) -> list[Cell]:
        return [row for place in _places(period) for row in self.held.get(place, ())]

    def _open_in(self, period: Period) -> Tails:
        return self.still_open.within(period.since.date(), period.before.date())


def known(
    *,
    route_ids: Iterable[int],
    periods: Iterable[Period],
    weeks: Period | None = None,
    kind: Kind | None = None,
    by_kind: bool = False,
) -> Known:
    """This will read what these periods, and the weeks that one touches, come to; ``periods`` not none.

    ``by_kind`` reads what the kinds come to in brief as well, and goes with no ``kind``.
    """
    routes, asked = tuple(route_ids), tuple(periods)
    places = {place for each in asked for place in _places(each)}
    days = [day for each in asked for day in (each.since.date(), each.before.date())]
    if weeks is not None:
        mondays = _mondays(weeks)
        places |= {(WEEK, each) for each in mondays}
        days += [mondays[0], mondays[-1] + A_WEEK]
    found: dict[tuple[str, date], list[Cell]] = {}
    for row in cells(_asked(routes, places, kind), kinds=by_kind):
        found.setdefault((row.grain, row.starts), []).append(row)
    still_open = tails(
        route_ids=routes, since=_midnight(min(days)), before=_midnight(max(days)), until=_until(asked, weeks)
    )
    return Known(
        held={place: tuple(rows) for place, rows in found.items()},
        still_open=still_open if kind is None else still_open.of_kind(kind.dimension, kind.value),
    )


def summaries(*, route_ids: Iterable[int], period: Period) -> tuple[Summary, ...]:
    """This will return the figures of all the routes together first, then those of each with handoffs."""
    return known(route_ids=route_ids, periods=(period,)).summaries(period)


def by_kind(*, route_ids: Iterable[int], period: Period) -> dict[str, tuple[Summary, ...]]:
    """This will return, under each dimension, the figures in brief of each kind; the most frequent first."""
    return known(route_ids=route_ids, periods=(period,), by_kind=True).by_kind(period)


def summary(*, route_ids: Iterable[int], period: Period, kind: Kind | None) -> Summary:
    """This will return the figures of all the routes together, or of one kind of handoff on them."""
    found = known(route_ids=route_ids, periods=(period,), kind=kind)
    return found.summary(period, value=kind.value if kind else "")


def sent(*, route_ids: Iterable[int], period: Period, kind: Kind | None) -> int:
    """This will return how many were sent, of all or of one kind."""
    rows = _asked(tuple(route_ids), _places(period), kind)
    return int(rows.aggregate(sent=Sum("sent"))["sent"] or 0)


def weeks(*, route_ids: Iterable[int], period: Period, kind: Kind | None = None) -> tuple[Week, ...]:
    """This will return the figures of every calendar week that the period touches; empty ones left out."""
    return known(route_ids=route_ids, periods=(), weeks=period, kind=kind).weeks(period)


def _asked(
    routes: Collection[int], places: Iterable[tuple[str, date]], kind: Kind | None
) -> "QuerySet[Tally]":
    by_grain: dict[str, list[date]] = {DAY: [], WEEK: []}
    for grain, starts in places:
        by_grain[grain].append(starts)
    rows = Tally.objects.filter(
        Q(grain=WEEK, starts__in=by_grain[WEEK]) | Q(grain=DAY, starts__in=by_grain[DAY]),
        route__in=routes,
        dimension=kind.dimension if kind else "",
    )
    return rows if kind is None else rows.filter(value=kind.value)


def _places(period: Period) -> list[tuple[str, date]]:
    """Whole weeks where the period holds them, days at its edges."""
    found: list[tuple[str, date]] = []
    day, end = period.since.date(), period.before.date()
    while day < end:
        whole = day == monday(day) and day + A_WEEK <= end
        found.append((WEEK if whole else DAY, day))
        day += A_WEEK if whole else A_DAY
    return found


def _mondays(period: Period) -> list[date]:
    first, end = monday(period.since.date()), period.before.date()
    return [first + n * A_WEEK for n in range(-(-(end - first).days // A_WEEK.days))]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _until(periods: tuple[Period, ...], weeks: Period | None) -> datetime:
    asked = periods if weeks is None else (*periods, weeks)
    return asked[0].until
