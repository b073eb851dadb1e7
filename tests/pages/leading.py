"""A past to look at: handoffs with their lines, as the pages of leads and owners read them."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from escalation.models import Entry, Handoff, Route
from tests import builders

HOUR = timedelta(hours=1)


def past_handoff(
    *, route: Route, author: User, confirmed_at: datetime, told: dict[str, float], **changes: object
) -> Handoff:
    """A handoff whose lines came that many hours after it was confirmed."""
    handoff = builders.handoff(
        route=route,
        author=author,
        status="resolved",
        confirmed_at=confirmed_at,
        active_seconds=150,
        **changes,
    )
    lines = {"confirmed": 0.0, "delivered": 0.1} | told
    Entry.objects.bulk_create(
        Entry(
            handoff=handoff,
            sequence=number,
            kind=kind,
            happened_at=confirmed_at + hours * HOUR,
            recorded_at=confirmed_at + hours * HOUR,
        )
        for number, (kind, hours) in enumerate(lines.items(), start=1)
    )
    return handoff
