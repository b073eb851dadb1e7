"""What stands on a handoff's timeline, as plain values for a page or the API?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from escalation.models import Entry, Handoff
from escalation.timeline.describe import ICONS, title
from escalation.tools.registry import label


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineLine:
    """One entry, said."""

    sequence: int
    kind: str
    title: str
    icon: str
    text: str
    sayable: str
    certain: bool
    who: str
    tool: str
    tool_label: str
    happened_at: datetime
    recorded_at: datetime
    details: Mapping[str, Any]


def lines(*, handoff: Handoff, after: int = 0) -> tuple[TimelineLine, ...]:
    """This will return the lines after that sequence number, oldest first."""
    return lines_of(handoff_id=handoff.pk, after=after)


def lines_of(*, handoff_id: UUID, after: int = 0) -> tuple[TimelineLine, ...]:
    """This will do the same for a handoff that is known by its id only."""
    entries = Entry.objects.filter(handoff_id=handoff_id, sequence__gt=after).select_related("by")
    return tuple(_line(entry) for entry in entries.order_by("sequence"))


def _line(entry: Entry) -> TimelineLine:
    tool_label = label(entry.tool) if entry.tool else ""
    return TimelineLine(
        sequence=entry.sequence,
        kind=entry.kind,
        title=title(entry, tool_label=tool_label),
        icon=ICONS[entry.kind],
        text=entry.text,
        sayable=entry.sayable,
        certain=entry.certain,
        who=entry.who if entry.by is None else (entry.by.get_full_name() or entry.by.get_username()),
        tool=entry.tool,
        tool_label=tool_label,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        details=entry.details,
    )
