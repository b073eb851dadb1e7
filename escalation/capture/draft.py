"""How does a draft change, and what keeps two windows from overwriting each other?

Every save names the revision it started from. A save from an older one is refused and nothing is
written, unless it goes on from its own window's (``capture.window``); whoever made it still has everything on
the page and is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

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


@transaction.atomic
def save(*, handoff: Handoff, edit: Edit, by: User, now: datetime) -> Handoff:
    """This will save the edit; raises ``Stale``, ``TooMuch`` or ``NotAllowedNow``."""
    locked = own_draft(handoff, by)
    if already_saved(locked, revision=edit.revision, request=edit.request):
        return locked
    if sum(1 for _ in edit.state.items()) > MOST_ITEMS:
        raise TooMuch
    state = understood(edit.state, old=state_of(locked), said_at=locked.created_at, zone=zone_of(locked))
    locked.state = to_json(state)
    locked.summary = state.summary[:255]
    locked.answers = dict(edit.answers)
    locked.active_seconds = min(MOST_SECONDS, max(locked.active_seconds, edit.active_seconds))
    remember(locked, request=edit.request)
    locked.saved_at = now
    if locked.template_id is None:
        locked.template = locked.route.template_in_force()
    if edit.category is not None:
        locked.category = edit.category
    if edit.extras is not None:
        locked.extras = {**locked.extras, **edit.extras}
    locked.save(update_fields=SAVED)
    return locked


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
