"""What is late, and who can mend it? For everybody who works with Baton, about the tools of their teams."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalation.models import Connection, Route, Subscriber
from escalation.upkeep.late import late
from escalation.upkeep.untaken import untaken
from escalation.web.access import PersonRequest, Role, page


@page(*Role.values)
@require_safe
def status(request: PersonRequest) -> HttpResponse:
    """This will say what is late, why, since when and who can mend it."""
    now = timezone.now()
    beat: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    schedules = {name: each["schedule"] for name, each in beat.items()}
    found = late(connections=_connections(request), schedules=schedules, now=now)
    found += untaken(subscribers=_subscribers(request), now=now)
    owner = Role.OWNER in request.reader.roles
    return render(request, "pages/status.html", {"late": found, "now": now, "owner": owner})


def _subscribers(request: PersonRequest) -> "QuerySet[Subscriber]":
    """The programs that are told of the handoffs of the person's teams."""
    return Subscriber.objects.filter(team__memberships__user=request.user).distinct()


def _connections(request: PersonRequest) -> "QuerySet[Connection]":
    """Every connection for an owner, as on the connections page; else those of the teams' routes."""
    if Role.OWNER in request.reader.roles:
        return Connection.objects.all()
    routes = Route.objects.of_teams_of(request.user, roles=Role.values)
    return Connection.objects.filter(Q(pk__in=routes.values("source")) | Q(pk__in=routes.values("target")))
