"""How is a draft filled in? One form for everything; each request saves all of it.

``save`` answers the page's script after every pause in typing; ``edit`` does the same for the form's own
buttons. Both save first: no answer of theirs ever means that typed words are gone.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from escalation.capture import draft, urgent
from escalation.capture.answering import found_by_name
from escalation.capture.asked import template_of
from escalation.capture.holds import Held
from escalation.capture.known import known
from escalation.capture.onward import routes_after
from escalation.capture.preview import NoReceiver
from escalation.capture.window import Stale, window_saved_last
from escalation.drafting.choose import reading_of
from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Status
from escalation.models import Handoff
from escalation.web import filing, offering
from escalation.web.access import PersonRequest, draft_for, handoff_for, page
from escalation.web.answers import Answers, answers_in
from escalation.web.asking import asked_in, asked_view, category_unknown
from escalation.web.beside import beside, conversation_view
from escalation.web.choices import CHOICES
from escalation.web.drifting import drift_line
from escalation.web.moves import Done, carry_out
from escalation.web.posted import revision_of, whole_number
from escalation.web.sheet import HALF, Sheet

PAGE = "pages/edit.html"
TROUBLE = "partials/trouble.html"  # what both forms say when a save was refused
ELSEWHERE = "This draft was sent or discarded in another window. What you typed here since then is not in it."


@page()
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show the form, or do what one of its buttons says."""
    handoff = handoff_for(request, handoff_id)
    if handoff.author_id == request.user.pk and handoff.status != Status.DRAFT:
        if request.method == "POST":
            messages.warning(request, ELSEWHERE)
        return redirect("handoff", handoff.pk)
    handoff = draft_for(request, handoff_id)
    if request.method == "POST":
        try:
            return _press(request, handoff)
        except NotAllowedNow:
            messages.warning(request, ELSEWHERE)
            return redirect("handoff", handoff.pk)
    return render(request, PAGE, page_values(request, handoff, Sheet(handoff=handoff)))


