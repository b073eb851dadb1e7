"""How does a person take or leave what a language model proposed for a draft?

Each press saves the whole form first, like any other button of it. A taken line is the person's from then on.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from escalation.capture import draft
from escalation.capture.preview import NoReceiver, preview
from escalation.drafting.ask import ask_again
from escalation.drafting.choose import LEFT, TAKEN, item_of, reading_of, settle
from escalation.models import CatalogRow, Handoff
from escalation.translation.draft import Question
from escalation.web.access import PersonRequest, draft_for, page
from escalation.web.pasting import change_with
from escalation.web.posted import whole_number

NO_QUESTION = "Nothing on the record asks for “{}” now. It is left for you to choose by hand."


@page()
@require_GET
def proposals(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show how far the model is."""
    handoff = draft_for(request, handoff_id)
    reading = reading_of(handoff, now=timezone.now())
    return render(request, "partials/proposals.html", {"reading": reading, "handoff": handoff})


@page()
@require_POST
def choose(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will take or leave one proposal, or have the model asked again."""
    return change_with(request, handoff_id, _choose)


def _choose(request: PersonRequest, handoff: Handoff, edit: draft.Edit) -> str:
    verb, _, rest = request.POST.get("proposal", "").partition(":")
    if verb == "take":
        edit = _taken(request, handoff, edit, whole_number(rest) or 0)
    draft.save(handoff=handoff, edit=edit, by=request.user, now=timezone.now())
    if verb == "again":
        ask_again(handoff=handoff)
    if verb == "leave":
        settle(handoff=handoff, number=whole_number(rest) or 0, verdict=LEFT)
    return ""


def _taken(request: PersonRequest, handoff: Handoff, edit: draft.Edit, number: int) -> draft.Edit:
    proposal = settle(handoff=handoff, number=number, verdict=TAKEN)
    if proposal is None:
        return edit
    if proposal["kind"] == "link":
        return _linked(request, handoff, edit, proposal)
    part, item = item_of(proposal, handoff=handoff)
    changed: dict[str, Any] = {part.value: (*edit.state.part(part), item)}
    messages.info(request, f"Taken: “{proposal['text'][:60]}”. It is yours now; change it as you like.")
    return replace(edit, state=replace(edit.state, **changed))


def _linked(
    request: PersonRequest, handoff: Handoff, edit: draft.Edit, proposal: dict[str, Any]
) -> draft.Edit:
    try:
        asked = preview(handoff=handoff).questions
    except NoReceiver:
        asked = ()
    field = next((each.field for each in asked if _asks_for(each, proposal["entry"], handoff)), "")
    if not field:
        messages.info(request, NO_QUESTION.format(proposal["text"]))
        return edit
    messages.info(request, f"Chosen: {proposal['text']}.")
    return replace(edit, answers={**edit.answers, field: proposal["entry"]})


def _asks_for(question: Question, entry_id: str, handoff: Handoff) -> bool:
    """Whether the entry is among a question's candidates, or of their kind."""
    values = [choice.value for choice in question.choices]
    rows = CatalogRow.objects.filter(connection=handoff.route.target, retired_at=None)
    kinds = rows.filter(remote_id__in=values).values("kind")
    return entry_id in values or rows.filter(remote_id=entry_id, kind__in=kinds).exists()
