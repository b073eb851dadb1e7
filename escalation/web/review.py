"""What exactly will be sent? The last look before the one press that sends it.

The press names the fingerprint of the record that was shown: whatever differs from it is not sent, and a
second press of the same page finds the handoff already on its way.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from escalation.capture.holds import Held
from escalation.capture.known import known
from escalation.capture.preview import NoReceiver
from escalation.capture.submit import Changed, submit_locked
from escalation.lifecycle.words import Status
from escalation.models import Handoff
from escalation.outbox.custody import added_by
from escalation.web.access import PersonRequest, handoff_for, locked_draft_for, page
from escalation.web.beside import beside

PAGE = "pages/review.html"


@page(as_one=True)
@require_http_methods(["GET", "POST"])
def review(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show the exact record, or send it."""
    if request.method == "POST" and (draft := locked_draft_for(request, handoff_id)) is not None:
        return _send(request, draft)
    handoff = handoff_for(request, handoff_id)
    if handoff.status != Status.DRAFT:
        # Somebody pressed twice; the first press did it.
        return redirect("handoff", handoff.pk)
    if handoff.author_id != request.user.pk:
        raise Http404
    return _look(request, handoff)


def _send(request: PersonRequest, draft: Handoff) -> HttpResponse:
    seen, reason = request.POST.get("fingerprint", ""), request.POST.get("reason", "")
    try:
        handoff = submit_locked(
            locked=draft, fingerprint=seen, by=request.user, now=timezone.now(), reason=reason
        )
    except Held as error:
        return _look(request, draft, problems=error.messages, status=422, held=not error.final)
    except (Changed, NoReceiver) as error:
        return _look(request, draft, problems=(str(error),), status=409)
    messages.success(request, f"On its way to {handoff.route.receiver}. You can leave this page.")
    return redirect("handoff", handoff.pk)


def _look(
    request: PersonRequest,
    handoff: Handoff,
    *,
    problems: tuple[str, ...] = (),
    status: int = 200,
    held: bool = False,
) -> HttpResponse:
    context = beside(handoff=handoff, zone=request.reader.zone, now=timezone.now())
    secret = any(each.secret for each in context["advice"])
    final = secret and handoff.route.target.external
    own = {
        "problems": problems,
        "final": final,
        # Where a reason helps, it is asked for beforehand, or with the refusal.
        "asks_why": (secret or held) and not final,
        "private": secret,
        "known": known(handoff=handoff),
        "can_join": True,
        "difference": added_by(handoff) if handoff.previous_id else None,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, PAGE, context | own, status=status)
