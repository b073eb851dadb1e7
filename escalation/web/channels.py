"""In which channel does a team read of its handoffs? Chosen from those that the chat lets us write in."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escalation.models import Connection, Membership, Team, TeamChannel
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.tools.contract import Place
from escalation.transport.errors import TransportError
from escalation.web.access import PersonRequest, Role, page


@page(Role.OWNER)
@require_http_methods(["GET", "POST"])
def team_channels(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will show the person's teams with the channels to choose from, or keep what was chosen."""
    row = get_object_or_404(Connection, pk=connection_id)
    chat = registry.TOOLS[row.tool].chat if row.tool in registry.TOOLS else None
    if chat is None:
        raise Http404
    try:
        places = chat.channels(row.door(trial=True))
    except (TransportError, NotConfigured, Unreadable) as error:
        messages.error(request, f"The channels could not be read; what was chosen before stands. {error}")
        return redirect("connection", row.pk)
    teams = _teams_of(request)
    if request.method == "POST":
        for team in teams:
            _choose(team, row, str(request.POST.get(f"team-{team.pk}", "")), places)
        messages.success(request, "Kept. What is confirmed from now on is posted there.")
        return redirect("connection", row.pk)
    chosen = {
        each.team_id: each for each in TeamChannel.objects.filter(team__in=teams).select_related("connection")
    }
    known = {each.place for each in places}
    lines = [
        (team, now, bool(now and now.connection_id == row.pk and now.place not in known))
        for team in teams
        for now in (chosen.get(team.pk),)
    ]
    return render(request, "pages/team_channels.html", {"row": row, "lines": lines, "places": places})


def _teams_of(request: PersonRequest) -> "QuerySet[Team]":
    owned = Membership.objects.filter(user=request.user, role=Role.OWNER)
    return Team.objects.filter(pk__in=owned.values("team")).order_by("name")


def _choose(team: Team, row: Connection, wanted: str, places: tuple[Place, ...]) -> None:
    """One channel for each team: another chat's stays unless one is chosen here; "" takes ours away."""
    place = next((each for each in places if each.place == wanted), None)
    if place is not None:
        values = {"connection": row, "place": place.place, "name": place.name}
        TeamChannel.objects.update_or_create(team=team, defaults=values)
    elif not wanted:
        TeamChannel.objects.filter(team=team, connection=row).delete()
