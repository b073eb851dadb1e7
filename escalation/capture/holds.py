"""What holds a handoff up, and what lets it go all the same?

A reason does, for everything but one thing: a secret never goes to people outside the company. Whoever gives
a reason has it on the timeline, and it is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from escalation.capture.asked import asked_for, lacking
from escalation.capture.demanded import demanded_by
from escalation.guard.advice import private
from escalation.guard.redaction import redact
from escalation.guard.secrets import secrets
from escalation.knowledge.state import KnowledgeState
from escalation.models import Connection, Handoff, Lane
from escalation.translation.asking import misfit

LONGEST_REASON = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """One thing that holds a handoff up."""

    message: str  # what to do about it
    called: str  # what it is, where it was sent past
    final: bool = False  # no reason helps
    item_id: str = ""


class Held(Exception):
    """Something holds it up and no reason was given, or none helps; ``messages`` say what to do."""

    def __init__(self, holds: tuple[Hold, ...]) -> None:
        self.messages = tuple(dict.fromkeys(each.message for each in holds))
        self.final = any(each.final for each in holds)
        super().__init__(" ".join(self.messages))


def sent_past(holds: tuple[Hold, ...], *, reason: str) -> dict[str, Any]:
    """This will return what the timeline keeps of what was sent past; raises ``Held``.

    A secret in the reason itself is taken out of it.
    """
    said = reason.strip()[:LONGEST_REASON]
    said = redact(said, spans=secrets(said))
    if holds and (not said or any(each.final for each in holds)):
        raise Held(holds)
    if not holds:
        return {}
    items = [each.item_id for each in holds if each.item_id]
    return {"override": said, "past": list(dict.fromkeys(each.called for each in holds)), "items": items}


def in_words(past: dict[str, Any]) -> str:
    """This will say it as the timeline does; "" where nothing was sent past."""
    return f"All the same ({', '.join(past['past'])}), because: {past['override']}" if past else ""


def holds_of(handoff: Handoff, state: KnowledgeState) -> tuple[Hold, ...]:
    """This will return what holds a draft up on its lane."""
    urgent = handoff.lane == Lane.URGENT
    missing = (*_fields(handoff, urgent=urgent), *(_three_lines(state) if urgent else _what_is_needed(state)))
    return (*missing, *secrets_in(state, target=handoff.route.target))


def secrets_in(state: KnowledgeState, *, target: Connection) -> tuple[Hold, ...]:
    """This will return a hold for each secret that would go to that receiver."""
    message = "This holds something private. Go back and mask it, or say why it has to be sent."
    if target.external:
        message = "Secrets never leave the company: go back to the form and mask them first."
    return tuple(
        Hold(message=message, called="something private", final=target.external, item_id=each.item_id or "")
        for each in private(state)
    )


def _fields(handoff: Handoff, *, urgent: bool) -> Iterator[Hold]:
    """On the urgent lane only those without which the tool takes no record at all."""
    demanded = {each.name for each in demanded_by(handoff.route).fields if each.needed}
    for field in asked_for(handoff).fields:
        value = handoff.extras.get(field.name, "")
        if urgent and field.name not in demanded:
            continue
        if (field.needed or field.name in demanded) and not value.strip():
            yield Hold(message=lacking(handoff, field), called=f"no {field.label}")
        elif wrong := misfit(field, value):
            yield Hold(message=wrong, called=f"{field.label} does not fit")


def _what_is_needed(state: KnowledgeState) -> Iterator[Hold]:
    if not state.summary.strip():
        said = "Say in one line what is wrong: it is the title Level Two reads first."
        yield Hold(message=said, called="no summary")
    if not state.ask.strip():
        said = "Say what you need back: it is what Level Two answers."
        yield Hold(message=said, called="no ask")
    if not any(state.items()):
        said = "Add at least one line of what you know: a fact, a result or a step you tried."
        yield Hold(message=said, called="no line")


def _three_lines(state: KnowledgeState) -> Iterator[Hold]:
    if not state.summary.strip():
        yield Hold(message="Say in one line what is broken.", called="no summary")
    if not any(each.affected.strip() for each in state.business):
        said = "Say who is hit, how many, and since when: it decides who is helped first."
        yield Hold(message=said, called="nobody named who is hit")
    if not state.ask.strip():
        yield Hold(message="Say what you need back.", called="no ask")
