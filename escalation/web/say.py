"""What can the receiver say without moving the handoff? Each press is one line, and the sender sees it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff
from escalation.reception import promise as promising
from escalation.web.access import PersonRequest, page, received_for

Act = Callable[[Handoff], Any]


@page()
@require_POST
def promise(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will promise the next update by the time that was typed."""
    words = request.POST.get("by", "")
    return _say(
        request,
        handoff_id,
        lambda handoff: promising.promise(handoff=handoff, words=words, by=request.user, now=timezone.now()),
        "Promised. Level One sees it now.",
    )


def _say(request: PersonRequest, handoff_id: UUID, act: Act, done: str) -> HttpResponse:
    handoff = received_for(request, handoff_id)
    try:
        act(handoff)
    except (NotAllowedNow, promising.NoTime) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return redirect("intake", handoff_id)
