"""How are secrets taken out of a text and out of a whole knowledge state?

The mark names the kind and nothing of the value, not even its length. No rule finds anything in a mark, so
redacting twice changes nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from escalation.guard.people import KIND, naming
from escalation.guard.secrets import Secret, secrets
from escalation.knowledge.state import Item, KnowledgeState
from escalation.knowledge.words import Part

# Addresses by which Baton and the tools find the ticket again: taking a part out would cut the way back.
# A zone with a part taken out is none.
_KEPT = frozenset({"id", "reference", "investigation_url", "zone"})


def mark(kind: str) -> str:
    """This will return what is written where a secret stood."""
    return f"‹redacted: {kind}›"


def redact(text: str, *, spans: Iterable[Secret]) -> str:
    """This will write a mark over every span; spans are of this very text and do not overlap."""
    parts: list[str] = []
    at = 0
    for span in sorted(spans, key=lambda secret: secret.start):
        parts += [text[at : span.start], mark(span.kind)]
        at = span.end
    return "".join([*parts, text[at:]])


def redact_state(
    state: KnowledgeState, *, kinds: Iterable[str] | None = None, people: bool = False
) -> tuple[KnowledgeState, tuple[str, ...]]:
    """This will redact every text of the state and name the items that changed, in their order.

    ``kinds`` limits it to these kinds; None takes all. With ``people`` the names in it go as well.
    Summary and ask are redacted, too.
    """
    wanted = None if kinds is None else frozenset(kinds)
    marks = _Marks(kinds=wanted, names=naming(state) if people else None)
    parts: dict[str, tuple[Item, ...]] = {}
    changed: list[str] = []
    for part in Part:
        before = state.part(part)
        after = tuple(_clean(item, marks) for item in before)
        changed += [old.id for old, new in zip(before, after, strict=True) if old != new]
        parts[part.value] = after
    clean: KnowledgeState = _clean(state, marks, skip=frozenset(parts))
    return replace(clean, **parts), tuple(changed)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Marks:
    """What is marked over: secrets of these kinds (None: of all), and names, if any."""

    kinds: frozenset[str] | None
    names: re.Pattern[str] | None

    def over(self, text: str) -> str:
        found = (secret for secret in secrets(text) if self.kinds is None or secret.kind in self.kinds)
        clean = redact(text, spans=found)
        return self.names.sub(mark(KIND), clean) if self.names else clean


def _clean(value: Any, marks: _Marks, *, skip: frozenset[str] = frozenset()) -> Any:
    """The value with every plain text in it redacted; words of closed vocabularies stay as they are."""
    if type(value) is str:
        return marks.over(value)
    if isinstance(value, tuple):
        return tuple(_clean(entry, marks) for entry in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name not in _KEPT | skip]
        return replace(value, **{name: _clean(getattr(value, name), marks) for name in names})
    return value
