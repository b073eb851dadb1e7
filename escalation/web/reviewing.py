"""Reading handoffs again: which wait, what the rubric says of one, and what leads agree on.

For leads and owners, over the routes of the teams they lead or own. Nothing here is about a person: the
author is told the words meant for them, and sees no answer.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from escalation.coaching.because import because
from escalation.coaching.behind import CLAIM, Number, Said, behind
from escalation.coaching.results import results
from escalation.coaching.rubric import MEANT_S, QUESTIONS
from escalation.coaching.sample import draw, waiting_for
from escalation.coaching.score import Answers, OwnHandoff, keep_example, score
from escalation.lifecycle.words import Status
from escalation.metrics.keep import catch_up
from escalation.models import GoodExample, Handoff, Review, ReviewSample, Route
from escalation.notices.choose import mark_words_seen
from escalation.web.access import WITH, PersonRequest, Role, page
from escalation.web.card import card_of
from escalation.web.items import said_on

LEADERS = (Role.LEAD, Role.OWNER)
SHOWN = 20
RESULTS_OF = timedelta(days=90)
LONGEST_S = 3600  # a page left open over lunch is not a review of two hours


class RubricForm(forms.Form):
    """The answers of one reader; the words to the author and the example are as one likes."""

    ask_clear = forms.TypedChoiceField(choices=Review.Answer.choices, coerce=int)
    traceable = forms.TypedChoiceField(choices=Review.Answer.choices, coerce=int)
    start_here = forms.TypedChoiceField(choices=Review.Answer.choices, coerce=int)
    level_one_could = forms.TypedChoiceField(
        choices=(("yes", "yes"), ("no", "no")),
        coerce=lambda said: said == "yes",
        required=False,
        empty_value=None,
    )
    comment = forms.CharField(max_length=500, required=False)
    example = forms.BooleanField(required=False)
    why = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """An example without a reason teaches nobody."""
        values = super().clean() or {}
        if values.get("example") and not values.get("why"):
            self.add_error("why", "Say in a line what is good about it.")
        return values


@page(*LEADERS)
@require_safe
def reviews(request: PersonRequest) -> HttpResponse:
    """This will list what waits to be read, and what the reviews of the last weeks come to."""
    routes, now = _routes(request), timezone.now()
    catch_up()
    draw(route_ids=routes, now=now)
    waiting = waiting_for(request.user, route_ids=routes, now=now)
    shown = Paginator(waiting, SHOWN).get_page(request.GET.get("page"))
    context = {
        "waiting": shown.object_list,
        "shown": shown,
        "results": results(route_ids=routes, since=now - RESULTS_OF),
        "meant": MEANT_S,
    }
    return render(request, "pages/reviews.html", context)


@page(*LEADERS)
@require_safe
def behind_it(request: PersonRequest, rubric: str, said: str) -> HttpResponse:
    """This will list the handoffs behind one number of the reviews."""
    question = QUESTIONS.get(rubric)
    if said not in set(Said) or (question is None and rubric != CLAIM):
        raise Http404
    now, number = timezone.now(), Number(key=rubric, said=Said(said))
    since, routes = now - RESULTS_OF, _routes(request)
    found = behind(number, route_ids=routes, since=since, by=request.user, now=now)
    shown = Paginator(found.shown, SHOWN).get_page(request.GET.get("page"))
    context = {"question": question, "said": number.said, "shown": shown, "kept_back": found.kept_back}
    return render(request, "pages/reviews_behind.html", context)


@page(*LEADERS)
@require_http_methods(["GET", "POST"])
def review_one(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show the card beside the rubric, or keep the answers and lead to the next."""
    handoff = _handoff(request, handoff_id)
    mine = Review.objects.filter(handoff=handoff, reviewer=request.user).first()
    form = RubricForm(request.POST if request.method == "POST" else None, initial=_first(handoff, mine))
    if request.method == "POST" and form.is_valid():
        return _keep(request, handoff, form.cleaned_data)
    now = timezone.now()
    card = card_of(handoff, zone=request.reader.zone, now=now)
    sample = ReviewSample.objects.filter(handoff=handoff).first()
    said = said_on(handoff, card)
    explained = because(handoff)
    context = {
        "handoff": handoff,
        "card": card,
        "said": said,
        "form": form,
        "rubric": [(form[key], each, explained[key]) for key, each in QUESTIONS.items()],
        "claim": said.verdict is not None and said.verdict.level_one_could,
        "sample": sample,
        "others": Review.objects.filter(handoff=handoff).exclude(reviewer=request.user).count(),
        "own": handoff.author_id == request.user.pk,
        "opened": request.POST.get("opened", "") or int(now.timestamp()),
        "meant": MEANT_S,
    }
    return render(request, "pages/review_one.html", context, status=422 if request.method == "POST" else 200)


@page()
@require_safe
def words_for_me(request: PersonRequest) -> HttpResponse:
    """This will list what leads said to the person about handoffs of their own."""
    rows = Review.objects.filter(handoff__author=request.user).exclude(comment="")
    found = rows.select_related("handoff", "reviewer").order_by("-reviewed_at")[:100]
    mark_words_seen(user=request.user, now=timezone.now())
    return render(request, "pages/words_for_me.html", {"words": found})


def _keep(request: PersonRequest, handoff: Handoff, said: dict[str, Any]) -> HttpResponse:
    now = timezone.now()
    opened = request.POST.get("opened", "")
    began = int(opened) if opened.isascii() and opened.isdecimal() and len(opened) <= 11 else 0
    answers = Answers(
        **{key: said[key] for key in QUESTIONS},
        level_one_could=said["level_one_could"],
        comment=" ".join(said["comment"].split()),
        seconds=min(max(0, int(now.timestamp()) - began), LONGEST_S),
    )
    try:
        score(handoff=handoff, answers=answers, by=request.user, now=now)
    except OwnHandoff as error:
        messages.warning(request, str(error))
        return redirect("reviews")
    if said["example"]:
        keep_example(handoff=handoff, why=said["why"], by=request.user, now=now)
    messages.success(
        request, f"Kept: {handoff.summary}.{' The author is told your words.' if answers.comment else ''}"
    )
    following = waiting_for(request.user, route_ids=_routes(request), now=now).first()
    return redirect("review_one", following.pk) if following else redirect("reviews")


def _routes(request: PersonRequest) -> tuple[int, ...]:
    mine = Route.objects.of_teams_of(request.user, roles=LEADERS)
    return tuple(mine.order_by("name").values_list("pk", flat=True))


def _handoff(request: PersonRequest, handoff_id: UUID) -> Handoff:
    sent = Handoff.objects.exclude(status__in=[Status.DRAFT, Status.DISCARDED]).select_related(*WITH)
    return get_object_or_404(sent.filter(route__in=_routes(request)), pk=handoff_id)


def _first(handoff: Handoff, mine: Review | None) -> dict[str, Any]:
    kept = GoodExample.objects.filter(handoff=handoff).first()
    first: dict[str, Any] = {"example": kept is not None, "why": kept.why if kept else ""}
    if mine is not None:
        could = {True: "yes", False: "no", None: ""}[mine.level_one_could]
        first |= {key: getattr(mine, key) for key in QUESTIONS}
        first |= {"comment": mine.comment, "level_one_could": could}
    return first
