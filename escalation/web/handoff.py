"""What has become of a handoff? The one page that answers "any news?".

Both sides see the same page. Nothing here goes to a user by itself: each line is copied or passed on
because somebody pressed for it. Which lines are shown stands in the address, so that a choice is a link; the
address of a line is the page without a choice and the line's number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalation.dispatch.retry import retry as retry_delivery
from escalation.knowledge.codec import from_json
from escalation.lifecycle.words import STATUS_TITLES, WITH_RECEIVER, Status
from escalation.models import Delivery, Handoff
from escalation.notices.choose import mark_seen
from escalation.outbox.owe import Note, owe_note
from escalation.outbox.reply import can_reply
from escalation.timeline.read import TimelineLine, lines
from escalation.timeline.sieve import ABOUT_TITLES, Sieve, places, sieve_from, values_of
from escalation.timeline.told import told as log_told
from escalation.translation import codec
from escalation.web.access import PersonRequest, handoff_for, page
from escalation.web.afterwards import after_sending
from escalation.web.around import around
from escalation.web.golden import keeping
from escalation.web.receipts import receipts
from escalation.web.record import record_view
from escalation.web.standing import standing

PAGE = "pages/handoff.html"
# The way of an ordinary handoff; holds and returns are said beside it.
WAY = (Status.QUEUED, Status.DELIVERED, Status.ACCEPTED, Status.DIAGNOSING, Status.RESOLVED)
# How far along each status is on that way.
REACHED: dict[Status, int] = {
    Status.QUEUED: 0,
    Status.DELIVERED: 1,
    Status.SEEN: 1,
    Status.BOUNCED: 1,
    Status.ACCEPTED: 2,
    Status.DIAGNOSING: 3,
    Status.WAITING: 3,
    Status.RESOLVED: 4,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StepView:
    """One step of the way."""

    title: str
    done: bool
    here: bool


@page()
@require_safe
def show(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show the status, the timeline and what was sent."""
    handoff = handoff_for(request, handoff_id, as_sent=True)
    if handoff.status in {Status.DRAFT, Status.DISCARDED}:
        return (
            redirect("edit", handoff.pk) if handoff.status == Status.DRAFT else _discarded(request, handoff)
        )
    sieve = sieve_from(request.GET)
    mark_seen(user=request.user, handoff=handoff, now=timezone.now())
    shown = whole(handoff, sends=_sends(request, handoff), now=timezone.now(), sieve=sieve)
    return render(request, PAGE, shown | _sent(handoff, shown["timeline"]) | keeping(request, handoff))


@page()
@require_safe
def news(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will answer with status and timeline alone, for a page whose stream does not work."""
    handoff = handoff_for(request, handoff_id)
    if handoff.status in {Status.DRAFT, Status.DISCARDED}:
        raise Http404  # a draft has no news yet; its page is the form
    sieve = sieve_from(request.GET)
    shown = whole(handoff, sends=_sends(request, handoff), now=timezone.now(), sieve=sieve)
    return render(request, f"{PAGE}#news", shown)


@page()
@require_POST
def told(request: PersonRequest, handoff_id: UUID, sequence: int) -> HttpResponse:
    """This will log that the person copied a line to tell the user."""
    handoff = handoff_for(request, handoff_id)
    text = _sayable(handoff, sequence, own=request.GET.get("in") == "user")
    log_told(handoff=handoff, text=text, by=request.user, now=timezone.now())
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, "Noted that the user was told.")
    return redirect("handoff", handoff.pk)


@page(as_one=True)
@require_POST
def note(request: PersonRequest, handoff_id: UUID, sequence: int) -> HttpResponse:
    """This will add a line to the source ticket as an internal note."""
    handoff = handoff_for(request, handoff_id)
    text = _sayable(handoff, sequence)
    if not handoff.source_reference:
        raise Http404
    said = Note(remote_id=handoff.source_reference, text=text, by=request.user)
    with transaction.atomic():
        locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
        owe_note(handoff=locked, connection=handoff.route.source, note=said, now=timezone.now())
    messages.success(
        request, f"Will be added to {handoff.route.source} {handoff.source_number} as an internal note."
    )
    return redirect("handoff", handoff.pk)


@page()
@require_POST
def retry(request: PersonRequest, handoff_id: UUID, delivery_id: UUID) -> HttpResponse:
    """This will have a stuck delivery tried again."""
    handoff = handoff_for(request, handoff_id)
    delivery = get_object_or_404(handoff.deliveries.select_related("connection"), pk=delivery_id)
    retry_delivery(delivery=delivery, by=request.user, now=timezone.now())
    messages.success(request, f"Trying {delivery.connection} again.")
    return redirect("handoff", handoff.pk)


def whole(handoff: Handoff, *, sends: bool, now: datetime, sieve: Sieve) -> dict[str, Any]:
    """This will return what status, timeline and the box between them show to either side."""
    told = lines(handoff=handoff)
    stuck = tuple(handoff.deliveries.filter(status=Delivery.Status.STUCK).select_related("connection"))
    return {
        "handoff": handoff,
        "aside": handoff.status not in WAY,
        "steps": steps(handoff),
        "stuck": stuck,
        "timeline": told,
        "lines": tuple(line for line in reversed(told) if sieve.lets(line)),
        "sieve": sieve,
        "sieved": urlencode(values_of(sieve)),
        "places": places(told),
        "abouts": ABOUT_TITLES.items(),
        **standing(handoff, told, now=now),
        "holds": handoff.status in WITH_RECEIVER,
        "can_note": bool(handoff.source_reference),
        "can_reply": can_reply(handoff),
        **after_sending(handoff, now=now),
        "now": now,
        **around(handoff, told, sends=sends),
    }


def steps(handoff: Handoff) -> tuple[StepView, ...]:
    """This will return the way with the step the handoff has reached."""
    reached = REACHED[Status(handoff.status)]
    return tuple(
        StepView(title=STATUS_TITLES[each], done=place < reached, here=place == reached)
        for place, each in enumerate(WAY)
    )


def _sends(request: PersonRequest, handoff: Handoff) -> bool:
    """Whether the person wrote it or is in the sending team, as ``sent_by`` asks it of what was sent."""
    return handoff.author_id == request.user.pk or handoff.route.sender_id in request.reader.team_ids


def _sayable(handoff: Handoff, sequence: int, *, own: bool = False) -> str:
    """The line's words for the user; ``own`` for those in the user's language, where there are any."""
    found: list[TimelineLine] = [each for each in lines(handoff=handoff, after=sequence - 1) if each.sayable]
    if not found or found[0].sequence != sequence:
        raise Http404
    return str((own and found[0].details.get("user_line")) or found[0].sayable)


def _sent(handoff: Handoff, told: Iterable[TimelineLine]) -> dict[str, Any]:
    translation = codec.from_json(handoff.snapshot.translation)
    # The snapshot's own state: an amendment changes the handoff's, never what was confirmed.
    state = from_json(handoff.snapshot.state)
    record = record_view(translation=translation, state=state, answers={}, names={})
    return {"record": record, "receipts": receipts(handoff, translation, told)}


def _discarded(request: PersonRequest, handoff: Handoff) -> HttpResponse:
    return render(request, "pages/discarded.html", {"handoff": handoff})
