"""What stands beside one ticket: its handoffs that the person may see, and the ways to hand it off?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from escalation.lifecycle.words import STATUS_TITLES, Status
from escalation.models import AuditLine, Connection, Handoff, Route
from escalation.timeline.read import TimelineLine, lines
from escalation.web.access import WITH
from escalation.web.standing import holder

MOST_HANDOFFS = 3  # of one ticket; the newest
MOST_LINES = 6
ONE_LOOK = timedelta(hours=1)  # an open frame asks every few seconds, and that is one look


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """One handoff with its newest lines, newest first."""

    handoff: Handoff
    status_title: str
    holder: str
    overdue: bool
    lines: tuple[TimelineLine, ...]


def beside_ticket(row: Connection, reference: str, *, reader: User, now: datetime) -> dict[str, Any]:
    """This will return the template's values for a ticket of the connection."""
    of_ticket = Q(route__source=row, source_reference=reference)
    sent = Handoff.objects.visible_to(reader).filter(of_ticket)
    sent = sent.exclude(status__in=[Status.DRAFT, Status.DISCARDED]).select_related(*WITH, "receiver_person")
    return {
        "handoffs": tuple(_beside(each, now=now) for each in sent.order_by("-confirmed_at")[:MOST_HANDOFFS]),
        "drafts": tuple(Handoff.objects.drafts_of(reader).filter(of_ticket).order_by("-saved_at")),
        "routes": tuple(
            Route.objects.open_to(reader).filter(source=row).select_related("receiver").order_by("name")
        ),
    }


def note_looked(shown: Iterable[Beside], *, by: User, come_from: str, now: datetime) -> None:
    """This will write into the audit who saw which handoff, once for a look."""
    ids = {each.handoff.pk for each in shown}
    recent = AuditLine.objects.filter(user=by, page="embedded_ticket", at__gt=now - ONE_LOOK)
    new = ids - set(recent.filter(handoff_id__in=ids).values_list("handoff_id", flat=True)) if ids else set()
    AuditLine.objects.bulk_create(
        AuditLine(
            at=now,
            user=by,
            did=AuditLine.Did.SAW,
            page="embedded_ticket",
            path="",
            handoff_id=each,
            come_from=come_from[:64],
        )
        for each in new
    )


def _beside(handoff: Handoff, *, now: datetime) -> Beside:
    due = handoff.update_due_at
    return Beside(
        handoff=handoff,
        status_title=str(STATUS_TITLES[Status(handoff.status)]),
        holder=holder(handoff),
        overdue=due is not None and due < now,
        lines=tuple(reversed(lines(handoff=handoff)))[:MOST_LINES],
    )
