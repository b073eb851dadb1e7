"""How did handoffs go, in a period beside the one before, by route and by kind?

For leads and owners, over the routes of the teams they lead or own. Every number opens to what it is made
of (``web.figure``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from escalation.metrics.adding import Summary
from escalation.metrics.behind import handoffs
from escalation.metrics.comparing import ENOUGH, Beside, beside
from escalation.metrics.figures import METRICS
from escalation.metrics.packed import IN_BRIEF
from escalation.metrics.read import PERIODS, Kind, Known, known
from escalation.metrics.satisfaction import readings, satisfaction
from escalation.web import drawn, kinds
from escalation.web.access import PersonRequest, Role, page
from escalation.web.export import Written, as_csv, as_parquet
from escalation.web.looked import Looked, looked
from escalation.web.payback import ledger
from escalation.web.trend import charted, trends

CHARTED = ("effort", "rebuild", "first_time_right", "told_lag")
BY_ROUTE = ("effort", "to_seen", "to_engaged", "rebuild", "first_time_right", "returned", "waiting_s")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The figures of one route or one kind; ``query`` is the choice that leads to its handoffs."""

    name: str
    query: str
    sent: int
    sent_before: int
    cells: SafeString


@page(Role.LEAD, Role.OWNER)
@require_safe
def figures(request: PersonRequest) -> HttpResponse:
    """This will show the figures of a period beside those of the one before, and how they moved."""
    choice = looked(request)
    read = known(
        route_ids=choice.route_ids,
        periods=(choice.period, choice.before),
        weeks=None if choice.kind else charted(choice),
        by_kind=True,
    )
    now, before = read.summaries(choice.period), read.summaries(choice.before)
    sources = {choice.routes[pk].source_id for pk in choice.route_ids}
    context = frame(choice) | {
        "sent": now[0].sent,
        "sent_before": before[0].sent,
        "rows": [
            (each, now[0].business.get(each.metric.key)) for each in _beside(METRICS, now[0], before[0])
        ],
        "trends": trends(choice, *(METRICS[key] for key in CHARTED), read=None if choice.kind else read),
        "ledger": ledger(choice, now[1:]),
        "by_route": _by_route(choice, now[1:], before[1:]),
        "columns": [METRICS[key] for key in BY_ROUTE],
        "kinds": _by_kind(choice, read),
        "kind_columns": [METRICS[key] for key in IN_BRIEF],
        "satisfaction": satisfaction(sources=sources, since=choice.period.since, before=choice.period.before),
        "readings": readings(sources=sources),
    }
    return render(request, "pages/figures.html", context)


@page(Role.LEAD, Role.OWNER)
@require_safe
def figures_csv(request: PersonRequest) -> HttpResponse:
    """This will hand out every handoff of the period with its measures, as CSV."""
    return _file(looked(request), as_csv, ending="csv", content_type="text/csv; charset=utf-8")


@page(Role.LEAD, Role.OWNER)
@require_safe
def figures_parquet(request: PersonRequest) -> HttpResponse:
    """This will hand out the same as Parquet, every measure with its type."""
    return _file(looked(request), as_parquet, ending="parquet", content_type="application/vnd.apache.parquet")


def _file(choice: Looked, written: Written, *, ending: str, content_type: str) -> HttpResponse:
    names = {pk: route.name for pk, route in choice.routes.items()}
    found = handoffs(route_ids=choice.route_ids, period=choice.period, kind=choice.kind)
    answer = HttpResponse(written(found, names), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="handoffs-{choice.last_day:%Y-%m-%d}.{ending}"'
    return answer


def frame(choice: Looked) -> dict[str, Any]:
    """This will return what every page of figures shows of the choice."""
    name = kinds.names([choice.kind])[choice.kind] if choice.kind else ""
    return {"looked": choice, "periods": PERIODS, "enough": ENOUGH, "kind_name": name}


def _by_route(choice: Looked, now: tuple[Summary, ...], before: tuple[Summary, ...]) -> list[Row]:
    old, opens = {each.route_id: each for each in before}, drawn.addresses(BY_ROUTE)
    rows = []
    for each in now:
        if each.route_id is not None:
            route, past = choice.routes[each.route_id], old.get(each.route_id)
            query, cells = choice.query_on(route), _beside(BY_ROUTE, each, past)
            row = Row(
                name=route.name,
                query=query,
                sent=each.sent,
                sent_before=past.sent if past else 0,
                cells=drawn.cells(cells, query=query, name=route.name, opens=opens),
            )
            rows.append(row)
    return rows


def _by_kind(choice: Looked, read: Known) -> list[dict[str, Any]]:
    now, before = read.by_kind(choice.period), read.by_kind(choice.before)
    found = {Kind(dimension=d, value=each.value): each for d in kinds.HEADINGS for each in now[d]}
    old = {Kind(dimension=d, value=each.value): each for d in kinds.HEADINGS for each in before[d]}
    names, opens = kinds.names(found), drawn.addresses(IN_BRIEF)
    rows: dict[str, list[Row]] = {dimension: [] for dimension in kinds.HEADINGS}
    for kind, each in sorted(found.items(), key=_in_order):
        query, cells = choice.query_of(kind), _beside(IN_BRIEF, each, old.get(kind))
        row = Row(
            name=names[kind],
            query=query,
            sent=each.sent,
            sent_before=old[kind].sent if kind in old else 0,
            cells=drawn.cells(cells, query=query, name=names[kind], opens=opens),
        )
        rows[kind.dimension].append(row)
    return [{"dimension": d, "heading": kinds.HEADINGS[d], "rows": each} for d, each in rows.items()]


def _in_order(pair: tuple[Kind, Summary]) -> tuple[int, str]:
    """The most whole first; of the other kinds the most frequent."""
    kind, found = pair
    return (-int(kind.value or 0) if kind.dimension == "parts" else -found.sent), kind.value


def _beside(keys: Iterable[str], now: Summary, before: Summary | None) -> tuple[Beside, ...]:
    old = before.figures if before else {}
    return tuple(beside(METRICS[key], now.figures[key], old.get(key)) for key in keys)
