"""What can a sender still do in the seconds before it leaves? Call it back, or let it go at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.capture import recall as recalling
from escalation.lifecycle.table import NotAllowedNow
from escalation.web.access import PersonRequest, page, sent_for


@page()
@require_POST
def recall(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will make a draft of it again, or say that it has left."""
    handoff = sent_for(request, handoff_id)
    try:
        recalling.recall(handoff=handoff, by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.warning(request, str(error))
        return redirect("handoff", handoff.pk)
    messages.success(request, "Called back: nothing has left. Everything is as you had it.")
    return redirect("edit", handoff.pk)


@page(as_one=True)
@require_POST
def release(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will send it without waiting for the rest of its seconds."""
    handoff = sent_for(request, handoff_id)
    try:
        recalling.release(handoff=handoff, by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.warning(request, str(error))
    return redirect("handoff", handoff.pk)
