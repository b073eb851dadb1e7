"""May figures be shown person by person? A team's owner says so, and takes it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from escalation.metrics.figures import METRICS, Form
from escalation.metrics.people import SHOWN, authors, handoffs_of
from escalation.models import Membership, Team
from escalation.templatetags.figures import measured
from escalation.web.access import PersonRequest, Role, page
from escalation.web.figure import A_PAGE
from escalation.web.figures import frame
from escalation.web.looked import looked


@page(Role.LEAD, Role.OWNER)
@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """This will show the authors with ten handoffs or more, of the teams that agreed; else how it stands."""
    choice = looked(request)
    teams = {choice.routes[pk].sender_id: choice.routes[pk].sender for pk in choice.route_ids}
    owned = _owned(request)
    context: dict[str, Any] = {
        "teams": [(team, team.pk in owned) for team in sorted(teams.values(), key=lambda each: each.name)],
        "agreed": any(team.by_person for team in teams.values()),
        "authors": [
            (each, [(METRICS[key], each.figures[key]) for key in SHOWN])
            for each in authors(route_ids=choice.route_ids, period=choice.period)
        ],
        "columns": [METRICS[key] for key in SHOWN],
    }
    return render(request, "pages/people.html", frame(choice) | context)


@page(Role.LEAD, Role.OWNER)
@require_safe
def person(request: PersonRequest, user_id: int) -> HttpResponse:
    """This will list the handoffs behind one person's numbers; raises 404 where those are not shown."""
    choice = looked(request)
    found = handoffs_of(user_id, route_ids=choice.route_ids, period=choice.period)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    if not shown.paginator.count:
        raise Http404
    rows = [(row, [(METRICS[key], _value(key, getattr(row, key))) for key in SHOWN]) for row in shown]
    name = User.objects.get(pk=user_id)
    context = {"person": name.get_full_name() or name.get_username(), "rows": rows, "shown": shown}
    columns = {"columns": [METRICS[key] for key in SHOWN]}
    return render(request, "pages/person.html", frame(choice) | context | columns)


def _value(key: str, value: Any) -> str | None:
    metric = METRICS[key]
    if value is None or metric.form is not Form.SHARE:
        return None if value is None else measured(value, metric)
    return "yes" if value else "no"


@page(Role.OWNER)
@require_POST
def by_person(request: PersonRequest, team_id: int) -> HttpResponse:
    """This will switch it on or off for what one team sends."""
    if team_id not in _owned(request):
        raise Http404
    on = request.POST.get("on") == "yes"
    Team.objects.filter(pk=team_id).update(by_person=on)
    said = "are shown person by person now, from ten handoffs on." if on else "are about handoffs only again."
    messages.success(request, f"Kept: figures of what the team sends {said}")
    return redirect("people")


def _owned(request: PersonRequest) -> set[int]:
    rows = Membership.objects.filter(user=request.user, role=Role.OWNER)
    return set(rows.values_list("team_id", flat=True))
