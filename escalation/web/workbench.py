"""How does an owner change what a route asks and how it is translated, and see the effect beforehand?

For owners of a team of the route; for everybody else the page does not exist. A draft lives in the form
only: what is published is a new version, and nothing that was confirmed changes.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalation.models import Drift, GoldenCase, Route, RuleSet, Template
from escalation.translation.rules import Rules
from escalation.upkeep import golden, publish
from escalation.upkeep.drift import check_drift
from escalation.upkeep.drift import vouch as vouch_for
from escalation.upkeep.replay import NoReceiver, Replayed, replay, rules_in_force
from escalation.web.access import PersonRequest, Role, page
from escalation.web.owning import OwnerForm, RulesForm, TemplateForm
from escalation.web.wording import spoken_under

KEPT_IN_SIGHT = 20
HEAVY = ("state", "given", "expected")  # not shown in the list


@page(Role.OWNER)
@require_safe
def route(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will show the route's rules, template, history, findings and who answers for it."""
    return _bench(request, _owned(request, route_id))


@page(Role.OWNER)
@require_POST
def rules(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will try the draft on past handoffs, or publish it when that was pressed."""
    owned = _owned(request, route_id)
    form = RulesForm(request.POST, base=rules_in_force(owned))
    if not form.is_valid():
        return _bench(request, owned, rules_form=form)
    if request.POST.get("do") == "publish":
        return _publish(request, owned, form, publishes=golden.publish_rules)
    draft = Rules.model_validate(form.body())
    try:
        found = replay(route=owned, draft=draft)
        cases = golden.under_rules(route=owned, draft=draft)
    except NoReceiver as error:
        form.add_error(None, str(error))
        return _bench(request, owned, rules_form=form)
    return _bench(request, owned, rules_form=form, replayed=found, cases=cases)


@page(Role.OWNER)
@require_POST
def template(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will try on the golden cases what the route asks for, or publish it when that was pressed."""
    owned = _owned(request, route_id)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return _bench(request, owned, template_form=form)
    if request.POST.get("do") == "try":
        cases = golden.under_template(route=owned, draft=form.body())
        return _bench(request, owned, template_form=form, cases=cases)
    return _publish(request, owned, form, publishes=golden.publish_template)


@page(Role.OWNER)
@require_POST
def roll_back(request: PersonRequest, route_id: int, what: str, version: int) -> HttpResponse:
    """This will bring an earlier version back into force, by one press."""
    owned, now = _owned(request, route_id), timezone.now()
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
    """This will name who answers for the route and when it is looked at again."""
    owned = _owned(request, route_id)
    form = OwnerForm(request.POST, route=owned)
    if not form.is_valid():
        return _bench(request, owned, owner_form=form)
    publish.entrust(route=owned, **form.cleaned_data)
    messages.success(request, "Kept.")
    return redirect("route", owned.pk)


@page(Role.OWNER)
@require_POST
def drift(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will look now whether the tool still is as the route's translation needs it."""
    owned = _owned(request, route_id)
    trouble = check_drift(connection=owned.target, now=timezone.now())
    if trouble:
        messages.error(request, f"{owned.target} could not be looked at: {trouble}")
    else:
        messages.success(request, f"Looked at {owned.target}.")
    return redirect("route", owned.pk)


@page(Role.OWNER)
@require_POST
def vouch(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will take the tool's choices, as they are called now, for right."""
    owned = _owned(request, route_id)
    trouble = vouch_for(connection=owned.target, now=timezone.now())
    if trouble:
        messages.error(request, f"{owned.target} could not be looked at: {trouble}")
    else:
        messages.success(request, f"The names in {owned.target} are taken as they are now.")
    return redirect("route", owned.pk)


def _publish(
    request: PersonRequest,
    owned: Route,
    form: RulesForm | TemplateForm,
    *,
    publishes: Callable[..., RuleSet | Template],
) -> HttpResponse:
    """Bring the draft into force, or show which golden cases would read differently and ask."""
    which = "rules_form" if isinstance(form, RulesForm) else "template_form"
    filled: dict[str, Any] = {which: form}
    proposed = golden.Proposed(
        body=form.body(), note=form.cleaned_data["note"], accepted=request.POST.get("accepted", "")
    )
    try:
        row = publishes(route=owned, by=request.user, now=timezone.now(), proposed=proposed)
    except golden.NotAccepted as held:
        return _bench(request, owned, cases=held.cases, held=which, **filled)
    except NoReceiver as error:
        form.add_error(None, str(error))
        return _bench(request, owned, **filled)
    said = "Rules {} are in force." if which == "rules_form" else "Template {} is in force."
    messages.success(request, f"{said.format(row.version)} What was confirmed before stays as it was.")
    return redirect("route", owned.pk)


def _owned(request: PersonRequest, route_id: int) -> Route:
    mine = Route.objects.of_teams_of(request.user, roles=(Role.OWNER,))
    return get_object_or_404(
        mine.select_related("sender", "receiver", "source", "target", "owner"), pk=route_id
    )


def _bench(
    request: PersonRequest,
    owned: Route,
    *,
    replayed: tuple[Replayed, ...] | None = None,
    cases: tuple[golden.Case, ...] | None = None,
    **forms: Any,
) -> HttpResponse:
    templates = Template.objects.filter(route=owned).select_related("published_by").order_by("-version")
    rule_sets = RuleSet.objects.filter(route=owned).select_related("published_by").order_by("-version")
    newest = templates.first()
    today = timezone.localdate()
    context = {
        "route": owned,
        "rules_form": RulesForm(base=rules_in_force(owned)),
        "template_form": TemplateForm(body=newest.body if newest else {}),
        "owner_form": OwnerForm(route=owned),
        "overdue": owned.review_by is not None and owned.review_by < today,
        "rule_sets": rule_sets[:KEPT_IN_SIGHT],
        "templates": templates[:KEPT_IN_SIGHT],
        "drifts": Drift.objects.filter(route=owned, over_at=None).order_by("since"),
        "replayed": replayed,
        "changed": [each for each in replayed or () if each.differences],
        "golden": GoldenCase.objects.filter(route=owned).defer(*HEAVY).order_by("-kept_at", "-pk"),
        "cases": cases,
        "moved": [each for each in cases or () if each.differences],
        "accepts": golden.accepted_by(cases or ()),
    }
    return render(request, "pages/route.html", context | spoken_under(request, owned) | forms)
