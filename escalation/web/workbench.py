"""What does an owner of a route see of it, and how do they answer for it?

For owners of a team of the route; for everybody else the page does not exist. What is typed into rules and
template is dealt with in ``bench``.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalation.models import BenchDraft, Drift, GoldenCase, Route, RuleSet, Template
from escalation.notices.choose import mark_route_seen
from escalation.upkeep import bench, golden, publish
from escalation.upkeep.drift import check_drift
from escalation.upkeep.drift import know as know_of
from escalation.upkeep.drift import vouch as vouch_for
from escalation.upkeep.findings import named_values
from escalation.upkeep.look_soon import look_with_names
from escalation.web.access import PersonRequest, Role, page
from escalation.web.effect import asked_of, held_against
from escalation.web.owning import OwnerForm, form_of
from escalation.web.wording import spoken_under

KEPT_IN_SIGHT = 20
HEAVY = ("state", "given", "expected")  # not shown in the list


@page(Role.OWNER)
@require_safe
def route(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will show the route's rules, template, history, findings and who answers for it."""
    owned = owned_by(request, route_id)
    mark_route_seen(user=request.user, page=reverse("route", args=[owned.pk]), now=timezone.now())
    return show(request, owned, {})


@page(Role.OWNER)
@require_POST
def roll_back(request: PersonRequest, route_id: int, what: str, version: int) -> HttpResponse:
    """This will bring an earlier version back into force, by one press."""
    owned, now = owned_by(request, route_id), timezone.now()
    try:
        row: RuleSet | Template = (
            golden.roll_back_rules(route=owned, to=version, by=request.user, now=now)
            if what == "rules"
            else publish.roll_back_template(route=owned, to=version, by=request.user, now=now)
        )
    except (RuleSet.DoesNotExist, Template.DoesNotExist) as error:
        raise Http404 from error
    messages.success(request, f"Version {version} is in force again, as version {row.version}.")
    return redirect("route", owned.pk)


@page(Role.OWNER)
@require_POST
def owner(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will name who answers for the route, when it is looked at again, and whether two publish."""
    owned = owned_by(request, route_id)
    form = OwnerForm(request.POST, route=owned, by=request.user)
    if not form.is_valid():
        return show(request, owned, {"owner_form": form})
    publish.entrust(route=owned, **form.cleaned_data)
    messages.success(request, "Kept.")
    return redirect("route", owned.pk)


@page(Role.OWNER)
@require_POST
def drift(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will look now whether the tool still is as the route's translation needs it."""
    owned = owned_by(request, route_id)
    trouble = check_drift(connection=owned.target, now=timezone.now())
    if trouble:
        messages.error(request, f"{owned.target} could not be looked at: {trouble}")
    else:
        look_with_names(owned.target)
        said = "Its catalog is read now as well; what is retired there shows here within a minute."
        messages.success(request, f"Looked at {owned.target}. {said}")
    return redirect("route", owned.pk)


@page(Role.OWNER)
@require_POST
def vouch(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will take the tool's choices, as they are called now, for right."""
    owned = owned_by(request, route_id)
    trouble = vouch_for(connection=owned.target, now=timezone.now())
    if trouble:
        messages.error(request, f"{owned.target} could not be looked at: {trouble}")
    else:
        messages.success(request, f"The names in {owned.target} are taken as they are now.")
    return redirect("route", owned.pk)


@page(Role.OWNER)
@require_POST
def know(request: PersonRequest, route_id: int, finding_id: int) -> HttpResponse:
    """This will end a finding of which nothing has to be mended, because the person knows."""
    owned = owned_by(request, route_id)
    finding = get_object_or_404(Drift, pk=finding_id, route=owned, over_at=None)
    if know_of(finding=finding, by=request.user, now=timezone.now()):
        messages.success(request, "Known. It stays so until the entry comes back and is retired again.")
    else:
        messages.error(request, "This one has to be mended: the rules still send it, or the tool wants it.")
    return redirect("route", owned.pk)


def owned_by(request: PersonRequest, route_id: int) -> Route:
    """This will return a route that the person owns; raises 404."""
    mine = Route.objects.of_teams_of(request.user, roles=(Role.OWNER,))
    return get_object_or_404(
        mine.select_related("sender", "receiver", "source", "target", "owner"), pk=route_id
    )


def golden_of(owned: Route) -> QuerySet[GoldenCase]:
    """This will return the route's golden cases for a list, the newest first."""
    return GoldenCase.objects.filter(route=owned).defer(*HEAVY).order_by("-kept_at", "-pk")


def show(request: PersonRequest, owned: Route, more: Mapping[str, Any]) -> HttpResponse:
    """This will answer with the route's page; ``more`` wins over what the page shows by itself."""
    templates = Template.objects.filter(route=owned).select_related("published_by", "proposed_by")
    rule_sets = RuleSet.objects.filter(route=owned).select_related("published_by", "proposed_by")
    today = timezone.localdate()
    context: dict[str, Any] = {
        "route": owned,
        "owner_form": OwnerForm(route=owned, by=request.user),
        "overdue": owned.review_by is not None and owned.review_by < today,
        "rule_sets": rule_sets.order_by("-version")[:KEPT_IN_SIGHT],
        "templates": templates.order_by("-version")[:KEPT_IN_SIGHT],
        "drifts": (drifts := _drifts(owned)),
        "renamed": any(each.kind == Drift.Kind.CHOICE_RENAMED for each, _ in drifts),
        "golden": golden_of(owned),
    }
    for what in BenchDraft.What.values:
        draft = bench.draft_of(owned, what)
        context[f"{what}_draft"] = draft
        context[f"{what}_form"] = form_of(owned, what, typed=draft.typed if draft else None)
    context |= spoken_under(request, owned, typed=context["rules_form"]["wording"].value())
    if (template := context["template_form"]).is_bound and template.is_valid():
        context |= asked_of(owned, template)
    context |= held_against(more.get("cases")) | dict(more)
    return render(request, "pages/route.html", context)


def _drifts(owned: Route) -> list[tuple[Drift, bool]]:
    """What is found now, and of each whether it ends by being known."""
    named = named_values(owned.rules_in_force())
    found = Drift.objects.filter(route=owned, over_at=None).order_by("since")
    filed = Drift.Kind.ENTRY_RETIRED
    return [(each, each.kind == filed and (each.field, each.value) not in named) for each in found]
