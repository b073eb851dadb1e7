"""How does a line come onto a handoff's timeline?

In the caller's transaction, with the handoff's row locked by the caller: that is what makes the
sequence gapless, and what lets a reader resume at a number without gap or repeat.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User

from escalation.models import Entry, Handoff
from escalation.models.insert import Insert
from escalation.timeline.announce import announce, for_channel
from escalation.timeline.audience import CHANNEL, wake_pages
from escalation.timeline.notify import for_receiver, notify
from escalation.timeline.subscribed import event_of, tell_subscribers

__all__ = ["CHANNEL", "Line", "record"]

ENTRY: Final = Insert(Entry)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What one entry says."""

    kind: Entry.Kind
    happened_at: datetime
    by: User | None = None
    who: str = ""  # a name in a tool, when nobody of ours did it
    tool: str = ""
    text: str = ""
    sayable: str = ""
    certain: bool = True
    details: Mapping[str, Any] = field(default_factory=dict)


def record(*, handoff: Handoff, line: Line, now: datetime, also: Iterable[str] = ()) -> Entry:
    """This will append the line and, at commit, wake every page that shows the handoff.

    ``also`` names the fields of the handoff that the caller changed: they are written with the line's number.
    """
    handoff.last_sequence += 1
    handoff.save(update_fields=["last_sequence", *also])
    entry = ENTRY.create(
        handoff=handoff,
        sequence=handoff.last_sequence,
        kind=line.kind,
        by=line.by,
        who=line.who,
        tool=line.tool,
        text=line.text,
        sayable=line.sayable,
        certain=line.certain,
        details=dict(line.details),
        happened_at=line.happened_at,
        recorded_at=now,
    )
    there = wake_pages(
        entry,
        handoff,
        to_receivers=for_receiver(entry) is not None,
        to_channel=for_channel(entry),
        event=event_of(entry),
    )
    notify(entry=entry, handoff=handoff, receivers=there.receivers, now=now)
    announce(entry=entry, handoff=handoff, channel=there.channel, now=now)
    tell_subscribers(entry=entry, handoff=handoff, subscribers=there.subscribers, now=now)
    return entry
