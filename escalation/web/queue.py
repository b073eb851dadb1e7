"""What waits for my teams? The page Level Two starts with.

The filters are the address: a view can be linked, kept under a name and opened again. The list is drawn
anew when a line is written on one of its handoffs.
"""

from collections.abc import AsyncGenerator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from asgiref.sync import sync_to_async
from django import forms
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from escalation.lifecycle.words import STATUS_TITLES
from escalation.models import Handoff, SavedView
from escalation.reception import saved_views
from escalation.reception.consult import counted
from escalation.reception.find import ENDED_LOOKED_THROUGH, LONGEST_SEARCH, LOOKED_THROUGH
from escalation.reception.queue import (
    ENDED,
    EVERY,
    MOST_LOOKED_AT,
    SENT,
    WAITS_TITLES,
    Wanted,
    categories_to,
    routes_to,
    waiting,
    waits_for,
)
from escalation.timeline.stream import follow_any
from escalation.web import drawn_queue
from escalation.web.access import PersonRequest, Role, page
from escalation.web.consult import asked_of, teams_of
from escalation.web.drawn_queue import QueueLine
from escalation.web.lists import lines_of
from escalation.web.streaming import come_back, hand_over

MOST_LINES = 50
A_MONTH = timedelta(days=30)
PAGE = "pages/queue.html"
HEARTBEAT = b": still here\n\n"
STATUSES = [("", "open"), (ENDED, "ended"), (EVERY, "any")] + [
    (each.value, STATUS_TITLES[each].lower()) for each in SENT
]


class WantedForm(forms.Form):
    """The filters; whatever does not fit is left out."""

    words = forms.CharField(required=False, max_length=LONGEST_SEARCH)
    route = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    category = forms.CharField(required=False, max_length=60)
    status = forms.ChoiceField(required=False, choices=STATUSES)
    waits = forms.ChoiceField(required=False, choices=[(each.value, each.value) for each in WAITS_TITLES])
    mine = forms.BooleanField(required=False)
    reachable = forms.BooleanField(required=False)

    def wanted(self) -> Wanted:
        """This will return the filters; ask ``is_valid`` first."""
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})


class ViewForm(forms.Form):
    """The name under which the filters are kept."""

    name = forms.CharField(max_length=60)


@page(Role.LEVEL_TWO, Role.LEAD)
@require_safe
def queue(request: PersonRequest) -> HttpResponse:
    """This will show what waits for the person's teams: the oldest promise first."""
    wanted, now = _wanted(request.GET), timezone.now()
    routes = tuple(routes_to(request.user).order_by("name").only("name"))
    found = waiting(
        user=request.user, routes=[each.pk for each in routes], wanted=wanted, now=now, most=MOST_LINES + 1
    )
    context: dict[str, Any] = {
        "wanted": wanted,
        "query": query_of(wanted),
        "rows": drawn_queue.rows(_lines(request, found.rows[:MOST_LINES], now=now), now=now),
        "more": len(found.rows) > MOST_LINES,
        "cut_at": MOST_LOOKED_AT if found.cut else 0,
        "common": {"open": LOOKED_THROUGH, "ended": ENDED_LOOKED_THROUGH} if found.common else None,
        "most": MOST_LINES,
    }
    if request.htmx:
        return render(request, f"{PAGE}#list", context)
    views = tuple(SavedView.objects.filter(user=request.user).order_by("name"))
    context |= {
        "views": views,
        "kept": parse_qsl(context["query"]),
        "view": next((each for each in views if each.query == context["query"]), None),
        "routes": routes,
        "categories": categories_to(request.user),
        "statuses": STATUSES,
        "waits": WAITS_TITLES.items(),
        "consults": asked_of(request),
        "consulted": counted(teams=teams_of(request), since=now - A_MONTH),
    }
    return render(request, PAGE, context)


@page(Role.LEVEL_TWO, Role.LEAD)
@require_POST
def keep(request: PersonRequest) -> HttpResponse:
    """This will keep the filters of the page under a name."""
    form, query = ViewForm(request.POST), query_of(_wanted(request.POST))
    if not form.is_valid():
        messages.warning(request, "Give the view a name of at most 60 letters.")
        return redirect(_address(query))
    try:
        view = saved_views.keep_view(
            user=request.user, name=form.cleaned_data["name"], query=query, now=timezone.now()
        )
    except saved_views.TooManyViews as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Kept as “{view.name}”. Its link is this page's address.")
    return redirect(_address(query))


@page(Role.LEVEL_TWO, Role.LEAD)
@require_POST
def forget(request: PersonRequest, view_id: int) -> HttpResponse:
    """This will remove a view of the person."""
    saved_views.forget_view(user=request.user, view_id=view_id)
    messages.success(request, "The view is removed. The handoffs in it stay.")
    return redirect("queue")


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """This will say, for as long as the page is open, that something in the person's queue has changed."""
    routes = _routes(request)
    if not routes:
        return HttpResponse(status=404)  # a page or a redirect would be read as news
    return hand_over(request, _changes(routes))


async def _changes(routes: frozenset[int]) -> AsyncGenerator[bytes, None]:
    yield come_back() + HEARTBEAT
    async for handoffs in follow_any():
        if handoffs is None:
            yield HEARTBEAT
        elif not handoffs or await _in(routes, handoffs):
            yield b"event: changed\ndata: queue\n\n"


def _routes(request: HttpRequest) -> frozenset[int]:
    if not request.user.is_authenticated:
        return frozenset()
    return frozenset(routes_to(request.user).values_list("pk", flat=True))


@sync_to_async
def _in(routes: frozenset[int], handoffs: frozenset[Any]) -> bool:
    try:
        return Handoff.objects.filter(pk__in=handoffs, route_id__in=routes).exists()
    finally:
        connection.close()  # back to the pool: Django is done with this request long since


def query_of(wanted: Wanted) -> str:
    """This will write the filters as they stand in an address."""
    values = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    return urlencode({name: "on" if value is True else value for name, value in values.items() if value})


def _wanted(values: Any) -> Wanted:
    form = WantedForm(values)
    if form.is_valid():
        return form.wanted()
    fitting = {name: value for name, value in values.items() if name not in form.errors}
    again = WantedForm(fitting)
    return again.wanted() if again.is_valid() else Wanted()


def _address(query: str) -> str:
    return reverse("queue") + (f"?{query}" if query else "")


def _lines(request: PersonRequest, rows: Any, *, now: datetime) -> tuple[QueueLine, ...]:
    """In the order of the queue."""
    wanted = {row.pk: row for row in rows}
    handoffs = Handoff.objects.filter(pk__in=wanted)
    lines = lines_of(handoffs, zone=request.reader.zone, now=now, with_last=False)
    found = {line.id: line for line in lines}
    return tuple(
        QueueLine(
            line=found[row.pk],
            waits=WAITS_TITLES.get(waits_for(row, asked_back=row.asked_back), "nobody"),
        )
        for row in wanted.values()
        if row.pk in found
    )
