"""How did handoffs go, on whose route, and which handoffs stand behind a number?

For leads and owners, over the routes of the teams they lead or own. Routes and handoffs only: no figure
is about one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalation.metrics.figures import METRICS, Figure, Form, Metric, of_one
from escalation.metrics.keep import catch_up
from escalation.metrics.read import (
    Behind,
    Measured,
    Period,
    Summary,
    Week,
    behind,
    by_kind,
    handoffs,
    runs_on,
    summaries,
    weeks,
)
from escalation.metrics.satisfaction import catch_up as catch_up_ratings
from escalation.metrics.satisfaction import satisfaction
from escalation.models import Entry, Route, RuleSet, Template
from escalation.timeline.describe import title
from escalation.tools.registry import label
from escalation.web.access import PersonRequest, Role, page
from escalation.web.chart import Chart, Happening, Value, chart
from escalation.web.export import export

PERIODS = (7, 30, 90)
USUAL = 30
WEEKS = 12
CHARTED = ("effort", "rebuild", "first_time_right", "told_lag")
BY_ROUTE = ("effort", "to_seen", "to_engaged", "rebuild", "first_time_right", "returned", "waiting_s")
# Below this, chance moves a figure more than any change of ours: no better and no worse is said.
ENOUGH = 10
WORTH_SAYING = 0.1
A_PAGE = 25
KINDS = {
    "parts": "By completeness",
    "category": "By category",
    "template": "By template version",
    "shift": "By shift",
}
BY_KIND = ("effort", "rebuild", "to_resolved", "first_time_right", "returned", "on_user_s")
SHIFTS = {"early": "Early, 6 to 14", "late": "Late, 14 to 22", "night": "Night, 22 to 6"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What the person looks at: which routes, over how long, seen from when."""

    routes: Mapping[int, Route]  # all that the person may choose from
    route: Route | None
    days: int
    now: datetime

    @property
    def route_ids(self) -> tuple[int, ...]:
        """The routes whose handoffs count."""
        return (self.route.pk,) if self.route else tuple(self.routes)

    @property
    def period(self) -> Period:
        """The days up to today, today included."""
        return self._ending(self.tomorrow)

    @property
    def before(self) -> Period:
        """As many days before those."""
        return self._ending(self.tomorrow - timedelta(days=self.days))

    @property
    def tomorrow(self) -> datetime:
        """The midnight, in UTC, that ends today."""
        return datetime.combine(self.now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        return f"days={self.days}" + (f"&route={self.route.pk}" if self.route else "")

    def _ending(self, end: datetime) -> Period:
        return Period(since=end - timedelta(days=self.days), before=end, until=self.now)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure beside what it was."""

    metric: Metric
    now: Figure
    before: Figure
    business: float | None
    change: float | None  # relative: 0.2 is a fifth more
    verdict: str  # "better", "worse", "" where neither can be said


@page(Role.LEAD, Role.OWNER)
@require_safe
def figures(request: PersonRequest) -> HttpResponse:
    """This will show the figures of a period beside those of the one before, and how they moved."""
    looked = _looked(request)
    now = summaries(route_ids=looked.route_ids, period=looked.period)
    before = summaries(route_ids=looked.route_ids, period=looked.before)
    week_by_week, happened = _weeks(looked), _publications(looked)
    context = _frame(looked) | {
        "sent": now[0].sent,
        "sent_before": before[0].sent,
        "rows": [_row(metric, now[0], before[0]) for metric in METRICS.values()],
        "charts": [(METRICS[key], _drawn(METRICS[key], week_by_week, happened)) for key in CHARTED],
        "weeks": week_by_week,
        "by_route": [
            (looked.routes[each.route_id], each.sent, [(METRICS[key], each.figures[key]) for key in BY_ROUTE])
            for each in now
            if each.route_id is not None
        ],
        "columns": [METRICS[key] for key in BY_ROUTE],
        "kinds": _by_kind(looked),
        "kind_columns": [METRICS[key] for key in BY_KIND],
        "satisfaction": satisfaction(
            sources={looked.routes[pk].source_id for pk in looked.route_ids},
            since=looked.period.since,
            before=looked.period.before,
        ),
    }
    return render(request, "pages/figures.html", context)


def _by_kind(looked: Looked) -> list[dict[str, Any]]:
    """Completeness first: what it is for is to show what a whole handoff is worth."""
    found = []
    for dimension, heading in KINDS.items():
        kinds = by_kind(route_ids=looked.route_ids, period=looked.period, dimension=dimension)
        if dimension == "parts":
            kinds = tuple(sorted(kinds, key=lambda each: each.value, reverse=True))
        names = _names(dimension, [each.value for each in kinds])
        rows = [
            (names[each.value], each.sent, [(METRICS[key], each.figures[key]) for key in BY_KIND])
            for each in kinds
        ]
        found.append({"dimension": dimension, "heading": heading, "rows": rows})
    return found


def _names(dimension: str, values: list[str]) -> dict[str, str]:
    if dimension == "template":
        rows = Template.objects.filter(pk__in=[each for each in values if each])
        return {str(row.pk): str(row) for row in rows.select_related("route")} | {"": "No template"}
    if dimension == "parts":
        return {each: f"{each} of 6" for each in values} | {"": "Not known"}
    return {each: SHIFTS.get(each, each) for each in values} | {"": "Without a category"}


@page(Role.LEAD, Role.OWNER)
@require_safe
def figure(request: PersonRequest, key: str) -> HttpResponse:
    """This will show one figure, the handoffs it is made of and the entries it was read from."""
    metric = METRICS.get(key)
    if metric is None:
        raise Http404
    looked = _looked(request)
    now = summaries(route_ids=looked.route_ids, period=looked.period)[0]
    found: Any = _behind(looked, metric, now)  # of a sequence, paging uses its length and its slices only
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = _entries(metric, list(shown))
    before = summaries(route_ids=looked.route_ids, period=looked.before)[0]
    week_by_week = _weeks(looked)
    context = _frame(looked) | {
        "metric": metric,
        "row": _row(metric, now, before),
        "chart": _drawn(metric, week_by_week, _publications(looked)),
        "weeks": week_by_week,
        "shown": shown,
        "behind": [(each, of_one(metric, each.measures), lines.get(each.id, ())) for each in shown],
        "uncounted": now.sent - shown.paginator.count,
    }
    return render(request, "pages/figure.html", context)


@page(Role.LEAD, Role.OWNER)
@require_safe
def figures_csv(request: PersonRequest) -> HttpResponse:
    """This will hand out every handoff of the period with its measures, as CSV."""
    looked = _looked(request)
    names = {pk: route.name for pk, route in looked.routes.items()}
    answer = HttpResponse(export(_all(looked), routes=names), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="handoffs-{looked.now:%Y-%m-%d}.csv"'
    return answer


def _looked(request: PersonRequest) -> Looked:
    mine = Route.objects.of_teams_of(request.user, roles=(Role.LEAD, Role.OWNER))
    routes = {route.pk: route for route in mine.select_related("sender", "receiver").order_by("name")}
    chosen, days = request.GET.get("route", ""), request.GET.get("days", "")
    route = routes.get(int(chosen)) if chosen.isdecimal() else None
    if chosen and route is None:
        raise Http404
    catch_up()
    catch_up_ratings()
    known = int(days) if days.isdecimal() and int(days) in PERIODS else USUAL
    return Looked(routes=routes, route=route, days=known, now=timezone.now())


def _frame(looked: Looked) -> dict[str, Any]:
    return {"looked": looked, "periods": PERIODS, "enough": ENOUGH}


def _all(looked: Looked) -> tuple[Measured, ...]:
    return handoffs(route_ids=looked.route_ids, period=looked.period)


def _behind(looked: Looked, metric: Metric, now: Summary) -> Behind | list[Measured]:
    n = now.figures[metric.key].n
    if not runs_on(metric):
        return behind(route_ids=looked.route_ids, period=looked.period, metric=metric, counted=n)
    # What an open handoff comes to is only known when somebody looks, so all of them are looked at.
    found = [each for each in _all(looked) if of_one(metric, each.measures) is not None]
    most = metric.less_is_better is not False
    return sorted(found, key=lambda each: of_one(metric, each.measures) or 0, reverse=most)


def _weeks(looked: Looked) -> tuple[Week, ...]:
    period = Period(since=_charted_since(looked), before=looked.tomorrow, until=looked.now)
    return weeks(route_ids=looked.route_ids, period=period)


def _charted_since(looked: Looked) -> datetime:
    # Twelve calendar weeks, this one the last.
    monday = looked.tomorrow - timedelta(days=1 + looked.now.astimezone(UTC).weekday())
    return monday - timedelta(weeks=WEEKS - 1)


def _drawn(metric: Metric, found: tuple[Week, ...], happened: tuple[Happening, ...]) -> Chart:
    values = tuple(
        Value(at=datetime.combine(week.starts, time(), UTC), value=week.figures[metric.key].value)
        for week in found
    )
    return chart(
        values=values, happened=happened, top=1.0 if metric.form in {Form.SHARE, Form.PART} else None
    )


def _publications(looked: Looked) -> tuple[Happening, ...]:
    found: list[Happening] = []
    for kind, word in ((RuleSet, "Rules"), (Template, "Template")):
        since = _charted_since(looked)
        rows = kind.objects.filter(route__in=looked.route_ids, published_at__gte=since).select_related(
            "route"
        )
        found += [
            Happening(
                at=row.published_at, title=f"{word} {row.version} of {row.route}: {row.note or 'no note'}"
            )
            for row in rows
            if row.published_at
        ]
    return tuple(found)


def _row(metric: Metric, now: Summary, before: Summary) -> Row:
    new, old = now.figures[metric.key], before.figures[metric.key]
    change = None
    if new.value is not None and old.value and min(new.n, old.n) >= ENOUGH:
        change = (new.value - old.value) / old.value
    verdict = ""
    if change is not None and metric.less_is_better is not None and abs(change) >= WORTH_SAYING:
        verdict = "better" if (change < 0) == metric.less_is_better else "worse"
    business = now.business.get(metric.key)
    return Row(metric=metric, now=new, before=old, business=business, change=change, verdict=verdict)


def _entries(metric: Metric, behind: list[Measured]) -> dict[Any, tuple[tuple[Entry, str], ...]]:
    rows = Entry.objects.filter(handoff__in=[each.id for each in behind], kind__in=metric.kinds)
    found: dict[Any, list[tuple[Entry, str]]] = {}
    for entry in rows.select_related("by").order_by("handoff", "sequence"):
        said = title(entry, tool_label=label(entry.tool) if entry.tool else "")
        found.setdefault(entry.handoff_id, []).append((entry, said))
    return {pk: tuple(lines) for pk, lines in found.items()}
