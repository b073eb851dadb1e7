"""How does somebody ask a team first, and how does the team answer? One field each, beside the card."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalation.capture.draft import state_of
from escalation.guard.redaction import redact_state
from escalation.knowledge.codec import from_json
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Consult, Team
from escalation.reception import consult as consulting
from escalation.reception.ask_back import NothingSaid
from escalation.web.access import PersonRequest, draft_for, page
from escalation.web.card import card_from


class AskForm(forms.Form):
    """One question to one of the teams that the person hands off to."""

    team = forms.ModelChoiceField(queryset=Team.objects.none(), empty_label=None)
    question = forms.CharField(
        max_length=consulting.LONGEST_QUESTION,
        error_messages={"required": "Write the question first."},
    )


@page()
@require_http_methods(["GET", "POST"])
def ask(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show what the team would see, with one field for the question, or ask it."""
    handoff = draft_for(request, handoff_id)
    form = AskForm(request.POST or None, initial={"team": handoff.route.receiver_id})
    teams = Team.objects.filter(routes_in__sender__memberships__user=request.user, routes_in__active=True)
    form.fields["team"].queryset = teams.distinct().order_by("name")  # type: ignore[attr-defined]
    if form.is_valid():
        values = form.cleaned_data
        try:
            asked = consulting.ask_first(handoff=handoff, by=request.user, now=timezone.now(), **values)
        except (NotAllowedNow, NothingSaid) as error:
            form.add_error("question", str(error))
        else:
            messages.success(request, f"Asked. {asked.team} sees your question with all that is known.")
            return redirect("consult", asked.pk)
    clean, _ = redact_state(state_of(handoff))
    card = card_from(clean, zone=request.reader.zone, now=timezone.now())
    context = {"handoff": handoff, "form": form, "card": card}
    return render(request, "pages/ask_first.html", context, status=422 if form.errors else 200)


@page()
@require_safe
def show(request: PersonRequest, consult_id: int) -> HttpResponse:
    """This will show the question, the state it was asked with, and the answer."""
    consult = _consult_for(request, consult_id)
    context = {
        "consult": consult,
        "mine": consult.by_id == request.user.pk,
        "answers": consult.team.memberships.filter(user=request.user).exists(),
        "card": card_from(from_json(consult.state), zone=request.reader.zone, now=timezone.now()),
    }
    return render(request, "pages/consult.html", context)


@page()
@require_POST
def answer(request: PersonRequest, consult_id: int) -> HttpResponse:
    """This will answer as one of the team that was asked."""
    consult = get_object_or_404(Consult, pk=consult_id, team__in=teams_of(request))

    def act() -> object:
        text = request.POST.get("answer", "")
        return consulting.answer_first(consult=consult, text=text, by=request.user, now=timezone.now())

    return _do(request, consult, act, f"Answered. {consult.by.get_full_name()} sees it now.")


@page()
@require_POST
def hand_over(request: PersonRequest, consult_id: int) -> HttpResponse:
    """This will make it a handoff that inherits everything, and open what would be sent."""
    consult = get_object_or_404(Consult, pk=consult_id, by=request.user)
    try:
        draft = consulting.hand_over(consult=consult, by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.warning(request, str(error))
        return redirect("consult", consult.pk)
    messages.success(request, "Everything that is known is in it, the answer too. Look, then send.")
    return redirect("review", draft.pk)


@page()
@require_POST
def settle(request: PersonRequest, consult_id: int) -> HttpResponse:
    """This will end the question as solved."""
    consult = get_object_or_404(Consult, pk=consult_id, by=request.user)

    def act() -> object:
        return consulting.settle(consult=consult, by=request.user, now=timezone.now())

    return _do(request, consult, act, "Solved without a handoff. The draft is put aside.")


def _do(request: PersonRequest, consult: Consult, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except (NotAllowedNow, NothingSaid) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return redirect("consult", consult.pk)


def teams_of(request: PersonRequest) -> list[int]:
    """This will return the ids of the person's teams."""
    return sorted(request.reader.team_ids)


def _consult_for(request: PersonRequest, consult_id: int) -> Consult:
    """A question is seen by who asked it and by the team that was asked; 404 for everybody else."""
    related = ("team", "by", "answered_by", "handoff__route__receiver", "handoff__route__sender")
    seen = Consult.objects.filter(Q(by=request.user) | Q(team__in=teams_of(request)))
    return get_object_or_404(seen.select_related(*related), pk=consult_id)


def asked_of(request: PersonRequest) -> tuple[Consult, ...]:
    """This will return what waits for an answer of the person's teams."""
    waits = Consult.objects.filter(team__in=teams_of(request), answered_at=None, ended_at=None)
    waits = waits.filter(handoff__status="draft").select_related("handoff", "by", "team")
    return tuple(waits.order_by("at"))


def asked_by(request: PersonRequest) -> tuple[Consult, ...]:
    """This will return the person's own questions that have not ended."""
    own = Consult.objects.filter(by=request.user, ended_at=None, handoff__status="draft")
    return tuple(own.select_related("handoff", "team").order_by("-at"))
