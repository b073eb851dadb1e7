"""What is different between two states, and how is that said to whoever has read the first one?

Line by line, under the headings of the form: what was added, what reads otherwise now, what no longer
holds. The first version is quoted, never repeated as if it still stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from escalation.knowledge.state import Item, KnowledgeState
from escalation.knowledge.words import PART_TITLES, Origin, Part
from escalation.translation.lines import line
from escalation.translation.plain import flat


class How(StrEnum):
    """What became of a line."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference; ``title`` is the part, or summary or ask."""

    how: How
    title: str
    before: str = ""
    after: str = ""
    part: Part | None = None
    item_id: str = ""


def changes(before: KnowledgeState, after: KnowledgeState, *, today: date) -> tuple[Change, ...]:
    """This will return what is different, in the order of the form; suggestions count for nothing."""
    old, new = before.stated(), after.stated()
    return (*_heads(old, new), *(each for part in Part for each in _part(part, old, new, today)))


def note(found: tuple[Change, ...], *, heading: str, signed: str) -> str:
    """This will return the differences as one internal note for the receiver's tool."""
    lines = [heading]
    title = ""
    for each in found:
        if each.title != title:
            title = each.title
            lines.append(f"{title}:")
        lines.append(_said(each))
    return "\n".join([*lines, signed])


def _heads(old: KnowledgeState, new: KnowledgeState) -> Iterator[Change]:
    for title, before, after in (
        ("Summary", old.summary, new.summary),
        ("What I need back", old.ask, new.ask),
    ):
        if flat(before) != flat(after):
            how = How.CHANGED if flat(before) else How.ADDED
            yield Change(how=how, title=title, before=flat(before), after=flat(after))


def _part(part: Part, old: KnowledgeState, new: KnowledgeState, today: date) -> Iterator[Change]:
    earlier = {item.id: item for item in old.part(part)}
    later = {item.id: item for item in new.part(part)}
    title = PART_TITLES[part]
    for key, item in later.items():
        before, after = _line(earlier.get(key), today), _line(item, today)
        if after and before != after:
            how = How.CHANGED if before else How.ADDED
            yield Change(how=how, title=title, before=before, after=after, part=part, item_id=key)
    for key, item in earlier.items():
        before = _line(item, today)
        if before and not _line(later.get(key), today):
            yield Change(how=How.WITHDRAWN, title=title, before=before, part=part, item_id=key)


def _line(item: Item | None, today: date) -> str:
    # Where it came from is no difference to a reader.
    return line(replace(item, origin=Origin.TYPED), today=today) if item else ""


def _said(change: Change) -> str:
    match change.how:
        case How.ADDED:
            return f"+ {change.after}"
        case How.CHANGED:
            return f"~ {change.after} (before: “{flat(change.before)}”)"
        case How.WITHDRAWN:
            return f"- no longer holds: “{flat(change.before)}”"
