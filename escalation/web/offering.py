"""How does the form show the files of the ticket, and take them by one press?

The form itself asks no tool: with script the list comes a moment later, without it a button asks. A press
that takes files saves the form first, like any other.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_GET

from escalation.capture.file_kinds import ENDINGS
from escalation.capture.offered import Offer, files_role, look, offered, take_offered, taken_ids
from escalation.models import Handoff
from escalation.models.attachment import LARGEST_FILE
from escalation.web.access import PersonRequest, draft_for, page
from escalation.web.filing import say_done

VERBS: Final = frozenset({"take_offered", "take_all_offered", "look_for_files"})
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
UNNAMED: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferView:
    """One file of the ticket as the form lists it; ``why_not`` says why it cannot be taken."""

    file_id: str
    name: str
    facts: str  # kind and size
    taken: bool
    why_not: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferedView:
    """What hangs on the ticket; ``looked_at`` is None while nobody has asked."""

    number: str
    tool: str
    files: tuple[OfferView, ...]
    looked_at: datetime | None
    trouble: str

    @property
    def open(self) -> tuple[OfferView, ...]:
        """Those that a press would take."""
        return tuple(each for each in self.files if not each.taken and not each.why_not)


def offered_view(handoff: Handoff) -> OfferedView | None:
    """This will lay out what is known of the ticket's files; None where there is no ticket to hold any."""
    if files_role(handoff) is None:
        return None
    seen, taken = offered(handoff), taken_ids(handoff)
    return OfferedView(
        number=handoff.source_number or handoff.source_reference,
        tool=str(handoff.route.source),
        files=tuple(_view(each, taken=each.file_id in taken) for each in seen.files),
        looked_at=seen.looked_at,
        trouble=seen.trouble,
    )


@page()
@require_GET
def offered_files(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will ask the tool once and show the list; later ones show what was seen then."""
    handoff = draft_for(request, handoff_id)
    if offered(handoff).looked_at is None:
        look(handoff=handoff, now=timezone.now())
    return render(
        request, "partials/offered.html", {"handoff": handoff, "from_ticket": offered_view(handoff)}
    )


def press(request: PersonRequest, handoff: Handoff, do: str) -> None:
    """This will do what a button of the list says, and say what came of it."""
    verb, _, file_id = do.partition(":")
    now = timezone.now()
    if verb == "look_for_files":
        look(handoff=handoff, now=now)
        return
    view = offered_view(handoff)
    ids = tuple(each.file_id for each in view.open) if view else ()
    if verb == "take_offered":
        ids = tuple(each for each in ids if each == file_id)
    done = take_offered(handoff=handoff, file_ids=ids, by=request.user, now=now)
    say_done(request, done)
    if done.kept:
        messages.success(request, f"Taken from the ticket: {', '.join(each.name for each in done.kept)}.")


def _view(offer: Offer, *, taken: bool) -> OfferView:
    kind = kind_of(offer.name, offer.content_type)
    size = filesizeformat(offer.size) if offer.size else ""
    return OfferView(
        file_id=offer.file_id,
        name=offer.name or "a file without a name",
        facts=" · ".join(filter(None, (kind or offer.content_type, size))),
        taken=taken,
        why_not="" if taken else _why_not(offer, kind),
    )


def _why_not(offer: Offer, kind: str) -> str:
    if offer.suspect:
        return "The tool found malware in it."
    if offer.waiting:
        return "The tool is still looking for malware in it: look again in a few minutes."
    if offer.size > LARGEST_FILE:
        return "More than 10 MB: say where it lies."
    return "" if kind else "Baton cannot look into this kind: add a screenshot, or say where it lies."


def kind_of(name: str, content_type: str) -> str:
    """This will say what a file seems to be, "" where it is of no kind that can be looked into.

    Only what the tool and the name say; once it is here, its content decides.
    """
    bare, ending = content_type.partition(";")[0].strip().lower(), PurePath(name).suffix.lower()
    if bare in PICTURES:
        return "picture"
    if ending == ".har":
        return "browser recording"
    if bare.startswith("text/") or bare in {"application/json", "application/xml"} or ending in ENDINGS:
        return "text"
    return "kind unknown" if bare in UNNAMED and not ending else ""
