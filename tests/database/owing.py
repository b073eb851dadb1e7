"""Builders for what is owed: a confirmed handoff and its deliveries."""

import json
from typing import Any

from django.contrib.auth.models import User

from escalation.dispatch.deliver import deliver
from escalation.models import Connection, Delivery, Handoff, Route
from escalation.outbox.owe import Note, owe_note, owe_record
from escalation.translation.draft import Draft, Field
from tests import builders
from tests.builders import NOW
from tests.database.fakes import KIND, Clock

SHORT = "Finance dashboard does not load: CORS error"


def confirmed(*, route: Route, author: User, **changes: Any) -> Handoff:
    """A handoff that waits for its record."""
    return builders.handoff(route=route, author=author, status="queued", confirmed_at=NOW, **changes)


def draft() -> Draft:
    """The record a person confirmed."""
    fields = (
        Field(name="short_description", label="Short description", value=SHORT, shown=SHORT),
        Field(name="urgency", label="Urgency", value="1", shown="1 - High"),
    )
    return Draft(tool=KIND, record="Record", fields=fields)


def owed(handoff: Handoff) -> Delivery:
    """The record, owed to the route's target."""
    return owe_record(handoff=handoff, connection=handoff.route.target, draft=draft(), now=NOW)


def note_owed(handoff: Handoff, text: str, *, remote_id: str, **changes: Any) -> Delivery:
    """A note, owed to the route's target unless another connection is named."""
    connection: Connection = changes.pop("connection", handoff.route.target)
    note = Note(remote_id=remote_id, text=text, **changes)
    return owe_note(handoff=handoff, connection=connection, note=note, now=NOW)


def until_done(delivery: Delivery, clock: Clock, *, most: int = 40) -> Delivery:
    """Try at every moment it is due, until it is done or stuck."""
    for _ in range(most):
        delivery.refresh_from_db()
        if delivery.status in {Delivery.Status.DONE, Delivery.Status.STUCK}:
            return delivery
        clock.now = max(clock.now, delivery.not_before, delivery.leased_until or clock.now)
        clock.forward(0.001)
        deliver(delivery=delivery.pk, clock=clock)
    raise AssertionError(f"still {delivery.status} after {most} tries: {delivery.reason}")


def body(delivery: Delivery) -> Any:
    """What the bytes say."""
    return json.loads(bytes(delivery.body))
