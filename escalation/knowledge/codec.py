"""How is a knowledge state written to JSON and read back?

The written form carries its schema's name; a reader refuses a schema it does not know and names the
path of whatever does not fit. Defaults are written out, so that a stored state never changes meaning
when a default does.
"""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from escalation.knowledge.conversation import Conversation
from escalation.knowledge.state import Availability, KnowledgeState

SCHEMA = "baton.knowledge/1"

_ADAPTER: TypeAdapter[KnowledgeState] = TypeAdapter(KnowledgeState)
_AVAILABILITY: TypeAdapter[tuple[Availability, ...]] = TypeAdapter(tuple[Availability, ...])
_CONVERSATION: TypeAdapter[Conversation] = TypeAdapter(Conversation)


class Malformed(ValueError):
    """The text is not a knowledge state of a schema this Baton knows; the message names the place."""


def to_json(state: KnowledgeState) -> dict[str, Any]:
    """This will return the state as plain JSON values."""
    values: dict[str, Any] = _ADAPTER.dump_python(state, mode="json")
    return {"schema": SCHEMA, **values}


def from_json(values: Any) -> KnowledgeState:
    """This will read a state back from plain JSON values; raises ``Malformed``."""
    if not isinstance(values, dict):
        raise Malformed("A knowledge state is an object.")
    if values.get("schema") != SCHEMA:
        raise Malformed(f"schema: this Baton reads {SCHEMA}, not {values.get('schema')!r}.")
    body = {key: value for key, value in values.items() if key != "schema"}
    try:
        # Unknown keys are refused: they would be lost without a word at the next save.
        return _ADAPTER.validate_python(body, extra="forbid")
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(step) for step in first["loc"])
        raise Malformed(f"{path}: {first['msg']}") from error


def availability_from_json(values: Any) -> tuple[Availability, ...]:
    """This will read that part of a written state alone, for who has thousands to look at.

    A part that is not there is empty; raises ``Malformed``.
    """
    try:
        return _AVAILABILITY.validate_python(values or (), extra="forbid")
    except ValidationError as error:
        raise Malformed(f"availability: {error.errors()[0]['msg']}") from error


def conversation_to_json(conversation: Conversation) -> dict[str, Any]:
    """This will return a conversation as plain JSON values."""
    values: dict[str, Any] = _CONVERSATION.dump_python(conversation, mode="json")
    return values


def conversation_from_json(values: Any) -> Conversation:
    """This will read back what ``conversation_to_json`` wrote; raises ``Malformed``."""
    try:
        return _CONVERSATION.validate_python(values)
    except ValidationError as error:
        raise Malformed(f"conversation: {error.errors()[0]['msg']}") from error


def canonical(values: Any) -> bytes:
    """This will return the one byte sequence that stands for these JSON values: keys sorted, UTF-8."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def can_be_kept(values: Any) -> bool:
    """This will say whether every text in values read from JSON, the names too, can be stored and shown.

    JSON may escape half a character or none at all. Not by recursion: a text may nest deeply.
    """
    left = [values]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
                return False
        elif isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value
    return True
