"""How does a sender correct or complete what has been sent? The same form, beside it what would be sent.

What was confirmed is not on this page and cannot be changed from it: what leaves is the difference.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from escalation.capture import amend
from escalation.capture.amend_files import add_files, remove_file
from escalation.capture.draft import Edit, TooMuch, state_of
from escalation.capture.holds import Held
from escalation.capture.submit import Changed
from escalation.capture.window import Stale, window_saved_last
from escalation.guard.advice import private
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Amendment
from escalation.tools.registry import tool
from escalation.web.access import PersonRequest, page, sent_for
from escalation.web.edit import TROUBLE
from escalation.web.filing import file_in, say_taken, views_of
from escalation.web.moves import Done, carry_out
from escalation.web.posted import revision_of
from escalation.web.sheet import HALF, Sheet

PAGE = "pages/amend.html"


@page()
@require_POST
def begin(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will open the amendment's form."""
    handoff = sent_for(request, handoff_id)
    try:
        opened = amend.begin(handoff=handoff, by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.warning(request, str(error))
        return redirect("handoff", handoff.pk)
    return redirect("amendment", handoff.pk, opened.number)


@page(as_one=True)
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, handoff_id: UUID, number: int) -> HttpResponse:
    """This will show the form, or do what one of its buttons says."""
    amendment = _open(request, handoff_id, number)
    if amendment.sent_at is not None:
        return redirect("handoff", handoff_id)
    if request.method != "POST":
        return render(request, PAGE, _values(amendment, Sheet(handoff=amendment)))
    try:
        return _press(request, amendment, request.POST.get("do", "save"))
    except NotAllowedNow as error:
        # Sent or given up in another window since.
        messages.warning(request, str(error))
        return redirect("handoff", handoff_id)


@page()
@require_POST
def save(request: PersonRequest, handoff_id: UUID, number: int) -> HttpResponse:
    """This will save what was typed and answer with what would be sent now."""
    amendment = _open(request, handoff_id, number)
    sheet = Sheet(handoff=amendment, posted=request.POST)
    try:
        amendment = _saved(request, amendment, sheet)
    except Stale as stale:
        return render(request, TROUBLE, {"stale": stale, "here": _address(amendment)}, status=409)
    except TooMuch as error:
        return render(request, TROUBLE, {"refused": error}, status=413)
    except NotAllowedNow as error:
        raise Http404 from error
    values = _values(amendment, sheet, problems=sheet.messages)
    return render(request, f"{PAGE}#beside", values, status=422 if sheet.messages else 200)


def _press(request: PersonRequest, amendment: Amendment, do: str) -> HttpResponse:
    if do == "drop":
        amend.drop(amendment=amendment, by=request.user)
        messages.info(request, "Nothing was sent. What you sent before stands as it is.")
        return redirect("handoff", amendment.handoff_id)
    sheet = Sheet(handoff=amendment, posted=request.POST)
    done = carry_out(sheet.state(), do, folded=sheet.folded_lines) if sheet.valid and sheet.whole else None
    try:
        amendment = _saved(request, amendment, sheet, done=done)
    except (Stale, TooMuch) as error:
        return render(request, PAGE, _values(amendment, sheet, refused=error), status=409)
    if sheet.messages:
        return render(request, PAGE, _values(amendment, sheet, problems=sheet.messages), status=422)
    if not sheet.whole:
        messages.warning(request, HALF)
    elif do == "send":
        return _send(request, amendment)
    else:
        _files(request, amendment, do)
    return redirect("amendment", amendment.handoff_id, amendment.number)


def _files(request: PersonRequest, amendment: Amendment, do: str) -> None:
    """The presses of the file list; what was typed is saved already."""
    verb, _, rest = do.partition(":")
    if verb == "add_files":
        now = timezone.now()
        say_taken(
            request, lambda given: add_files(amendment=amendment, uploads=given, by=request.user, now=now)
        )
    elif verb == "remove_file" and (file := file_in(rest)) is not None:
        remove_file(amendment=amendment, file=file, by=request.user)


def _send(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    seen, reason = request.POST.get("fingerprint", ""), request.POST.get("reason", "")
    now = timezone.now()
    try:
        handoff = amend.send(amendment=amendment, fingerprint=seen, by=request.user, now=now, reason=reason)
    except (Changed, Held, NotAllowedNow, amend.NothingNew) as error:
        values = _values(amendment, Sheet(handoff=amendment), problems=(str(error),))
        values |= {"unsent": True, "asks_why": isinstance(error, Held) and not error.final}
        return render(request, PAGE, values, status=409)
    messages.success(request, f"On its way to {handoff.route.target}, marked as {_called(amendment)}.")
    return redirect("handoff", handoff.pk)


def _called(amendment: Amendment) -> str:
    return f"{amendment.get_kind_display().lower()} {amendment.number}"


def _saved(
    request: PersonRequest, amendment: Amendment, sheet: Sheet, *, done: Done | None = None
) -> Amendment:
    if sheet.overfull:
        raise TooMuch
    change = Edit(
        state=done.state if done else sheet.state(),
        revision=revision_of(request, sheet.revision),
        request=request.POST.get("window", ""),
        active_seconds=sheet.active_seconds,
    )
    saved = amend.save(amendment=amendment, edit=change, by=request.user, now=timezone.now())
    saved.handoff = amendment.handoff
    return saved


def _open(request: PersonRequest, handoff_id: UUID, number: int) -> Amendment:
    handoff = sent_for(request, handoff_id)
    mine = Amendment.objects.filter(handoff=handoff, by=request.user).select_related("by")
    found = get_object_or_404(mine, number=number)
    found.handoff = handoff
    return found


def _address(amendment: Amendment) -> str:
    return reverse("amendment", args=[amendment.handoff_id, amendment.number])


def _values(
    amendment: Amendment,
    sheet: Sheet,
    *,
    problems: tuple[str, ...] = (),
    refused: Exception | None = None,
) -> dict[str, Any]:
    return {
        "amendment": amendment,
        "handoff": amendment.handoff,
        "sheet": sheet,
        "revision": sheet.revision if refused else amendment.revision,
        "saved_from": window_saved_last(amendment),
        "problems": problems,
        "refused": refused,
        "stale": refused if isinstance(refused, Stale) else None,
        "here": _address(amendment),
        "leaving": amend.outgoing(amendment),
        "files": views_of(amendment.files.order_by("added_at", "pk")),
        "takes_files": tool(amendment.handoff.route.target.tool).files is not None,
        "secrets": private(state_of(amendment).stated()),
    }
