"""What does the sender answer to the receiver or set right, and what does it tell the user?

A public reply is always a person's press: first the page that names who will see it, then the send.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from escalation.capture.draft import state_of
from escalation.drafting.choose import line_for
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff, Question
from escalation.outbox.reply import LONGEST_REPLY, TellMeFirst, can_reply, replies, reply_to_user
from escalation.reception import ask_back
from escalation.reception import reopen as reopening
from escalation.reception import set_right as correcting
from escalation.timeline.read import lines
from escalation.web.access import PersonRequest, handoff_for, page, sent_for


class ReplyForm(forms.Form):
    """What the user will read; ``after`` is how many replies the page knew of."""

    text = forms.CharField(max_length=LONGEST_REPLY, widget=forms.Textarea)
    after = forms.IntegerField(min_value=0, max_value=100_000)


@page()
@require_POST
def answer(request: PersonRequest, handoff_id: UUID, question_id: int) -> HttpResponse:
    """This will answer one question that the receiver asked back."""
    handoff = sent_for(request, handoff_id)
    question = get_object_or_404(Question, handoff=handoff, pk=question_id)
    try:
        ask_back.answer(
            question=question, text=request.POST.get("answer", ""), by=request.user, now=timezone.now()
        )
    except (NotAllowedNow, ask_back.NothingSaid) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Answered. {handoff.route.receiver} has it on the card and in its record.")
    return redirect("handoff", handoff.pk)


@page()
@require_POST
def set_right(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will correct how the receiver read the ask back."""
    handoff = sent_for(request, handoff_id)
    words = request.POST.get("words", "")
    try:
        correcting.set_right(handoff=handoff, words=words, by=request.user, now=timezone.now())
    except (NotAllowedNow, ask_back.NothingSaid) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"{handoff.route.receiver} is told, here and in its record.")
    return redirect("handoff", handoff.pk)


@page()
@require_POST
def reopen(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will open an ended handoff again; either side may."""
    handoff = handoff_for(request, handoff_id)
    why = request.POST.get("why", "")
    try:
        reopening.reopen(handoff=handoff, why=why, by=request.user, now=timezone.now())
    except (NotAllowedNow, ask_back.NothingSaid) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Open again. {handoff.route.receiver} is told, here and in its record.")
    return redirect("handoff", handoff.pk)


@page(as_one=True)
@require_http_methods(["GET", "POST"])
def reply(request: PersonRequest, handoff_id: UUID, sequence: int) -> HttpResponse:
    """This will show a line as the user would read it, or send it."""
    handoff = sent_for(request, handoff_id)
    line = next((each for each in lines(handoff=handoff, after=sequence - 1)[:1] if each.sayable), None)
    if line is None or line.sequence != sequence or not can_reply(handoff):
        raise Http404
    if request.method != "POST":
        theirs, rests_on, model = line_for(handoff, sequence)
        asked_for_theirs = bool(theirs) and request.GET.get("draft") == "model"
        draft = theirs if asked_for_theirs else line.details.get("user_line") or line.sayable
        form = ReplyForm(initial={"text": draft, "after": replies(handoff)})
        machine = {"text": theirs, "quote": rests_on, "model": model, "chosen": asked_for_theirs}
        context = _context(handoff, form) | {"line": line, "machine": machine}
        return render(request, "pages/reply.html", context)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return render(request, "pages/reply.html", _context(handoff, form), status=422)
    values = form.cleaned_data
    try:
        reply_to_user(
            handoff=handoff, text=values["text"], after=values["after"], by=request.user, now=timezone.now()
        )
    except TellMeFirst as error:
        form = ReplyForm(initial={"text": values["text"], "after": replies(handoff)})
        return render(request, "pages/reply.html", _context(handoff, form, error=str(error)), status=409)
    messages.success(request, f"Goes to the user in {handoff.route.source} now.")
    return redirect("handoff", handoff.pk)


def _context(handoff: Handoff, form: ReplyForm, *, error: str = "") -> dict[str, object]:
    source = state_of(handoff).source
    return {
        "handoff": handoff,
        "form": form,
        "error": error,
        "requester": source.requester if source else "",
        "number": handoff.source_number or handoff.source_reference,
    }
