"""How long does a tool's news take to us, by its webhooks and by our asking?

From the tool's own time of a change to the moment it stood on a timeline, over what came last. A tool's clock
may be wrong: a negative span counts as none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import F

from escalation.models import Connection, RemoteUpdate

MOST = 50
LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lag:
    """What one way brought lately, and how long it took; spans in seconds."""

    changes: int
    half_within_s: float = 0.0
    longest_s: float = 0.0
    last_at: datetime | None = None


def lag(*, connection: Connection, way: RemoteUpdate.Way, now: datetime) -> Lag:
    """This will measure the last fifty changes of a week that the way brought first."""
    rows = RemoteUpdate.objects.filter(
        connection=connection,
        way=way,
        applied_at__gt=now - LOOKED_BACK,
        # A first look at a ticket also finds what was so before anybody escalated it.
        happened_at__gte=F("handoff__confirmed_at"),
    )
    found = list(rows.order_by("-applied_at").values_list("happened_at", "applied_at")[:MOST])
    if not found:
        return Lag(changes=0)
    spans = [max(0.0, (applied - happened).total_seconds()) for happened, applied in found]
    return Lag(changes=len(found), half_within_s=median(spans), longest_s=max(spans), last_at=found[0][1])
