"""What does it pay back, and from which assumptions is that reckoned?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from escalation.metrics.adding import Summary
from escalation.metrics.hands import changed_hands
from escalation.metrics.payback import Assumed, Payback, payback, together_s
from escalation.metrics.summing import Figure
from escalation.models import Baseline, Route, Team
from escalation.web.access import PersonRequest, Role, page
from escalation.web.looked import Looked

A_MINUTE = 60


class BaselineForm(forms.ModelForm):  # type: ignore[type-arg]  # no generics at run time
    """What an escalation took before, in minutes."""

    class Meta:
        model = Baseline
        fields = ("effort_minutes", "rebuild_minutes", "known_from")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paid:
    """One route: what is measured, what is assumed, and what follows."""

    route: Route
    query: str
    effort: Figure
    rebuild: Figure
    baseline: Baseline | None
    payback: Payback | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """The routes that are looked at, and the teams whose assumptions count for them."""

    rows: tuple[Paid, ...]
    teams: tuple[tuple[Team, Baseline | None], ...]
    together_s: float | None


def ledger(choice: Looked, found: Iterable[Summary]) -> Ledger:
    """This will reckon what the routes with handoffs pay back."""
    teams = {choice.routes[pk].sender_id: choice.routes[pk].sender for pk in choice.route_ids}
    baselines = {
        row.team_id: row for row in Baseline.objects.filter(team__in=teams).select_related("stated_by")
    }
    rows = tuple(
        _paid(choice, choice.routes[each.route_id], each, baselines)
        for each in found
        if each.route_id is not None
    )
    ordered = sorted(teams.values(), key=lambda team: team.name)
    return Ledger(
        rows=rows,
        teams=tuple((team, baselines.get(team.pk)) for team in ordered),
        together_s=together_s(each.payback for each in rows),
    )


def _paid(choice: Looked, route: Route, found: Summary, baselines: dict[int, Baseline]) -> Paid:
    effort, rebuild = found.figures["effort"], found.figures["rebuild"]
    stated = baselines.get(route.sender_id)
    worth = None
    if stated is not None:
        assumed = Assumed(
            effort_s=stated.effort_minutes * A_MINUTE, rebuild_s=stated.rebuild_minutes * A_MINUTE
        )
        worth = payback(assumed=assumed, effort=effort, rebuild=rebuild)
    return Paid(
        route=route,
        query=choice.query_on(route),
        effort=effort,
        rebuild=rebuild,
        baseline=stated,
        payback=worth,
    )


@page(Role.LEAD, Role.OWNER)
@require_http_methods(["GET", "POST"])
def baseline(request: PersonRequest, team_id: int) -> HttpResponse:
    """This will show what is known of the time before Baton, or keep what a team states of it."""
    mine = Route.objects.of_teams_of(request.user, roles=(Role.LEAD, Role.OWNER)).filter(sender=team_id)
    routes = list(mine.select_related("sender", "target").order_by("target__name"))
    if not routes:
        raise Http404
    row = Baseline.objects.filter(team=team_id).first() or Baseline(team_id=team_id)
    if request.method != "POST":
        targets = {route.target_id: route.target for route in routes}.values()
        context = {"team": routes[0].sender, "baseline": row, "past": changed_hands(targets)}
        return render(request, "pages/baseline.html", context)
    row.stated_by, row.stated_at = request.user, timezone.now()
    form = BaselineForm(request.POST, instance=row)
    if form.is_valid():
        form.save()
        messages.success(request, "Kept. What it pays back is reckoned from these assumptions now.")
    else:
        messages.error(request, f"Not kept, the assumptions stand as they were. {_what_is_wrong(form)}")
    back = request.POST.get("next", "")
    return redirect(back if back.startswith("/figures") else "figures")


def _what_is_wrong(form: BaselineForm) -> str:
    named = {
        "effort_minutes": "Writing one",
        "rebuild_minutes": "Understanding one",
        "known_from": "How you know",
    }
    return " ".join(
        f"{named[name]}: {' '.join(map(str, said))}" for name, said in form.errors.items() if name in named
    )
