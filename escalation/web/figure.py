"""What is one figure made of? The handoffs behind it, and the entries each was read from."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escalation.metrics.behind import Measured, behind
from escalation.metrics.behind import sent as sent_behind
from escalation.metrics.comparing import beside
from escalation.metrics.figures import METRICS, Metric
from escalation.metrics.read import known
from escalation.metrics.read import sent as counted_sent
from escalation.metrics.satisfaction import ratings as ratings_behind
from escalation.metrics.summing import of_one
from escalation.models import Entry
from escalation.timeline.describe import title
from escalation.tools.registry import label
from escalation.web.access import PersonRequest, Role, page
from escalation.web.figures import frame
from escalation.web.looked import looked
from escalation.web.trend import charted, trends

A_PAGE = 25


@page(Role.LEAD, Role.OWNER)
@require_safe
def figure(request: PersonRequest, key: str) -> HttpResponse:
    """This will show one figure, the handoffs it is made of and the entries it was read from."""
    metric = METRICS.get(key)
    if metric is None:
        raise Http404
    choice = looked(request)
    periods = (choice.period, choice.before)
    read = known(route_ids=choice.route_ids, periods=periods, weeks=charted(choice), kind=choice.kind)
    now, before = (read.summary(each) for each in periods)
    found: Any = behind(  # of a sequence, paging uses its length and its slices only
        route_ids=choice.route_ids,
        period=choice.period,
        kind=choice.kind,
        metric=metric,
        counted=now.figures[key].n,
    )
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = _entries(metric, list(shown))
    context = frame(choice) | {
        "metric": metric,
        "row": beside(metric, now.figures[key], before.figures[key]),
        "business": now.business.get(key),
        "trend": trends(choice, metric, read=read)[0],
        "shown": shown,
        "behind": [(each, of_one(metric, each.measures), lines.get(each.id, ())) for each in shown],
        "uncounted": now.sent - shown.paginator.count,
    }
    return render(request, "pages/figure.html", context)


@page(Role.LEAD, Role.OWNER)
@require_safe
def sent(request: PersonRequest) -> HttpResponse:
    """This will list what was sent, the newest first."""
    choice = looked(request)
    counted = counted_sent(route_ids=choice.route_ids, period=choice.period, kind=choice.kind)
    found: Any = sent_behind(
        route_ids=choice.route_ids, period=choice.period, kind=choice.kind, counted=counted
    )
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(each, choice.routes[each.route_id]) for each in shown]
    return render(request, "pages/figure_sent.html", frame(choice) | {"shown": shown, "rows": rows})


@page(Role.LEAD, Role.OWNER)
@require_safe
def ratings(request: PersonRequest) -> HttpResponse:
    """This will list the ratings of one kind of ticket, of those handed on or of the others."""
    choice = looked(request)
    category, escalated = request.GET.get("category", ""), request.GET.get("escalated") == "1"
    found = ratings_behind(
        sources={choice.routes[pk].source_id for pk in choice.route_ids},
        since=choice.period.since,
        before=choice.period.before,
        category=category,
        escalated=escalated,
    )
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"category": category, "escalated": escalated, "shown": shown, "mine": set(choice.routes)}
    return render(request, "pages/figure_ratings.html", frame(choice) | context)


def _entries(metric: Metric, behind: list[Measured]) -> dict[Any, tuple[tuple[Entry, str], ...]]:
    rows = Entry.objects.filter(handoff__in=[each.id for each in behind], kind__in=metric.kinds)
    found: dict[Any, list[tuple[Entry, str]]] = {}
    for entry in rows.select_related("by").order_by("handoff", "sequence"):
        said = title(entry, tool_label=label(entry.tool) if entry.tool else "")
        found.setdefault(entry.handoff_id, []).append((entry, said))
    return {pk: tuple(lines) for pk, lines in found.items()}
