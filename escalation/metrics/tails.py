"""What runs on, of the handoffs still open, until somebody looks?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from escalation.metrics.tallies import DIMENSIONS, value_of
from escalation.models import Measurement


@dataclass(frozen=True, kw_only=True, slots=True)
class Tail:
    """The time of one open handoff since its last human word, in seconds, as parts of its measures."""

    handoff_id: UUID
    route_id: int
    day: date  # it was confirmed on, in UTC
    open_s: float
    waiting_s: float
    on_user_s: float
    promised_s: float
    silence: float  # the longest of all, this one or an earlier
    kinds: Mapping[str, str]  # dimension to the value it is counted under


def tails(
    *, route_ids: Iterable[int], since: datetime, before: datetime, until: datetime
) -> tuple[Tail, ...]:
    """This will return what runs on of the handoffs confirmed in that time."""
    rows = Measurement.objects.filter(
        route__in=tuple(route_ids), confirmed_at__gte=since, confirmed_at__lt=before, tail_at__isnull=False
    )
    found = rows.annotate(promised_minutes=F("route__update_within_minutes"))
    return tuple(_tail(row, until=until) for row in found)


def _tail(row: Any, *, until: datetime) -> Tail:
    seconds = max(0.0, (until - row.tail_at).total_seconds())
    return Tail(
        handoff_id=row.pk,
        route_id=row.route_id,
        day=row.confirmed_at.date(),
        open_s=seconds,
        waiting_s=seconds if row.tail_waits else 0.0,
        on_user_s=seconds if row.tail_on_user else 0.0,
        promised_s=min(seconds, row.promised_minutes * 60),
        silence=max(seconds, row.silence or 0.0),
        kinds={each: value_of(row, each) for each in DIMENSIONS},
    )
