"""What can be chosen on the form of a draft besides its words? Each press saves the words first.

Lane, receiver, the newer questions; whose record is looked at; which kinds of advice are given.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from escalation.capture import muting, reroute, urgent
from escalation.guard.findings import KIND_TITLES
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff, Lane, Route
from escalation.web.access import PersonRequest
from escalation.web.picking import not_called, route_called


def _choose_lane(request: PersonRequest, handoff: Handoff, lane: str) -> HttpResponse:
    chosen = Lane.URGENT if lane == Lane.URGENT else Lane.STANDARD
    urgent.choose_lane(handoff=handoff, lane=chosen, by=request.user)
    return redirect("edit", handoff.pk)


def _choose_route(request: PersonRequest, handoff: Handoff, named: str) -> HttpResponse:
    # A button may name the route itself; the picker's own leaves that to the picker.
    chosen = named or request.POST.get("route", "")
    ways = tuple(Route.objects.open_to(request.user).select_related("receiver"))
    route = route_called(chosen, ways)
    if route is None:
        messages.warning(request, not_called(chosen, [each.name for each in ways], what="receiver"))
        return redirect("edit", handoff.pk)
    try:
        reroute.reroute(handoff=handoff, route=route, by=request.user)
    except NotAllowedNow as error:
        messages.warning(request, str(error))
    else:
        messages.info(request, f"Now to {route.receiver}. Everything you typed is kept.")
    return redirect("edit", handoff.pk)


def _choose_template(request: PersonRequest, handoff: Handoff, _rest: str) -> HttpResponse:
    reroute.take_newer_questions(handoff=handoff, by=request.user)
    return redirect("edit", handoff.pk)


def _mute(request: PersonRequest, handoff: Handoff, code: str) -> HttpResponse:
    undo = f"unmute:{code}" if muting.mute(code=code, by=request.user, now=timezone.now()) else ""
    if undo:
        messages.info(request, f"Advice about {KIND_TITLES[code]} is off for you, in every form.")
    return _back(handoff, undo=undo)


def _unmute(request: PersonRequest, handoff: Handoff, code: str) -> HttpResponse:
    muting.unmute(code=code, by=request.user)
    return _back(handoff)


def _show_record(_request: PersonRequest, handoff: Handoff, route: str) -> HttpResponse:
    return _back(handoff, shown=route)


def _back(handoff: Handoff, **said: str) -> HttpResponse:
    query = urlencode({key: value for key, value in said.items() if value})
    # What is said, and its undo, stand at the top; a record that was asked for stands beside.
    place = "beside" if "shown" in said else "main"
    return redirect(f"{reverse('edit', args=[handoff.pk])}{query and f'?{query}'}#{place}")


# What a draft can be changed in besides its words, and whose record is looked at.
CHOICES: dict[str, Callable[[PersonRequest, Handoff, str], HttpResponse]] = {
    "lane": _choose_lane,
    "route": _choose_route,
    "template": _choose_template,
    "show": _show_record,
    "mute": _mute,
    "unmute": _unmute,
}
