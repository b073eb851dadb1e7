"""What does each role see first?

Level One its desk, Level Two its queue; the pages of leads and owners are in modules of their own.
"""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalation.capture import prefill
from escalation.lifecycle.words import Status
from escalation.models import Handoff, Route
from escalation.models.connection import NotConfigured
from escalation.transport.errors import TransportError
from escalation.upkeep.discarded import KEPT
from escalation.web.access import PersonRequest, Role, page
from escalation.web.consult import asked_by
from escalation.web.lists import HandoffLine, lines_of
from escalation.web.picking import start_picker

MOST_LINES = 50


@page()
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """This will lead to the page the person's role starts with."""
    pages = request.reader.pages
    return redirect(pages[0].name) if pages else render(request, "pages/nobody.html")


@page(Role.LEVEL_ONE)
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """This will show the ways to start, the person's drafts and what became of their handoffs."""
    now, zone = timezone.now(), request.reader.zone
    sent = Handoff.objects.filter(author=request.user).exclude(status__in=[Status.DRAFT, Status.DISCARDED])
    routes = tuple(Route.objects.open_to(request.user).select_related("source", "receiver"))
    context = {
        "routes": routes,
        "route_picker": start_picker(routes, now=now),
        "discarded": tuple((line, line.saved_at + KEPT) for line in _discarded(request, now=now)),
        "drafts": lines_of(Handoff.objects.drafts_of(request.user).order_by("-saved_at"), zone=zone, now=now),
        "handoffs": lines_of(sent.overdue_first("-confirmed_at", now=now)[:MOST_LINES], zone=zone, now=now),
    }
    context["consults"] = asked_by(request)
    return render(request, "pages/desk.html", context)


def _discarded(request: PersonRequest, *, now: datetime) -> tuple[HandoffLine, ...]:
    rows = Handoff.objects.filter(author=request.user, status=Status.DISCARDED, saved_at__gte=now - KEPT)
    return lines_of(rows.order_by("-saved_at")[:MOST_LINES], zone=request.reader.zone, now=now)


@page(Role.LEVEL_ONE)
@require_safe
def tickets(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will list the open tickets of a route's source; a tool that is down is said, not waited for."""
    route = get_object_or_404(
        Route.objects.open_to(request.user).select_related("source", "receiver"), pk=route_id
    )
    context = {"route": route, "tickets": (), "trouble": ""}
    try:
        context["tickets"] = prefill.open_tickets(connection=route.source)
    except (TransportError, NotConfigured, prefill.NoSource) as error:
        context["trouble"] = str(error)
    if request.htmx:
        return render(request, "pages/tickets.html#tickets", context)
    return render(request, "pages/tickets.html", context)
