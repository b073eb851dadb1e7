"""How does an owner keep a handoff as a golden case, or let one go?"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.models import GoldenCase, Handoff, Route, Snapshot
from escalation.upkeep import golden
from escalation.upkeep.replay import NoReceiver
from escalation.web.access import PersonRequest, Role, handoff_for, page


@page(Role.OWNER)
@require_POST
def keep(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will freeze the handoff as a golden case of its route, by one press."""
    handoff = handoff_for(request, handoff_id)
    if not _owns(request, handoff):
        raise Http404
    try:
        golden.keep(handoff=handoff, by=request.user, now=timezone.now())
    except Snapshot.DoesNotExist as error:
        raise Http404 from error  # a draft has nothing to freeze
    except NoReceiver as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Kept as a golden case of {handoff.route}.")
    return redirect("handoff", handoff.pk)


@page(Role.OWNER)
@require_POST
def forget(request: PersonRequest, route_id: int, case_id: int) -> HttpResponse:
    """This will no longer hold the route against the case."""
    mine = Route.objects.of_teams_of(request.user, roles=(Role.OWNER,))
    case = get_object_or_404(GoldenCase, pk=case_id, route_id=route_id, route__in=mine.values("pk"))
    case.delete()
    messages.success(request, f"“{case}” is no longer a golden case.")
    return redirect("route", route_id)


def keeping(request: PersonRequest, handoff: Handoff) -> dict[str, bool]:
    """This will say whether the person may keep the handoff, and whether it is kept already."""
    may = Role.OWNER in request.reader.roles and _owns(request, handoff)
    kept = may and GoldenCase.objects.filter(route=handoff.route_id, handoff=handoff).exists()
    return {"may_keep": may, "is_golden": kept}


def _owns(request: PersonRequest, handoff: Handoff) -> bool:
    mine = Route.objects.of_teams_of(request.user, roles=(Role.OWNER,))
    return mine.filter(pk=handoff.route_id).exists()
