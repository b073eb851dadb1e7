"""How do files come onto the form, go again, and how does a browser get one?

A file is given out as something to save, never to show, to whoever may see its handoff; only the small
picture that Baton made itself stands on a page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalation.capture.draft import later_of, state_of
from escalation.capture.file_kinds import thumbnail
from escalation.capture.take_files import Taken, Upload, point, put_file_back, remove_file, take_files
from escalation.models import Attachment, Handoff
from escalation.models.attachment import LARGEST_FILE
from escalation.web.access import PersonRequest, handoff_for, page
from escalation.web.sheet import labels

VERBS = frozenset({"add_files", "remove_file", "put_file_back"})
# Whatever a file holds, a browser that opens it all the same runs nothing of it.
SANDBOX = "sandbox; default-src 'none'"
SHOWS = "file-item-"


@dataclass(frozen=True, kw_only=True, slots=True)
class FileView:
    """One file as the form lists it."""

    id: str
    name: str
    size: str
    picture: bool
    stripped: str
    item: str


def files_of(handoff: Handoff) -> tuple[FileView, ...]:
    """This will return the files that travel."""
    return views_of(handoff.attachments.travelling())


def views_of(rows: Iterable[Attachment]) -> tuple[FileView, ...]:
    """This will lay files out for the page's list."""
    return tuple(
        FileView(
            id=str(each.pk),
            name=each.name,
            size=filesizeformat(each.size),
            picture=each.content_type.startswith("image/"),
            stripped=each.stripped,
            item=each.item,
        )
        for each in rows
    )


def lines_of(handoff: Handoff) -> tuple[tuple[str, str], ...]:
    """This will return the id and label of every line that a file can be evidence of."""
    state = state_of(handoff)
    return tuple(labels(state, later=later_of(handoff)).items())


def press(request: PersonRequest, handoff: Handoff, do: str) -> str:
    """This will do what a button of the file list says; returns the press that takes it back, or ""."""
    verb, _, rest = do.partition(":")
    if verb == "add_files":
        _add(request, handoff)
    elif (file := file_in(rest)) is not None:
        if verb == "put_file_back":
            put_file_back(handoff=handoff, file=file, by=request.user)
        elif remove_file(handoff=handoff, file=file, by=request.user, now=timezone.now()):
            return f"put_file_back:{file}"
    return ""


def say_what_they_show(request: PersonRequest, handoff: Handoff) -> None:
    """This will keep which line each file is evidence of, as the form says."""
    said = {
        file: str(request.POST.get(key))
        for key in request.POST
        if key.startswith(SHOWS) and (file := file_in(key.removeprefix(SHOWS))) is not None
    }
    if said:
        point(handoff=handoff, items=said, by=request.user)


@page()
@require_safe
def file(request: PersonRequest, handoff_id: UUID, file_id: UUID) -> HttpResponse:
    """This will give the file out for saving."""
    row = _visible(request, handoff_id, file_id)
    answer = HttpResponse(row.body, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    return _harmless(answer)


@page()
@require_safe
def small(request: PersonRequest, handoff_id: UUID, file_id: UUID) -> HttpResponse:
    """This will show a picture small, as Baton drew it."""
    row = _visible(request, handoff_id, file_id)
    if not row.content_type.startswith("image/"):
        raise Http404
    return _harmless(HttpResponse(thumbnail(row.body), content_type="image/png"))


def _add(request: PersonRequest, handoff: Handoff) -> None:
    item = request.POST.get("files_for", "")
    now = timezone.now()
    say_taken(
        request, lambda given: take_files(handoff=handoff, uploads=given, item=item, by=request.user, now=now)
    )


def say_taken(request: PersonRequest, take: Callable[[tuple[Upload, ...]], Taken]) -> None:
    """This will have the posted files taken, and say what was refused and what they led to."""
    given = request.FILES.getlist("files")
    for each in given:
        if (each.size or 0) > LARGEST_FILE:
            messages.warning(request, f"“{each.name}” has more than 10 MB. Cut it to what shows the problem.")
    uploads = tuple(
        Upload(name=each.name or "file", body=each.read())
        for each in given
        if (each.size or 0) <= LARGEST_FILE
    )
    say_done(request, take(uploads))
    if not given:
        messages.info(request, "Choose a file first, or drop one on the form.")


def say_done(request: PersonRequest, done: Taken) -> None:
    """This will say which files were refused and what those that were kept led to."""
    for sentence in done.refused:
        messages.warning(request, sentence)
    if done.suggestions:
        waiting = "1 suggestion from it waits"
        if done.suggestions > 1:
            waiting = f"{done.suggestions} suggestions from it wait"
        messages.info(request, f"{waiting} among the diagnostic results.")


def _visible(request: PersonRequest, handoff_id: UUID, file_id: UUID) -> Attachment:
    # What comes with a correction that nobody has sent is its author's alone.
    mine = Q(amendment=None) | Q(amendment__sent_at__isnull=False) | Q(amendment__by=request.user)
    return get_object_or_404(handoff_for(request, handoff_id).attachments.filter(mine), pk=file_id)


def _harmless(answer: HttpResponse) -> HttpResponse:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def file_in(text: str) -> UUID | None:
    """This will read a file's id from a press; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
