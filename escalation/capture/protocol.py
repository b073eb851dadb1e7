"""How does one line of the translate protocol become one answer (docs/translating.md)?

Nothing but the line counts: its state, rules, catalog, history, answers and clock. So the same line
gives the same bytes, on every machine and without a database.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from escalation.catalog.index import Indexed
from escalation.catalog.links import Found, links_in
from escalation.knowledge.codec import canonical, from_json
from escalation.linking.protocol import entry, example, moment
from escalation.tools.registry import tool
from escalation.translation.codec import to_json
from escalation.translation.draft import Translation
from escalation.translation.given import Given
from escalation.translation.rules import Rules

_KNOWN = frozenset(
    {
        *("id", "tool", "state", "now", "zone", "rules", "catalog", "history", "answers", "people", "key"),
        *("sender", "receiver"),
    }
)


class BadLine(ValueError):
    """The line is not what the protocol asks for; the message says what is missing."""


def translate_answer(row: Mapping[str, Any]) -> dict[str, Any]:
    """This will answer one line; raises ``BadLine``, ``Malformed`` (the state) or ``UnknownTool``."""
    for unknown in sorted(set(row) - _KNOWN):
        raise BadLine(f"{unknown}: no line has such a member.")
    receiver = tool(_text(row, "tool")).receiver
    if receiver is None:
        raise BadLine(f"tool: no record can be created in {row['tool']}.")
    translation = receiver.translate(from_json(row.get("state")), _given(row))
    return {"id": row.get("id"), **_said(translation)}


def _said(translation: Translation) -> dict[str, Any]:
    draft = translation.draft
    whole = to_json(translation)
    return {
        "tool": draft.tool,
        "record": draft.record,
        "payload": draft.payload(),
        "fingerprint": draft.fingerprint(),
        "fields": whole["draft"]["fields"],
        "losses": whole["losses"],
        "questions": whole["questions"],
    }


def _given(row: Mapping[str, Any]) -> Given:
    now = _now(row)
    found = _found(row, now)
    return Given(
        rules=_rules(row),
        now=now,
        links=found.links,
        entries=found.entries,
        answers=_texts(row, "answers"),
        key=_text(row, "key"),
        people=_texts(row, "people"),
        sender=_text(row, "sender"),
        receiver=_text(row, "receiver"),
    )


def _now(row: Mapping[str, Any]) -> datetime:
    now = moment(_text(row, "now"))
    if now is None:
        raise BadLine("now: when the handoff began, in ISO form; times in the text are read against it.")
    return now


def _rules(row: Mapping[str, Any]) -> Rules:
    try:
        return Rules.model_validate(row.get("rules", {}))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in ("rules", *first["loc"]))
        raise BadLine(f"{place}: {first['msg']}") from error


def _found(row: Mapping[str, Any], now: datetime) -> Found:
    catalog, history = row.get("catalog", []), row.get("history", [])
    if not catalog:
        return Found()
    # Whoever asks about a hundred states sends the same catalog a hundred times; it is built once.
    indexed = _indexed(canonical([catalog, history]))
    return links_in(indexed, state=from_json(row["state"]), said_at=now, zone=_text(row, "zone") or "UTC")


@lru_cache(maxsize=1)
def _indexed(written: bytes) -> Indexed:
    catalog, history = json.loads(written)
    try:
        return Indexed.of((entry(each) for each in catalog), tuple(example(each) for each in history))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadLine(f"catalog or history does not have the shape of the protocol: {error!r}") from error


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise BadLine(f"{name}: it is a text.")
    return value


def _texts(row: Mapping[str, Any], name: str) -> Mapping[str, str]:
    values = row.get(name, {})
    if not isinstance(values, dict) or not all(isinstance(each, str) for each in values.values()):
        raise BadLine(f"{name}: it is an object of texts.")
    return values
