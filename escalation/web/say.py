"""What can the receiver say without moving the handoff? Each press is one line, and the sender sees it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff, ItemMark, Verdict
from escalation.reception import ask_back, verdict
from escalation.reception import mark as marking
from escalation.reception import promise as promising
from escalation.reception import read_back as reading_back
from escalation.web.access import PersonRequest, page, received_for
from escalation.web.prevented import prevented_in

Act = Callable[[Handoff], Any]
# What can be wrong with what was said; the text of each is said to the person.
UNSAYABLE = (NotAllowedNow, promising.NoTime, ask_back.NothingSaid)


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


@page()
@require_POST
def ask(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will ask back for an item, a part or the whole."""
    return _say(
        request,
        handoff_id,
        lambda handoff: ask_back.ask(
            handoff=handoff, asked=asked_in(request.POST, handoff), by=request.user, now=timezone.now()
        ),
        "Asked. It stays with you; the answer comes back to this card.",
    )


@page()
@require_POST
def read_back(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will say the ask back in one line."""
    words = request.POST.get("read_back", "")
    return _say(
        request,
        handoff_id,
        lambda handoff: reading_back.read_back(
            handoff=handoff, words=words, by=request.user, now=timezone.now()
        ),
        "Level One sees how you understood it.",
    )


@page()
@require_POST
def mark(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will set or take away one mark of one item."""
    word, _, wanted = request.POST.get("mark", "").partition(":")
    item_id = request.POST.get("item", "")

    def act(handoff: Handoff) -> object:
        if word not in ItemMark.Kind:
            raise ask_back.NothingSaid("There is no such mark.")
        kind = ItemMark.Kind(word)
        if wanted == "off":
            return marking.unmark(handoff=handoff, item_id=item_id, kind=kind)
        return marking.mark(handoff=handoff, item_id=item_id, kind=kind, by=request.user, now=timezone.now())

    return _say(request, handoff_id, act, "", anchor=f"{urlencode({'': item_id})[1:]}")


@page()
@require_POST
def learned(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will say what it was, after the tool has resolved it."""
    found = found_in(request.POST)
    return _say(
        request,
        handoff_id,
        lambda handoff: verdict.give(handoff=handoff, found=found, by=request.user, now=timezone.now()),
        "Cause and fix are back with Level One.",
    )


def asked_in(posted: QueryDict, handoff: Handoff) -> ask_back.Asked:
    """This will read a question; ``about`` is "item:id", "part:name" or "" for the whole."""
    kind, _, name = posted.get("about", "").partition(":")
    return ask_back.Asked(
        text=posted.get("question", ""),
        part=name if kind == "part" else "",
        item_id=name if kind == "item" else "",
        prevented=prevented_in(posted, handoff),
    )


def found_in(posted: QueryDict) -> verdict.Found:
    """This will read cause, fix, and how far the guess was right."""
    guess = posted.get("guess", "")
    return verdict.Found(
        cause=posted.get("cause", "").strip()[:500],
        fix=posted.get("fix", "").strip()[:500],
        guess=guess if guess in Verdict.Guess else "",
        level_one_could="level_one_could" in posted,
    )


def _say(request: PersonRequest, handoff_id: UUID, act: Act, done: str, *, anchor: str = "") -> HttpResponse:
    handoff = received_for(request, handoff_id)
    try:
        act(handoff)
    except UNSAYABLE as error:
        messages.warning(request, str(error))
    else:
        if done:
            messages.success(request, done)
    response = redirect("intake", handoff_id)
    if anchor:
        # Back to the line that was marked, with the list open.
        response["Location"] += f"?open=yes#item-{anchor}"
    return response
