"""Which of the company's own programs are told of a line?

Owed in the transaction that writes the line, as a post in a team's channel is: what is rolled back is told to
nobody, and what stands is told however often a worker dies on the way.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse

from escalation.models import Entry, Handoff, Message
from escalation.models.subscriber import Event

K = Entry.Kind
TOLD: Final = {
    K.CONFIRMED: Event.SENT,
    K.DELIVERED: Event.DELIVERED,
    K.ACCEPTED: Event.ACCEPTED,
    K.ASKED: Event.ASKED_BACK,
    K.BOUNCED: Event.BOUNCED,
    K.NOTE: Event.UPDATE,
    K.RESOLVED: Event.RESOLVED,
}


def event_of(entry: Entry) -> Event | None:
    """This will return what the line is to a subscriber; None where it is nothing."""
    if entry.kind == K.NOTE and entry.details.get("side") != "receiver":
        return None
    return TOLD.get(K(entry.kind))


def tell_subscribers(*, entry: Entry, handoff: Handoff, subscribers: Sequence[UUID], now: datetime) -> None:
    """This will owe a message of the line to each of these subscribers."""
    event = event_of(entry)
    if event is None or not subscribers:
        return
    Message.objects.bulk_create(
        Message(
            id=uuid5(each, f"{handoff.pk}:{entry.sequence}"),
            subscriber_id=each,
            entry=entry,
            event=event,
            data=_data(entry, handoff),
            not_before=now,
            made_at=now,
        )
        for each in subscribers
    )


def _data(entry: Entry, handoff: Handoff) -> dict[str, Any]:
    return {
        "handoff": str(handoff.pk),
        "sequence": entry.sequence,
        "kind": str(entry.kind),
        "status": str(handoff.status),
        "route": handoff.route_id,
        "source": handoff.source_number,
        "record": handoff.remote_number,
        "record_url": handoff.remote_url,
        "url": f"{settings.PUBLIC_URL}{reverse('handoff', args=[handoff.pk])}",
        "happened_at": entry.happened_at.isoformat(),
    }
