"""How does one line of the evaluation protocol become one answer (docs/extraction.md)?

The protocol names the six parts and eleven kinds in its own words; this is the only place that
knows them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind
from escalation.extraction.prefill import Candidate, prefill
from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Source
from escalation.knowledge.words import Part, Role

SECTIONS: dict[Part, str] = {
    Part.FACTS: "validated_facts",
    Part.DIAGNOSTICS: "diagnostics",
    Part.REMEDIATION: "attempted_remediation",
    Part.HYPOTHESIS: "working_hypothesis",
    Part.BUSINESS: "business_context",
    Part.AVAILABILITY: "user_availability",
}
KINDS = frozenset(list(EntityKind)[:11])  # the kinds that have labelling rules
ROLES = {"reporter": Role.REQUESTER, "helper": Role.TECHNICIAN}


class BadLine(ValueError):
    """The line is not what the protocol asks for; the message says what is missing."""


def extract_answer(row: Any) -> dict[str, Any]:
    """This will answer ``{"id", "text"}`` with its entities; raises ``BadLine``."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadLine("A line is an object with an id and a text.")
    found = [entity for entity in entities(row["text"]) if entity.kind in KINDS]
    spans = [
        {"kind": str(each.kind), "value": each.value, "start": each.start, "end": each.end} for each in found
    ]
    return {"id": row.get("id"), "entities": spans}


def prefill_answer(row: Any) -> dict[str, Any]:
    """This will answer ``{"id", "subject", "conversation"}`` with its items; raises ``BadLine``."""
    conversation = _conversation(row)
    found = prefill(conversation)
    items = [line for each in found.candidates for line in _lines(each, conversation)]
    return {"id": row.get("id"), "items": items}


def _lines(candidate: Candidate, conversation: Conversation) -> Iterator[dict[str, Any]]:
    """A line for where the item was found and for each place where it is said again."""
    spans = [(candidate.message, candidate.start, candidate.end)]
    spans += [(each.message, each.start, each.end) for each in candidate.also]
    for message, start, end in spans:
        yield {
            "section": SECTIONS[candidate.part],
            "text": conversation.messages[message].text[start:end],
            "source_index": message,
            "score": candidate.score,
        }


def _conversation(row: Any) -> Conversation:
    if not isinstance(row, dict) or not isinstance(row.get("conversation"), list):
        raise BadLine("A line is an object with an id, a subject and a conversation.")
    messages = tuple(_message(number, said) for number, said in enumerate(row["conversation"]))
    source = Source(tool="text", reference=str(row.get("id", "")))
    return Conversation(source=source, subject=str(row.get("subject") or ""), messages=messages)


def _message(number: int, said: Any) -> Message:
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        raise BadLine(f"conversation.{number}: a message is an object with a text.")
    return Message(
        tool="text",
        reference=str(number),
        author=str(said.get("author") or ""),
        role=ROLES.get(str(said.get("author_role")), Role.OTHER),
        text=said["text"],
        at=_moment(said.get("at")),
    )


def _moment(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
