"""How do description and environment read, in the markup of this Jira and within its limit?

The limit counts what is sent, markup and all, so a text is fitted again with less room until the whole
holds. Pure.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from escalation.knowledge.state import KnowledgeState
from escalation.tools.jira import adf, wiki
from escalation.tools.jira.vocabulary import ENVIRONMENT_WORDS, LIMITS, Flavour
from escalation.translation.given import Given
from escalation.translation.lines import line
from escalation.translation.plain import cut
from escalation.translation.sections import Text, whole

_LEAST: Final = 64  # no text is fitted into less


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A text with the value that is sent."""

    text: Text
    value: Any


def flavour_of(given: Given) -> Flavour:
    """This will return which Jira the route's rules write for: the default "flavour", else Cloud."""
    said = given.rules.defaults.get("flavour", "").strip().lower()
    return Flavour.DATA_CENTER if said == Flavour.DATA_CENTER else Flavour.CLOUD


def description(state: KnowledgeState, given: Given) -> Written:
    """This will write the whole state."""
    flavour, room = flavour_of(given), LIMITS["description"]
    while True:
        text = whole(state, given, limit=room, title_limit=LIMITS["summary"])
        value = adf.document(text) if flavour is Flavour.CLOUD else wiki.written(text)
        if _size(value) <= LIMITS["description"] or room <= _LEAST:
            return Written(text=text, value=value)
        room = room * 2 // 3


def environment(state: KnowledgeState, given: Given) -> Written | None:
    """This will write what the facts say of browsers, systems and networks; None when they say nothing."""
    today = given.now.date()
    found = {each.id: line(each, today=today) for each in state.facts}
    found = {item: text for item, text in found.items() if ENVIRONMENT_WORDS.search(text)}
    if not found:
        return None
    said = "\n".join(found.values())
    kept, value = fitted(said, flavour_of(given), limit=LIMITS["environment"])
    return Written(text=Text(text=kept, items=tuple(found), cut=kept != said), value=value)


def in_words(text: str, flavour: Flavour) -> Any:
    """This will write a text as it stands: what a person typed, or a note."""
    return adf.plain_document(text) if flavour is Flavour.CLOUD else wiki.escaped(text)


def fitted(text: str, flavour: Flavour, *, limit: int) -> tuple[str, Any]:
    """This will cut a text until what is sent of it holds; returns the text that is left and the value."""
    room = limit
    while True:
        kept = cut(text, room)
        value = in_words(kept, flavour)
        if _size(value) <= limit or room <= _LEAST:
            return kept, value
        room = room * 2 // 3


def _size(value: Any) -> int:
    return len(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
