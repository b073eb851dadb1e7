"""How does a draft change, and what keeps two windows from overwriting each other?

Every save names the revision it started from. A save from an older one is refused and nothing is
written, unless it goes on from its own window's (``capture.window``); whoever made it still has everything on
the page and is told.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from escalation.capture.reading import understood
from escalation.capture.window import already_saved, remember
from escalation.knowledge.codec import conversation_from_json, from_json, to_json
from escalation.knowledge.conversation import Conversation
from escalation.knowledge.state import KnowledgeState
from escalation.lifecycle.table import NotAllowedNow, after
from escalation.lifecycle.words import Move, Status
from escalation.models import Amendment, Handoff

MOST_ITEMS = 500
MOST_SECONDS = 30 * 24 * 60 * 60  # of work in one form; a page that counts more counts wrongly


SAVED = (
    "state",
    "summary",
    "answers",
    "active_seconds",
    "template",
    "category",
    "extras",
    "revision",
    "saved_from",
    "saved_at",
)


class TooMuch(Exception):
    """The draft holds more than a person can read; the text says the bound."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message or f"A handoff holds at most {MOST_ITEMS} lines. Attach long lists as a file."
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """What a page wants to save."""

    state: KnowledgeState
    revision: int  # the one the page was made from
    request: str = ""  # which window asks, and the number among its requests: ``capture.window``
    answers: Mapping[str, str] = field(default_factory=dict)
    active_seconds: int = 0  # in total, as the page counted it
    category: str | None = None  # None where the page does not ask
    extras: Mapping[str, str] | None = None  # the template's own fields; None where the page shows none


def save(*, handoff: Handoff, edit: Edit, by: User, now: datetime) -> Handoff:
    """This will save the edit; raises ``Stale``, ``TooMuch`` or ``NotAllowedNow``.

    What was read a moment ago is nearly always what stands there still: then one conditional UPDATE is all.
    """
    saved = _at_once(handoff, edit, by=by, now=now)
    return _with_lock(handoff, edit, by=by, now=now) if saved is None else saved


def _at_once(handoff: Handoff, edit: Edit, *, by: User, now: datetime) -> Handoff | None:
    """Save upon the row as the caller read it; None where it is another by now, and nothing was written."""
    if edit.revision != handoff.revision or by.pk != handoff.author_id:
        return None
    if already_saved(handoff, revision=edit.revision, request=edit.request) or _too_much(edit):
        return None
    row = copy(handoff)
    _take_in(row, edit, now=now)
    # The way to another team and newer questions count no revision up, and must not be taken back.
    asks = Q(template=None) | Q(template=handoff.template_id)  # none yet: the page found the one in force
    rows = Handoff.objects.filter(
        asks,
        pk=row.pk,
        revision=edit.revision,
        status=Status.DRAFT,
        author_id=by.pk,
        route_id=handoff.route_id,
    )
    if edit.extras is not None:  # they are added to those of another template
        rows = rows.filter(extras=handoff.extras)
    return row if rows.update(**{name: getattr(row, name) for name in SAVED}) else None


@transaction.atomic
def _with_lock(handoff: Handoff, edit: Edit, *, by: User, now: datetime) -> Handoff:
    locked = own_draft(handoff, by)
    if already_saved(locked, revision=edit.revision, request=edit.request):
        return locked
    if _too_much(edit):
        raise TooMuch
    _take_in(locked, edit, now=now)
    locked.save(update_fields=SAVED)
    return locked


def _too_much(edit: Edit) -> bool:
    return sum(1 for _ in edit.state.items()) > MOST_ITEMS


def _take_in(row: Handoff, edit: Edit, *, now: datetime) -> None:
    state = understood(edit.state, old=state_of(row), said_at=row.created_at, zone=zone_of(row))
    row.state = to_json(state)
    row.summary = state.summary[:255]
    row.answers = dict(edit.answers)
    row.active_seconds = min(MOST_SECONDS, max(row.active_seconds, edit.active_seconds))
    remember(row, request=edit.request)
    row.saved_at = now
    if row.template_id is None:
        row.template = row.route.template_in_force()
    if edit.category is not None:
        row.category = edit.category
    if edit.extras is not None:
        row.extras = {**row.extras, **edit.extras}


@transaction.atomic
def discard(*, handoff: Handoff, by: User, now: datetime) -> Handoff:
    """This will put a draft aside; it can be restored. Raises ``NotAllowedNow``."""
    return _move(handoff, Move.DISCARD, by=by, now=now)


@transaction.atomic
def restore(*, handoff: Handoff, by: User, now: datetime) -> Handoff:
    """This will take a discarded draft up again; raises ``NotAllowedNow``."""
    return _move(handoff, Move.RESTORE, by=by, now=now)


def state_of(handoff: Handoff | Amendment) -> KnowledgeState:
    """This will return the state as it stands on the row."""
    return from_json(handoff.state)


def conversation_of(handoff: Handoff) -> Conversation | None:
    """This will return what the handoff was prefilled from, if anything."""
    if not handoff.conversation:
        return None
    return conversation_from_json(handoff.conversation)


def later_of(handoff: Handoff) -> frozenset[str]:
    """This will return the ids of the suggestions that need not be read first (``capture.foremost``)."""
    return frozenset((handoff.conversation or {}).get("later", ()))


def zone_of(handoff: Handoff) -> str:
    """This will return the zone against which the user's times are read."""
    return str((handoff.conversation or {}).get("zone") or handoff.route.sender.zone)


def _move(handoff: Handoff, move: Move, *, by: User, now: datetime) -> Handoff:
    locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
    if locked.author_id != by.pk:
        raise NotAllowedNow("Only the author can put a draft aside or take it up again.")
    locked.status = after(Status(locked.status), move)
    locked.saved_at = now
    locked.save(update_fields=["status", "saved_at"])
    return locked


def own_draft(handoff: Handoff, by: User) -> Handoff:
    """This will lock the person's own draft; raises ``NotAllowedNow`` for any other."""
    locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
    if locked.route_id == handoff.route_id:
        # What the caller has loaded need not be read again; where it was changed meanwhile, it is.
        locked.route = handoff.route
    if locked.author_id != by.pk:
        raise NotAllowedNow("Only the author can change a draft.")
    if locked.status != Status.DRAFT:
        raise NotAllowedNow("This handoff has been sent; what was confirmed no longer changes.")
    return locked
