"""What does somebody see who follows a signed link out of a tool, without an account?

The card and the one form the link is for. Looking changes nothing: a mail scanner opens links too. What
does not fit is refused in words, and logged without the token.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from escalation.callers.asker import address
from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.models import Allowance, Handoff
from escalation.outbox.answer_links import PURPOSE_TITLES, Expired, Forged, Purpose, digest, handoff_of
from escalation.reception import ask_back
from escalation.reception.accept import accept
from escalation.reception.bounce import Returned, bounce
from escalation.reception.by_link import LinkUsed, answer_once, is_used
from escalation.reception.prevented import form_questions
from escalation.reception.read_back import read_back
from escalation.reception.who import Outsider
from escalation.tools.registry import label
from escalation.web.card import card_of
from escalation.web.items import said_on
from escalation.web.pace import refused as too_many
from escalation.web.posted import cleaned
from escalation.web.prevented import prevented_in
from escalation.web.say import UNSAYABLE, asked_in

logger = logging.getLogger(__name__)

FORGED = "This link was not made by Baton for this, or not all of it was copied."
EXPIRED = "This link is older than seven days."
USED = "This link has been answered with already. Each is good for one answer."

View = Callable[[HttpRequest, str, str], HttpResponse]


def _private(view: View) -> View:
    """The address is the key: it goes into no cache, no index and no other site's log."""

    @wraps(view)
    def answer(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
        response = view(request, purpose, token)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@_private
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """This will show the card with the link's one form, or take the answer."""
    now = timezone.now()
    if seconds := Allowance.wait("outside", address(request)):
        return too_many(request, "outside", seconds)
    try:
        wanted = Purpose(purpose)
        handoff_id = handoff_of(token, purpose=wanted, now=now)
    except Expired:
        return _refused(request, EXPIRED, status=410, why="expired", purpose=purpose)
    except (Forged, ValueError):
        return _refused(request, FORGED, status=403, why="forged", purpose=purpose)
    if is_used(digest(token)):
        return _refused(request, USED, status=410, why="used", purpose=purpose)
    related = ("route__sender", "route__receiver", "route__source", "route__target", "author")
    handoff = get_object_or_404(Handoff.objects.select_related(*related), pk=handoff_id)
    with timezone.override(handoff.route.receiver.zone):
        if request.method != "POST":
            return _page(request, handoff, wanted, now=now)
        return _take(request, handoff, wanted, token, now=now)


def _take(
    request: HttpRequest, handoff: Handoff, purpose: Purpose, token: str, *, now: datetime
) -> HttpResponse:
    who = Outsider(name=f"Somebody at {label(handoff.route.target.tool)}")

    def act(each: Handoff) -> Any:
        return ANSWERS[purpose](each, cleaned(request.POST), who, now)

    try:
        answer_once(handoff=handoff, purpose=purpose.value, digest=digest(token), act=act, now=now)
    except LinkUsed:
        return _refused(request, USED, status=410, why="used", purpose=purpose)
    except UNSAYABLE as error:
        return _page(request, handoff, purpose, error=str(error), now=now)
    return render(request, "pages/outside_done.html", {"handoff": handoff})


def _accept(handoff: Handoff, posted: QueryDict, who: Outsider, now: datetime) -> object:
    return accept(handoff=handoff, by=who, now=now, read_back=posted.get("read_back", ""))


def _read_back(handoff: Handoff, posted: QueryDict, who: Outsider, now: datetime) -> object:
    return read_back(handoff=handoff, words=posted.get("read_back", ""), by=who, now=now)


def _ask(handoff: Handoff, posted: QueryDict, who: Outsider, now: datetime) -> object:
    return ask_back.ask(handoff=handoff, asked=asked_in(posted, handoff), by=who, now=now)


def _return(handoff: Handoff, posted: QueryDict, who: Outsider, now: datetime) -> object:
    code = posted.get("reason", "")
    if code not in set(BounceReason):
        raise ask_back.NothingSaid("Choose a reason.")
    returned = Returned(
        reason=BounceReason(code),
        words=posted.get("words", "")[:500],
        prevented=prevented_in(posted, handoff),
    )
    return bounce(handoff=handoff, by=who, now=now, returned=returned)


ANSWERS: dict[Purpose, Callable[[Handoff, QueryDict, Outsider, datetime], object]] = {
    Purpose.ACCEPT: _accept,
    Purpose.READ_BACK: _read_back,
    Purpose.ASK: _ask,
    Purpose.RETURN: _return,
}


def _page(
    request: HttpRequest, handoff: Handoff, purpose: Purpose, *, error: str = "", now: datetime
) -> HttpResponse:
    card = card_of(handoff, zone=handoff.route.receiver.zone, now=now)
    context = {
        "handoff": handoff,
        "purpose": purpose.value,
        "title": PURPOSE_TITLES[purpose],
        "card": card,
        "said": said_on(handoff, card),
        "reasons": REASON_TITLES.items(),
        "form_questions": form_questions(handoff),
        "error": error,
    }
    return render(request, "pages/outside.html", context, status=409 if error else 200)


def _refused(request: HttpRequest, words: str, *, status: int, why: str, purpose: str) -> HttpResponse:
    known = purpose if purpose in set(Purpose) else "unknown"
    logger.warning("A signed link was refused: %s, for %s", why, known)
    return render(request, "pages/outside_refused.html", {"words": words}, status=status)