@page()
@require_POST
def save(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will save what was typed and answer with what stands beside the form now."""
    handoff = draft_for(request, handoff_id)
    sheet = Sheet(handoff=handoff, posted=request.POST)
    answers = answers_in(request.POST, handoff=handoff)
    try:
        handoff = _saved(request, handoff, sheet, answers)
    except Stale as stale:
        here = reverse("edit", args=[handoff.pk])
        return render(request, TROUBLE, {"stale": stale, "here": here}, status=409)
    except draft.TooMuch as error:
        return render(request, TROUBLE, {"refused": error}, status=413)
    except NotAllowedNow as error:
        raise Http404 from error  # as for a page that is opened after it was sent
    problems = (*sheet.messages, *answers.messages)
    shown = whole_number(request.POST.get("shown", ""))
    values = beside(handoff=handoff, zone=request.reader.zone, now=timezone.now(), shown=shown)
    context = {"problems": problems, **values}
    return render(request, f"{PAGE}#beside", context, status=422 if problems else 200)


@page()
@require_GET
def pick(request: PersonRequest, handoff_id: UUID, field: str) -> HttpResponse:
    """This will look a name up for an open question."""
    handoff = draft_for(request, handoff_id)
    words = request.GET.get(f"other-{field}", "").strip()
    like = tuple(request.GET.getlist("like"))
    rows = found_by_name(connection=handoff.route.target, words=words, like=like) if len(words) > 1 else ()
    return render(request, f"{PAGE}#picked", {"rows": rows, "field": field, "words": words})


@page()
@require_POST
def discard(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will put a draft aside."""
    try:
        handoff = draft.discard(handoff=draft_for(request, handoff_id), by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.warning(request, str(error))
        return redirect("handoff", handoff_id)
    messages.success(request, f"Discarded “{handoff.summary or 'the empty draft'}”. It is kept for 30 days.")
    return redirect("desk")


@page()
@require_POST
def restore(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will take a discarded draft up again."""
    handoff = handoff_for(request, handoff_id)
    try:
        draft.restore(handoff=handoff, by=request.user, now=timezone.now())
    except NotAllowedNow as error:
        messages.warning(request, str(error))
        return redirect("handoff", handoff.pk)
    return redirect("edit", handoff.pk)


def _press(request: PersonRequest, handoff: Handoff) -> HttpResponse:
    do = request.POST.get("do", "save")
    sheet = Sheet(handoff=handoff, posted=request.POST)
    answers = answers_in(request.POST, handoff=handoff)
    done = Done(state=sheet.state())
    if sheet.valid and sheet.whole:
        done = carry_out(done.state, do, folded=sheet.folded_lines)
    try:
        handoff = _saved(request, handoff, sheet, answers, done=done)
    except (Stale, draft.TooMuch) as error:
        return render(request, PAGE, page_values(request, handoff, sheet, refused=error), status=409)
    unknown = category_unknown(request.POST, sheet.template)
    if problems := (*sheet.messages, *answers.messages, *unknown):
        return render(request, PAGE, page_values(request, handoff, sheet, problems=problems), status=422)
    if not sheet.whole:
        messages.warning(request, HALF)
        return redirect("edit", handoff.pk)
    return _follow(request, handoff, sheet, do) or _stay(request, handoff, done)


def _follow(request: PersonRequest, handoff: Handoff, sheet: Sheet, do: str) -> HttpResponse | None:
    """The presses that do more than save a changed line."""
    verb, _, rest = do.partition(":")
    if verb == "review":
        return redirect("review", handoff.pk)
    if verb == "send_now":
        return _send_now(request, handoff, sheet)
    if verb in CHOICES:
        return CHOICES[verb](request, handoff, rest)
    if verb in offering.VERBS:
        offering.press(request, handoff, do)
        return redirect("edit", handoff.pk)  # to its top, where what came of it is said
    if verb in filing.VERBS:
        undo = filing.press(request, handoff, do)
        return redirect(f"{reverse('edit', args=[handoff.pk])}{_undo(undo)}#files")
    return None


def _stay(request: PersonRequest, handoff: Handoff, done: Done) -> HttpResponse:
    if done.words:
        messages.info(request, done.words)
    address = reverse("edit", args=[handoff.pk])
    return redirect(f"{address}{_undo(done.undo)}#{f'part-{done.part}' if done.part else 'main'}")


def _undo(press: str) -> str:
    return f"?{urlencode({'undo': press})}" if press else ""


def _send_now(request: PersonRequest, handoff: Handoff, sheet: Sheet) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        urgent.send_now(handoff=handoff, by=request.user, now=timezone.now(), reason=reason)
    except Held as error:
        unsent, asks_why = error.messages, not error.final
    except NoReceiver as error:
        unsent, asks_why = (str(error),), False
    else:
        return redirect("handoff", handoff.pk)
    values = page_values(request, handoff, sheet, problems=unsent)
    values |= {"unsent": True, "asks_why": asks_why, "reason": reason}
    return render(request, PAGE, values, status=422)


def _saved(
    request: PersonRequest, handoff: Handoff, sheet: Sheet, answers: Answers, *, done: Done | None = None
) -> Handoff:
    change = edit_of(request, sheet, answers)
    if done:
        change = replace(change, state=done.state)
    saved = draft.save(handoff=handoff, edit=change, by=request.user, now=timezone.now())
    filing.say_what_they_show(request, saved)
    # The saved row comes back without the joins that the page reads.
    saved.route = handoff.route
    saved.template = template_of(handoff)
    return saved


def edit_of(request: PersonRequest, sheet: Sheet, answers: Answers) -> draft.Edit:
    """This will say what a posted page wants to save; raises ``TooMuch``."""
    if sheet.overfull:
        raise draft.TooMuch
    return draft.Edit(
        state=sheet.state(),
        answers=answers.values,
        revision=revision_of(request, sheet.revision),
        request=request.POST.get("window", ""),
        active_seconds=sheet.active_seconds,
        **asked_in(request.POST, sheet.template),
    )


def page_values(
    request: PersonRequest,
    handoff: Handoff,
    sheet: Sheet,
    *,
    problems: tuple[str, ...] = (),
    refused: Exception | None = None,
) -> dict[str, Any]:
    """This will return the template's values for the whole form."""
    return {
        "sheet": sheet,
        # Of a refused page: the one it was made from, so that a second press is refused as well.
        "revision": sheet.revision if refused else handoff.revision,
        "saved_from": window_saved_last(handoff),
        "problems": problems,
        "refused": refused,
        "stale": refused if isinstance(refused, Stale) else None,
        "here": reverse("edit", args=[handoff.pk]),
        "undo": request.GET.get("undo", ""),
        "pasted": request.GET.get("pasted", ""),
        "found": whole_number(request.GET.get("found", "")) or 0,
        "paste": request.POST.get("paste", ""),
        "known": (found := known(handoff=handoff)),
        "further": routes_after(handoff.route),
        "drifted": drift_line(handoff.route),
        "asked": asked_view(handoff, sheet.template, alike=found.alike, typed=request.POST.get("category")),
        "files": filing.files_of(handoff),
        "file_lines": filing.lines_of(handoff),
        "from_ticket": offering.offered_view(handoff),
        "said": conversation_view(handoff),
        "reading": reading_of(handoff, now=timezone.now()),
        "notes": (handoff.conversation or {}).get("notes", ()),
        **beside(
            handoff=handoff,
            zone=request.reader.zone,
            now=timezone.now(),
            shown=whole_number((request.POST or request.GET).get("shown", "")),
        ),
    }
