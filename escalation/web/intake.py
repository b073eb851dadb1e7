"""What does Level Two see first, and what can it do with a handoff?

One screen that answers in the order an engineer asks: what is asked, what is believed, what is proven,
what was tried, how urgent, can I reach the user now. The rest is folded, never cut.
"""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.table import NotAllowedNow, allowed
from escalation.lifecycle.words import WITH_RECEIVER, Move, Status
from escalation.models import Handoff, Verdict
from escalation.notices.choose import mark_seen
from escalation.outbox.custody import custody
from escalation.reception import accept as accepting
from escalation.reception import bounce as bouncing
from escalation.reception import resolve as resolving
from escalation.reception import see as seeing
from escalation.reception import start as starting
from escalation.reception.prevented import form_questions
from escalation.web.access import PersonRequest, handoff_for, page, received_for
from escalation.web.afterwards import after_sending
from escalation.web.card import card_of
from escalation.web.further import onward
from escalation.web.items import said_on
from escalation.web.prevented import prevented_in
from escalation.web.say import found_in

# What the card has a button for; holds and deliveries are seen in the tool.
OFFERED = frozenset({Move.ACCEPT, Move.START, Move.RESOLVE, Move.BOUNCE})


class ReturnForm(forms.Form):
    """Why a handoff goes back."""

    reason = forms.ChoiceField(choices=[(each.value, title) for each, title in REASON_TITLES.items()])
    words = forms.CharField(required=False, max_length=500)


@page()
@require_safe
def intake(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show the card; opened by the receiving team it counts as seen."""
    handoff = handoff_for(request, handoff_id)
    if handoff.status in {Status.DRAFT, Status.DISCARDED}:
        return redirect("edit", handoff.pk)
    mark_seen(user=request.user, handoff=handoff, now=timezone.now())
    receives = Handoff.objects.received_by(request.user).filter(pk=handoff.pk).exists()
    if receives:
        seen = seeing.see(handoff=handoff, by=request.user, now=timezone.now())
        handoff.status = seen.status
    context = {
        "handoff": handoff,
        "receives": receives,
        "moves": {move.value for move in allowed(Status(handoff.status)) if move in OFFERED},
        "why_wanted": receives and bouncing.lacks_reason(handoff),
        "reasons": REASON_TITLES.items(),
        "form_questions": form_questions(handoff),
        "holds": handoff.status in WITH_RECEIVER,
        "overdue": handoff.update_due_at is not None and handoff.update_due_at < timezone.now(),
        "card": (card := card_of(handoff, zone=request.reader.zone, now=timezone.now())),
        "said": said_on(handoff, card, about=request.GET.get("about", "")),
        "guesses": Verdict.Guess.choices,
        "custody": custody(handoff),
        "onward": onward(request, handoff) if receives else (),
        **after_sending(handoff, now=timezone.now()),
    }
    return render(request, "pages/intake.html", context)


@page()
@require_safe
def as_text(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will answer with the card as plain text, to copy, mail or read aloud; looking marks nothing."""
    handoff = handoff_for(request, handoff_id)
    card = card_of(handoff, zone=request.reader.zone, now=timezone.now())
    context = {"handoff": handoff, "card": card}
    return render(request, "text/card.txt", context, content_type="text/plain; charset=utf-8")


@page()
@require_POST
def accept(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will accept the handoff, with the ask read back if a line was given."""
    words = request.POST.get("read_back", "")
    return _take(
        request,
        handoff_id,
        lambda handoff: accepting.accept(
            handoff=handoff, by=request.user, now=timezone.now(), read_back=words
        ),
        "Accepted. Level One sees it now.",
    )


@page()
@require_POST
def start(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will mark that diagnosing has started."""
    return _take(
        request,
        handoff_id,
        lambda handoff: starting.start(handoff=handoff, by=request.user, now=timezone.now()),
        "Marked as diagnosing. Level One sees it now.",
    )


@page()
@require_POST
def resolve(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will resolve the handoff with its cause and fix."""
    found = found_in(request.POST)
    return _take(
        request,
        handoff_id,
        lambda handoff: resolving.resolve(handoff=handoff, by=request.user, now=timezone.now(), found=found),
        "Resolved. Cause and fix are back with Level One.",
    )


@page()
@require_POST
def bounce(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will return the handoff with a coded reason."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        received_for(request, handoff_id)
        messages.error(request, "Choose a reason, and keep the line under 500 characters.")
        return redirect("intake", handoff_id)
    reason, words = BounceReason(form.cleaned_data["reason"]), form.cleaned_data["words"]

    def act(handoff: Handoff) -> Handoff:
        prevented = prevented_in(request.POST, handoff)
        returned = bouncing.Returned(reason=reason, words=words, prevented=prevented)
        return bouncing.bounce(handoff=handoff, by=request.user, now=timezone.now(), returned=returned)

    return _take(request, handoff_id, act, "Returned to the sender, with why.")


def _take(
    request: PersonRequest, handoff_id: UUID, act: Callable[[Handoff], Handoff], done: str
) -> HttpResponse:
    handoff = received_for(request, handoff_id)
    try:
        act(handoff)
    except NotAllowedNow as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return redirect("intake", handoff_id)
