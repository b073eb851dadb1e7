"""How is a language model behind an OpenAI-compatible address asked? One call, one JSON value or an error.

The door's address ends where the vendor's does, as "https://llm.example/v1"; its settings name the model.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from escalation.tools.language_model.prompt import items_body, line_body
from escalation.transport.door import Door
from escalation.transport.errors import Unavailable

LONGEST_ANSWER: Final = 60_000  # characters; a longer one is no list of proposals
MODEL: Final = "model"  # the setting that names it


def propose_items(door: Door, *, messages: Sequence[str], entries: Mapping[str, str]) -> Any:
    """This will return what the model answers about a conversation, as an unchecked JSON value."""
    return _asked(door, items_body(model=door.settings.get(MODEL, ""), messages=messages, entries=entries))


def propose_line(door: Door, *, update: str) -> Any:
    """This will return what the model would tell the user of an update, as an unchecked JSON value."""
    return _asked(door, line_body(model=door.settings.get(MODEL, ""), update=update))


def models(door: Door) -> tuple[str, ...]:
    """This will return the names of the models that the address offers."""
    answer = door.session.ask("GET", f"{door.base_url}/models").json
    listed = answer.get("data") if isinstance(answer, dict) else None
    rows = listed if isinstance(listed, list) else []
    return tuple(str(row["id"]) for row in rows if isinstance(row, dict) and row.get("id"))


def _asked(door: Door, body: Mapping[str, Any]) -> Any:
    answer = door.session.ask("POST", f"{door.base_url}/chat/completions", body=body).json
    try:
        content = answer["choices"][0]["message"]["content"]
    except (TypeError, KeyError, IndexError):
        content = None
    if not isinstance(content, str) or not content:
        raise Unavailable("The language model gave no answer in the agreed form.")
    if len(content) > LONGEST_ANSWER:
        raise Unavailable(f"The language model's answer is longer than {LONGEST_ANSWER:,} characters.")
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise Unavailable("The language model's answer is no JSON.") from None
