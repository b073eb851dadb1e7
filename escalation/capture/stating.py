"""How does a whole draft come from what a program says of each line?

By the id of a line: what the draft holds already keeps its evidence, its resolved times and where it came
from; anything else is a new line that a person states. What a suggestion is, no program says.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from escalation.knowledge.state import (
    HEADLINES,
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    Item,
    KnowledgeState,
    Moment,
    Remediation,
)
from escalation.knowledge.words import Channel, Confidence, Level, Origin, Outcome, Part, Standing

MAKES: Mapping[Part, type[Item]] = {
    Part.FACTS: Fact,
    Part.DIAGNOSTICS: Diagnostic,
    Part.REMEDIATION: Remediation,
    Part.HYPOTHESIS: Hypothesis,
    Part.BUSINESS: Business,
    Part.AVAILABILITY: Availability,
}
WORDS: Mapping[str, type] = {
    "standing": Standing,
    "outcome": Outcome,
    "confidence": Confidence,
    "impact": Level,
    "urgency": Level,
    "channel": Channel,
}
# What a person does to a suggestion, and takes back.
ACCEPTING = frozenset({Origin.FOUND, Origin.CONFIRMED})
Line = Mapping[str, Any]  # as the codec writes an item


class Misstated(Exception):
    """Lines that cannot stand like that; ``errors`` says what is wrong with which, as "facts.2.origin"."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(" ".join(text for texts in errors.values() for text in texts))
        self.errors = dict(errors)


def stated_by(before: KnowledgeState, said: Line, *, new_id: Callable[[], str]) -> KnowledgeState:
    """This will return the whole state as it was said, on what the draft held; raises ``Misstated``.

    ``said`` holds summary, ask and the six parts, each a sequence of lines.
    """
    errors: dict[str, list[str]] = {}
    taken: set[str] = set()
    parts: dict[str, tuple[Item, ...]] = {}
    for part in Part:
        items = []
        for number, line in enumerate(said[part.value]):
            kept = next((each for each in before.part(part) if each.id == line.get("id")), None)
            if wrong := _wrong_origin(line, kept):
                errors[f"{part.value}.{number}.origin"] = [wrong]
                continue
            item = _new(part, line, new_id=new_id) if kept is None else _changed(part, line, kept)
            if item.id in taken:
                errors[f"{part.value}.{number}.id"] = ["Another line has this id."]
            taken.add(item.id)
            items.append(item)
        parts[part.value] = tuple(items)
    if errors:
        raise Misstated(errors)
    return replace(before, summary=said["summary"], ask=said["ask"], **parts)  # type: ignore[arg-type]


def _wrong_origin(line: Line, kept: Item | None) -> str:
    if "origin" not in line:
        return ""
    origin = Origin(line["origin"])
    if kept is None:
        return "" if origin is Origin.TYPED else "A new line is “typed”: only Baton finds and inherits lines."
    if origin is kept.origin or {origin, kept.origin} <= ACCEPTING:
        return ""
    return f"This line is “{kept.origin}”; only a suggestion can be accepted."


def _new(part: Part, line: Line, *, new_id: Callable[[], str]) -> Item:
    return MAKES[part](**(_values(line, None) | {"id": line.get("id") or new_id()}))


def _changed(part: Part, line: Line, kept: Item) -> Item:
    values = _values(line, kept)
    origin = Origin(line.get("origin", kept.origin))
    if origin is Origin.FOUND and values[HEADLINES[part]] != getattr(kept, HEADLINES[part]):
        # Whoever rewrites a suggestion has taken it over.
        origin = Origin.CONFIRMED
    return replace(kept, **values | {"origin": origin})


def _values(line: Line, kept: Item | None) -> dict[str, Any]:
    values = {name: _word(name, value) for name, value in line.items() if name not in {"id", "origin"}}
    return values | {name: _moment(line[name], kept, name) for name in ("when", "deadline") if name in line}


def _word(name: str, value: Any) -> Any:
    kind = WORDS.get(name)
    return kind(value) if kind and value is not None else value


def _moment(said: Mapping[str, str] | None, kept: Item | None, name: str) -> Moment | None:
    before: Moment | None = getattr(kept, name, None)
    if said is None:
        return None
    if before is not None and before.words == said["words"]:
        return before
    return Moment(words=said["words"])
