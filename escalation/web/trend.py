"""How did a figure move over twelve weeks, and what was published meanwhile?

Values for a table; ``static/charts.js`` draws from that table, so a picture can say nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.safestring import SafeString

from escalation.metrics.adding import Week
from escalation.metrics.comparing import NOTHING
from escalation.metrics.figures import Metric
from escalation.metrics.read import Known, Period, known
from escalation.metrics.summing import Figure
from escalation.models import RuleSet, Template
from escalation.web.drawn import weeks
from escalation.web.looked import Looked

WEEKS = 12
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """The figure of one calendar week; ``query`` is the choice that leads to its handoffs."""

    starts: date
    figure: Figure
    query: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A publication that may explain a turn; ``place`` is in weeks after the first one's Monday."""

    at: datetime
    title: str
    place: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """One figure week by week."""

    metric: Metric
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]

    @property
    def drawn(self) -> SafeString:
        """Its weeks as the rows of a table."""
        return weeks(self.metric, ((each.starts, each.figure, each.query) for each in self.points))

    @property
    def measured(self) -> bool:
        """Whether any week has a value."""
        return any(each.figure.n for each in self.points)


def charted(choice: Looked) -> Period:
    """This will return the twelve weeks; the last day looked at lies in the last."""
    return Period(since=_since(choice), before=choice.ends, until=choice.now)


def trends(choice: Looked, *metrics: Metric, read: Known | None = None) -> tuple[Trend, ...]:
    """This will return each figure over those weeks, from what was ``read`` of them already."""
    period = charted(choice)
    found = (read or known(route_ids=choice.route_ids, periods=(), weeks=period, kind=choice.kind)).weeks(
        period
    )
    marks = _publications(choice)
    return tuple(Trend(metric=each, points=_points(choice, found, each), marks=marks) for each in metrics)


def _points(choice: Looked, found: tuple[Week, ...], metric: Metric) -> tuple[Point, ...]:
    by_week = {week.starts: week.figures[metric.key] for week in found}
    mondays = [_since(choice).date() + n * A_WEEK for n in range(WEEKS)]
    return tuple(
        Point(starts=each, figure=by_week.get(each, NOTHING), query=choice.query_of_week(each))
        for each in mondays
    )


def _publications(choice: Looked) -> tuple[Mark, ...]:
    found: list[Mark] = []
    since = _since(choice)
    for kind, word in ((RuleSet, "Rules"), (Template, "Template")):
        rows = kind.objects.filter(
            route__in=choice.route_ids, published_at__gte=since, published_at__lt=choice.ends
        )
        for row in rows.select_related("route"):
            if row.published_at is not None:
                said = f"{word} {row.version} of {row.route}: {row.note or 'no note'}"
                place = (row.published_at - since) / A_WEEK
                found.append(Mark(at=row.published_at, title=said, place=round(place, 2)))
    return tuple(sorted(found, key=lambda each: (each.at, each.title)))


def _since(choice: Looked) -> datetime:
    last = choice.ends - timedelta(days=1)
    return last - timedelta(days=last.weekday()) - timedelta(weeks=WEEKS - 1)
