"""How do two versions of a route's rules or template differ, said setting by setting? Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from escalation.knowledge.words import PART_TITLES, Part
from escalation.upkeep.difference import Difference

_NAMES = {
    "defaults": "Default",
    "values": "Our words, their values",
    "fill_at": "Fill in from",
    "ask_at": "Offer from",
    "default_impact": "Impact when nobody says",
    "default_urgency": "Urgency when nobody says",
    "work_note": "Assessment as first internal note",
    "rich_note": "First internal note as a card with headings",
    "answer_links": "Links to answer without an account",
    "language": "Language of what users are told",
    "wording": "What users are told",
    "needs": "The receiver cannot start without",
    "prompts": "Question",
    "folded": "Folded",
    "fields": "Field of the receiver's",
    "categories": "Category",
} | {part.value: title for part, title in PART_TITLES.items()}
_EMPTY: tuple[Any, ...] = ("", None, [], {}, ())


def version_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """This will name every setting that is not the same in two stored bodies; "" where it is not set."""
    old, new = dict(_flat(before)), dict(_flat(after))
    return tuple(
        Difference(label=label, before=old.get(label, ""), after=new.get(label, ""))
        for label in dict.fromkeys((*old, *new))
        if old.get(label, "") != new.get(label, "")
    )


def _flat(body: Mapping[str, Any], *, under: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        at = (*under, _NAMES.get(name, name))
        if value in _EMPTY:
            continue
        if name == "fields" and isinstance(value, Sequence):
            for field in value:
                yield ": ".join((*at, str(field["name"]))), _field(field)
        elif isinstance(value, Mapping):
            yield from _flat(value, under=at)
        else:
            yield ": ".join(at), _said(value)


def _field(field: Mapping[str, Any]) -> str:
    said = f"{field['label']}, {field.get('kind', 'text')}"
    if field.get("choices"):
        said += ": " + " | ".join(field["choices"])
    return said + (", needed" if field.get("needed") else "")


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ", ".join(PART_TITLES[Part(each)] if each in set(Part) else str(each) for each in value)
    return str(value)
