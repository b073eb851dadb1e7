"""What do the words mean that a technician typed: "8–5 Eastern on Slack", "tomorrow noon"?

Words stay as typed; beside them stands what they were resolved to, against the clock and zone of the
user. Only items whose words changed are read again, so that a saved meaning never shifts by itself.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from escalation.extraction.availability import availability
from escalation.extraction.deadline import deadline
from escalation.extraction.times import resolve
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Item,
    KnowledgeState,
    Moment,
    Remediation,
)
from escalation.knowledge.words import Part


def understood(new: KnowledgeState, *, old: KnowledgeState, said_at: datetime, zone: str) -> KnowledgeState:
    """This will return ``new`` with meanings beside its words and the evidence that ``old`` holds."""
    parts: dict[str, Any] = {
        part.value: tuple(_item(item, old.find(item.id), said_at, zone) for item in new.part(part))
        for part in Part
    }
    return replace(new, source=old.source, investigation_url=old.investigation_url, **parts)


def _item(item: Item, before: Item | None, said_at: datetime, zone: str) -> Item:
    if before is not None and type(before) is type(item):
        # A form carries no evidence; it stays with the item it was found for.
        item = replace(item, evidence=item.evidence or before.evidence)
    match item:
        case Availability():
            return _availability(item, before, said_at, zone)
        case Business(deadline=Moment() as moment):
            return replace(item, deadline=_deadline(moment, before, said_at, zone))
        case Diagnostic(when=Moment() as moment) | Remediation(when=Moment() as moment):
            return replace(item, when=_when(moment, before, said_at, zone))
        case _:
            return item


def _availability(item: Availability, before: Item | None, said_at: datetime, zone: str) -> Availability:
    if isinstance(before, Availability) and before.words == item.words:
        return replace(item, windows=before.windows)
    read = availability(item.words, said_at=said_at, zone=zone)
    if read is None:
        return replace(item, windows=())
    return replace(
        item,
        windows=read.windows,
        channel=item.channel or read.channel,
        handle=item.handle or read.handle,
        can_test=read.can_test if item.can_test is None else item.can_test,
    )


def _deadline(moment: Moment, before: Item | None, said_at: datetime, zone: str) -> Moment:
    if isinstance(before, Business) and before.deadline and before.deadline.words == moment.words:
        return before.deadline
    return deadline(moment.words, said_at=said_at, zone=zone) or _resolved(moment, said_at, zone)


def _when(moment: Moment, before: Item | None, said_at: datetime, zone: str) -> Moment:
    if isinstance(before, Diagnostic | Remediation) and before.when and before.when.words == moment.words:
        return before.when
    return _resolved(moment, said_at, zone)


def _resolved(moment: Moment, said_at: datetime, zone: str) -> Moment:
    span = resolve(moment.words, said_at=said_at, zone=zone)
    return replace(moment, at=span.start if span else None)
