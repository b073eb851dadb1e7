"""Where does a receiver press to hand the case on to the next tier?"""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import WITH_RECEIVER, Status
from escalation.models import Handoff, Route
from escalation.reception.further import escalate_further
from escalation.web.access import PersonRequest, page, received_for


def onward(request: PersonRequest, handoff: Handoff) -> QuerySet[Route]:
    """This will return the routes on which the person can hand this on; none while it is not theirs."""
    routes = Route.objects.open_to(request.user).select_related("receiver", "target")
    if Status(handoff.status) not in WITH_RECEIVER:
        return routes.none()
    return routes.filter(sender=handoff.route.receiver_id, source=handoff.route.target_id).order_by("name")


@page()
@require_POST
def further(request: PersonRequest, handoff_id: UUID, route_id: int) -> HttpResponse:
    """This will begin the next handoff and open its form."""
    handoff = received_for(request, handoff_id)
    route = get_object_or_404(Route.objects.open_to(request.user), pk=route_id)
    try:
        draft = escalate_further(handoff=handoff, route=route, by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.warning(request, str(error))
        return redirect("intake", handoff.pk)
    messages.success(request, "Everything that is known is here. Add what is new, then look and send.")
    return redirect("edit", draft.pk)
