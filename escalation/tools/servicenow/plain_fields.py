"""Which of the incident's ordinary fields follow from the state, the rules and the answers?

Everything but the four references and the texts: caller, category, channel, impact, urgency and the key
by which the record is found again. Pure.
"""

import uuid
from collections.abc import Mapping
from typing import Final

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Level
from escalation.tools.servicenow.vocabulary import DISPLAY, KEY_PREFIX, LABELS, LEVELS, PRIORITIES
from escalation.translation.draft import Field
from escalation.translation.given import Given
from escalation.translation.plain import flat

# Any fixed UUID would do; it must never change, or a lost answer could not be looked up again.
_NAMESPACE: Final = uuid.UUID("6b0f3ad5-1f0d-4d2b-9a52-4f1a7c6c2d11")
_STEPS: Final = (Level.HIGH, Level.MEDIUM, Level.LOW)


def sys_id_for(key: str) -> str:
    """This will return the 32-hex record id that belongs to an idempotency key."""
    return uuid.uuid5(_NAMESPACE, key).hex


def correlation_id_for(key: str) -> str:
    """This will return the correlation id that belongs to an idempotency key."""
    return f"{KEY_PREFIX}{key}"


def keys(given: Given) -> tuple[Field, ...]:
    """This will return the fields by which the record is found again; none without a key."""
    if not given.key:
        return ()
    values = {
        "correlation_id": (correlation_id_for(given.key), "the record can be found again by it"),
        "correlation_display": (DISPLAY, "marks records that Baton watches"),
        "sys_id": (sys_id_for(given.key), "derived from the key, so that a second record cannot come to be"),
    }
    return tuple(
        Field(name=name, label=LABELS[name], value=value, shown=value, because=why)
        for name, (value, why) in values.items()
    )


def caller(state: KnowledgeState, given: Given) -> Field | None:
    """This will return the caller where the requester's e-mail address is known there."""
    source = state.source
    user = given.people.get(source.requester_email) if source and source.requester_email else None
    if source is None or not user:
        return None
    return Field(
        name="caller_id",
        label=LABELS["caller_id"],
        value=user,
        shown=flat(source.requester) or flat(source.requester_email),
        because=f"has the e-mail address {flat(source.requester_email)}",
    )


def category(names: tuple[str, ...], given: Given) -> Field | None:
    """This will return the category that the rules give to a word in the names of what was linked."""
    table = given.rules.values.get("category", {})
    words = " ".join(names).casefold()
    for ours in sorted(table):
        if flat(ours) and flat(ours).casefold() in words:
            value = table[ours]
            because = f"the route's rule for “{flat(ours)}”"
            return Field(name="category", label=LABELS["category"], value=value, shown=value, because=because)
    return None


def channel(state: KnowledgeState) -> Field | None:
    """This will return how the user got in touch, where the source shows it."""
    if state.source is None or not state.source.thread_urls:
        return None
    because = "the user wrote in a chat thread"
    return Field(
        name="contact_type", label=LABELS["contact_type"], value="chat", shown="Chat", because=because
    )


def impact_and_urgency(state: KnowledgeState, given: Given) -> tuple[Field, Field]:
    """This will return the two fields from which ServiceNow computes the priority."""
    rules = given.rules
    impact = _level("impact", _highest(state, "impact"), rules.default_impact, rules.values)
    urgency = _level("urgency", _highest(state, "urgency"), rules.default_urgency, rules.values)
    return impact, urgency


def priority_said(impact: str, urgency: str) -> str:
    """This will return the sentence on the priority that ServiceNow makes of the two, "" when unknown."""
    priority = PRIORITIES.get((impact, urgency), "")
    return f"ServiceNow computes priority {priority}" if priority else ""


def _highest(state: KnowledgeState, name: str) -> tuple[Level | None, tuple[str, ...]]:
    levels = {item.id: getattr(item, name) for item in state.business if getattr(item, name) is not None}
    for level in _STEPS:
        items = tuple(item for item, its in levels.items() if its is level)
        if items:
            return level, items
    return None, ()


def _level(
    name: str,
    found: tuple[Level | None, tuple[str, ...]],
    default: Level,
    values: Mapping[str, Mapping[str, str]],
) -> Field:
    level, items = found
    used = level or default
    value, shown = LEVELS[used]
    value = values.get(name, {}).get(used.value, value)
    because = (
        "the highest among the business items" if level else "the route's default: no business item says"
    )
    return Field(name=name, label=LABELS[name], value=value, shown=shown, items=items, because=because)
