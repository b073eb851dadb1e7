"""What does a pasted chat, mail or log add to a draft that is already being written?

Suggestions only, each with its line, under ids that come from the text itself: the same text pasted twice
adds nothing, and one press takes a whole paste back. What the draft or its conversation holds already is
not offered again, so a suggestion that somebody dropped stays dropped.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture import draft
from escalation.capture.draft import Edit, TooMuch, conversation_of, state_of, zone_of
from escalation.capture.prefill import LONGEST_PASTE, TooLong
from escalation.extraction.paste import conversation_from_text
from escalation.extraction.prefill import Candidate, prefill
from escalation.knowledge.codec import conversation_to_json, to_json
from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Item, KnowledgeState, Source, headline
from escalation.knowledge.words import Origin, Part
from escalation.models import Handoff

TOOL = "text"
BESIDE = ("notes", "later")  # what the row keeps beside the conversation
FEWEST_WORDS = 4  # a shorter line ("same problem") may be said twice and mean two things


@dataclass(frozen=True, kw_only=True, slots=True)
class Pasted:
    """What a paste led to; ``reference`` names it for taking it back."""

    handoff: Handoff
    reference: str
    count: int


@transaction.atomic
def paste(*, handoff: Handoff, edit: Edit, text: str, by: User, now: datetime) -> Pasted:
    """This will save the edit and append what the text suggests.

    Raises ``TooLong`` before anything is saved, and what ``draft.save`` raises.
    """
    if len(text) > LONGEST_PASTE:
        raise TooLong(
            f"That is {len(text):,} characters. Paste what matters of it, at most {LONGEST_PASTE:,}."
        )
    saved = draft.save(handoff=handoff, edit=edit, by=by, now=now)
    state, known = state_of(saved), conversation_of(saved)
    reference = f"paste-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    pasted = _conversation(text, reference=reference, state=state, at=now, zone=zone_of(saved))
    new = tuple(_unheard(prefill(pasted).candidates, state, known))
    if sum(1 for _ in state.items()) + len(new) > draft.MOST_ITEMS:
        raise TooMuch(f"A handoff holds at most {draft.MOST_ITEMS} lines. Drop what is not needed first.")
    _keep(saved, _appended(state, new), _together(known, pasted, reference))
    return Pasted(handoff=saved, reference=reference, count=len(new))


@transaction.atomic
def unpaste(*, handoff: Handoff, edit: Edit, reference: str, by: User, now: datetime) -> Handoff:
    """This will save the edit without the paste: its words and every suggestion nobody has accepted."""
    saved = draft.save(handoff=handoff, edit=edit, by=by, now=now)
    state, known = state_of(saved), conversation_of(saved)
    parts: dict[str, Any] = {
        part.value: tuple(item for item in state.part(part) if not _waits_from(item, reference))
        for part in Part
    }
    if known is not None:
        left = tuple(each for each in known.messages if not _is_from(each.reference, reference))
        known = replace(known, messages=left)
    _keep(saved, replace(state, **parts), known)
    return saved


def _conversation(
    text: str, *, reference: str, state: KnowledgeState, at: datetime, zone: str
) -> Conversation:
    # The ticket's requester, where the text names them: who speaks first in a chat may be the technician.
    requester = state.source.requester if state.source else ""
    named = requester if requester and requester in text else ""
    source = Source(tool=TOOL, reference=reference, requester=named)
    return conversation_from_text(text, source=source, at=at, zone=zone)


def _unheard(
    candidates: Iterable[Candidate], state: KnowledgeState, known: Conversation | None
) -> Iterator[Candidate]:
    said = {(part, _words(headline(part, item))) for part, item in state.items()}
    ids = {item.id for _, item in state.items()}
    messages: tuple[Message, ...] = known.messages if known else ()
    heard = tuple(f" {_words(each.text)} " for each in messages)
    for each in candidates:
        quote = _words(each.item.evidence[0].quote)
        again = len(quote.split()) >= FEWEST_WORDS and any(f" {quote} " in text for text in heard)
        if (
            not again
            and each.item.id not in ids
            and (each.part, _words(headline(each.part, each.item))) not in said
        ):
            yield each


def _words(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _appended(state: KnowledgeState, new: tuple[Candidate, ...]) -> KnowledgeState:
    parts: dict[str, Any] = {
        part.value: (*state.part(part), *(each.item for each in new if each.part is part)) for part in Part
    }
    return replace(state, **parts)


def _together(known: Conversation | None, pasted: Conversation, reference: str) -> Conversation:
    if known is None:
        return pasted
    before = tuple(each for each in known.messages if not _is_from(each.reference, reference))
    return replace(known, messages=before + pasted.messages)


def _waits_from(item: Item, reference: str) -> bool:
    return item.origin is Origin.FOUND and any(_is_from(each.reference, reference) for each in item.evidence)


def _is_from(message: str, reference: str) -> bool:
    return message.startswith(f"{reference}#")


def _keep(saved: Handoff, state: KnowledgeState, conversation: Conversation | None) -> None:
    # After the save, not within its edit: a pasted "tomorrow" was read against the clock of its own line.
    saved.state = to_json(state)
    if conversation is not None:
        beside = {key: value for key, value in (saved.conversation or {}).items() if key in BESIDE}
        saved.conversation = conversation_to_json(conversation) | beside
    # Not even the window that asked has these lines yet: what it typed meanwhile must not go over them.
    saved.saved_from = ""
    saved.save(update_fields=["state", "conversation", "saved_from"])
