"""In which roles does nobody work without a second factor? For owners, about their teams."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escalation.models import Membership, Team
from escalation.web.access import PersonRequest, Role, page


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One role of one team: how many are in it, how many have a second factor, whether it is required."""

    name: str  # of the field
    team: str
    role: str
    people: int
    have_one: int
    required: bool


@page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def requiring(request: PersonRequest) -> HttpResponse:
    """This will show the roles of the person's teams, or keep which of them require a second factor."""
    mine = Membership.objects.filter(user=request.user, role=Role.OWNER).values("team")
    teams = list(Team.objects.filter(pk__in=mine).order_by("name"))
    if request.method != "POST":
        return render(request, "pages/require_factor.html", {"rules": _rules(teams)})
    for team in teams:
        team.second_factor = [role for role in Role.values if _field(team, role) in request.POST]
        team.save(update_fields=["second_factor"])
    messages.success(request, "Kept. It counts from everybody’s next log-in.")
    return redirect("require_factor")


def _field(team: Team, role: str) -> str:
    return f"{team.pk}-{role}"


def _rules(teams: list[Team]) -> list[Rule]:
    members = Membership.objects.filter(team__in=teams).values_list("team_id", "role", "user_id").distinct()
    with_one = set(
        Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    people: dict[tuple[int, str], set[int]] = {}
    for team_id, role, user_id in members:
        people.setdefault((team_id, role), set()).add(user_id)
    return [
        Rule(
            name=_field(team, role),
            team=team.name,
            role=str(Role(role).label),
            people=len(who),
            have_one=len(who & with_one),
            required=role in team.second_factor,
        )
        for team in teams
        for role in Role.values
        if (who := people.get((team.pk, role), set())) or role in team.second_factor
    ]
