"""Who presses *Join it instead*, and where do they land? On the handoff they joined."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.capture.join import join as join_running
from escalation.lifecycle.table import NotAllowedNow
from escalation.web.access import PersonRequest, draft_for, handoff_for, page


@page()
@require_POST
def join(request: PersonRequest, handoff_id: UUID, running_id: UUID) -> HttpResponse:
    """This will join a draft to a running handoff of the same route."""
    draft, running = draft_for(request, handoff_id), handoff_for(request, running_id)
    try:
        join_running(handoff=draft, running=running, by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.error(request, str(error))
        return redirect("review", draft.pk)
    messages.success(
        request, f"Joined. {running.remote_number} gets a note about it; your draft is put aside."
    )
    return redirect("handoff", running.pk)
