"""Good examples: handoffs that others may learn from, by category, each with what is good about it."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalation.coaching import score as coaching
from escalation.models import GoodExample, Handoff, Route
from escalation.models.route import RouteQuerySet
from escalation.web.access import PersonRequest, Role, handoff_for, page


@page()
@require_safe
def examples(request: PersonRequest) -> HttpResponse:
    """This will show the good examples among what the person's teams send and receive."""
    mine = Handoff.objects.visible_to(request.user)
    rows = GoodExample.objects.filter(handoff__in=mine).select_related("handoff__route", "kept_by")
    rows = rows.order_by("handoff__category", "-kept_at")
    found = [
        (category or "Without a category", list(kept))
        for category, kept in groupby(rows, key=lambda each: each.handoff.category)
    ]
    led = set(_led(request).values_list("pk", flat=True))
    taken = request.session.pop("example_taken", None)
    return render(request, "pages/examples.html", {"found": found, "led": led, "taken": taken})


@page(Role.LEAD, Role.OWNER)
@require_POST
def forget_example(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will take a handoff from the good examples; the message offers to put it back."""
    handoff = handoff_for(request, handoff_id)
    if not _led(request).filter(pk=handoff.route_id).exists():
        raise Http404
    kept = GoodExample.objects.filter(handoff=handoff).first()
    if request.POST.get("back"):
        why = request.POST.get("why", "")[:200] or "A good example"
        coaching.keep_example(handoff=handoff, why=why, by=request.user, now=timezone.now())
        messages.success(request, "It is among the good examples again.")
    elif kept is not None:
        coaching.forget_example(handoff=handoff)
        request.session["example_taken"] = {
            "handoff": str(handoff.pk),
            "summary": handoff.summary,
            "why": kept.why,
        }
    return redirect("examples")


def _led(request: PersonRequest) -> RouteQuerySet:
    return Route.objects.of_teams_of(request.user, roles=(Role.LEAD, Role.OWNER))
