"""How does a handoff look as one line of a list?

Plain values, three queries however long the list is: what a person asks of a list is who has it, what
happened last and when the next word is due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from escalation.knowledge.codec import availability_from_json
from escalation.knowledge.reach import reach
from escalation.knowledge.words import Level
from escalation.lifecycle.words import OPEN, STATUS_TITLES, Status
from escalation.models import Entry, Handoff
from escalation.timeline.describe import title
from escalation.tools.registry import label

# What a machine does by itself is no sign that a person is at work.
BY_PEOPLE = (
    Entry.Kind.CONFIRMED,
    Entry.Kind.SEEN,
    Entry.Kind.ACCEPTED,
    Entry.Kind.READ_BACK,
    Entry.Kind.PROMISED,
    Entry.Kind.ASKED,
    Entry.Kind.ANSWERED,
    Entry.Kind.DIAGNOSING,
    Entry.Kind.WAITING,
    Entry.Kind.WENT_ON,
    Entry.Kind.NOTE,
    Entry.Kind.STATE,
    Entry.Kind.ASSIGNED,
    Entry.Kind.RESOLVED,
    Entry.Kind.REASON,
    Entry.Kind.LEARNED,
    Entry.Kind.REOPENED,
    Entry.Kind.BOUNCED,
)


SHOWN = (
    *("summary", "status", "source_number", "remote_number"),
    *("confirmed_at", "saved_at", "update_due_at"),
    *("route__sender__name", "route__receiver__name"),
    *("author__first_name", "author__last_name", "author__username"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoffLine:
    """One handoff in a list."""

    id: UUID
    summary: str
    ask: str
    status: str
    status_title: str
    source_number: str
    remote_number: str
    receiver: str
    sender: str
    author: str
    last: str
    last_at: datetime | None
    due_at: datetime | None
    overdue: bool
    confirmed_at: datetime | None
    saved_at: datetime
    impact: str
    reachable: bool
    reach: str


def lines_of(
    handoffs: QuerySet[Handoff], *, zone: str, now: datetime, with_last: bool = True
) -> tuple[HandoffLine, ...]:
    """This will read the handoffs with their last human action, where that is shown.

    Of each no more than a list shows: the whole state is read by its own page, and the conversation that a
    form was prefilled from may be longer than everything else here.
    """
    shown = handoffs.select_related("route__sender", "route__receiver", "author").only(*SHOWN)
    shown = shown.annotate(ask=F("state__ask"), hours=F("state__availability"), affected=F("state__business"))
    if not with_last:
        return tuple(_line(row, None, zone=zone, now=now) for row in shown)
    newest = Entry.objects.filter(handoff=OuterRef("pk"), kind__in=BY_PEOPLE).order_by("-sequence")
    rows = list(shown.annotate(last_entry=Subquery(newest.values("pk")[:1])))
    entries = Entry.objects.select_related("by").in_bulk([row.last_entry for row in rows if row.last_entry])
    return tuple(_line(row, entries.get(row.last_entry or 0), zone=zone, now=now) for row in rows)


def _line(row: Any, last: Entry | None, *, zone: str, now: datetime) -> HandoffLine:
    can = reach(availability_from_json(row.hours), now=now)
    due = row.update_due_at if Status(row.status) in OPEN else None
    return HandoffLine(
        id=row.pk,
        summary=row.summary or "Nothing written yet",
        ask=row.ask or "",
        status=row.status,
        status_title=STATUS_TITLES[Status(row.status)],
        source_number=row.source_number,
        remote_number=row.remote_number,
        receiver=row.route.receiver.name,
        sender=row.route.sender.name,
        author=row.author.get_full_name() or row.author.get_username(),
        last=title(last, tool_label=label(last.tool) if last.tool else "") if last else "",
        last_at=last.happened_at if last else None,
        due_at=due,
        overdue=due is not None and due < now,
        confirmed_at=row.confirmed_at,
        saved_at=row.saved_at,
        impact=worst(each.get("impact") for each in row.affected or ()),
        reachable=can.now,
        reach=can.words(zone=zone),
    )


def worst(levels: Iterable[str | None]) -> str:
    """This will return the highest of the levels, "" when none is given."""
    given = {level for level in levels if level}
    return next((level.value for level in Level if level in given), "")
