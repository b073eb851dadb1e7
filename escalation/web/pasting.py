"""How is something pasted into a draft, and taken back? Two presses of the form that also save all of it.

A refused paste comes back in its box: nothing that was typed or pasted is ever lost with an answer.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.capture import draft
from escalation.capture.paste import paste as take_in
from escalation.capture.paste import unpaste as take_back
from escalation.capture.prefill import TooLong
from escalation.capture.window import Stale
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff
from escalation.web.access import PersonRequest, draft_for, page
from escalation.web.answers import answers_in
from escalation.web.edit import ELSEWHERE, PAGE, edit_of, page_values
from escalation.web.sheet import Sheet


@page()
@require_POST
def paste(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will add suggestions from the pasted text."""
    return change_with(request, handoff_id, _paste)


@page()
@require_POST
def unpaste(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will take a whole paste back."""
    return change_with(request, handoff_id, _unpaste)


def change_with(
    request: PersonRequest, handoff_id: UUID, change: Callable[[PersonRequest, Handoff, draft.Edit], str]
) -> HttpResponse:
    """This will save the whole posted form through ``change``, which returns the query to go on with."""
    handoff = draft_for(request, handoff_id)
    sheet = Sheet(handoff=handoff, posted=request.POST)
    answers = answers_in(request.POST, handoff=handoff)
    problems = (*sheet.messages, *answers.messages)
    try:
        edit = edit_of(request, sheet, answers)
        if problems:
            saved = draft.save(handoff=handoff, edit=edit, by=request.user, now=timezone.now())
            saved.route = handoff.route
            return render(request, PAGE, page_values(request, saved, sheet, problems=problems), status=422)
        query = change(request, handoff, edit)
    except (Stale, draft.TooMuch, TooLong) as error:
        return render(request, PAGE, page_values(request, handoff, sheet, refused=error), status=409)
    except NotAllowedNow:
        messages.warning(request, ELSEWHERE)
        return redirect("handoff", handoff.pk)
    return redirect(f"{reverse('edit', args=[handoff.pk])}{query}#main")


def _paste(request: PersonRequest, handoff: Handoff, edit: draft.Edit) -> str:
    text = request.POST.get("paste", "")
    done = take_in(handoff=handoff, edit=edit, text=text, by=request.user, now=timezone.now())
    if not done.count:
        messages.info(request, "Nothing new was found in what you pasted. It stands in the conversation.")
    return f"?pasted={done.reference}&found={done.count}"


def _unpaste(request: PersonRequest, handoff: Handoff, edit: draft.Edit) -> str:
    reference = request.POST.get("pasted", "")
    take_back(handoff=handoff, edit=edit, reference=reference, by=request.user, now=timezone.now())
    messages.info(request, "The paste was taken back. What you had accepted of it is kept.")
    return ""
