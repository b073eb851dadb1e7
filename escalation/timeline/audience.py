"""Who is there to be told of a line?

Asked in one statement with the NOTIFY, for each question by itself is a round trip of every send and every
delivery, and nearly always has no answer. What is found is read by whoever tells it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from escalation.models import Entry, Handoff, Membership
from escalation.models.subscriber import Event

CHANNEL = "baton_timeline"
RECEIVING = (Membership.Role.LEVEL_TWO, Membership.Role.LEAD)
# NOTIFY is part of the transaction: nobody hears of a line that was rolled back.
_ASK = """
SELECT pg_notify(%(channel)s, %(line)s), ARRAY(
    SELECT m.user_id FROM escalation_membership m
    WHERE m.team_id = r.receiver_id AND m.role = ANY(%(receiving)s) AND %(to_receivers)s
), (
    SELECT c.id FROM escalation_teamchannel c WHERE c.team_id = r.sender_id AND %(to_channel)s
), ARRAY(
    SELECT s.id FROM escalation_subscriber s
    WHERE s.team_id IN (r.sender_id, r.receiver_id) AND s.stopped_at IS NULL AND s.events @> %(events)s
)
FROM escalation_route r WHERE r.id = %(route)s
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """The people who receive, the sending team's channel, and the programs, by id."""

    receivers: tuple[int, ...] = ()
    channel: int | None = None
    subscribers: tuple[UUID, ...] = ()


def wake_pages(
    entry: Entry, handoff: Handoff, *, to_receivers: bool, to_channel: bool, event: Event | None
) -> Audience:
    """This will wake every page that shows the handoff, at commit, and return who else is to be told."""
    asked: dict[str, Any] = {
        "channel": CHANNEL,
        "line": f"{handoff.pk}:{entry.sequence}",
        "route": handoff.route_id,
        "receiving": [role.value for role in RECEIVING],
        # Whoever has taken it on is told alone.
        "to_receivers": to_receivers and handoff.receiver_person_id is None,
        "to_channel": to_channel,
        # No subscriber wants the event that has no name.
        "events": [event.value if event else ""],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASK, asked)
        _, receivers, channel, subscribers = cursor.fetchone()
    if to_receivers and handoff.receiver_person_id is not None:
        receivers = [handoff.receiver_person_id]
    return Audience(receivers=tuple(receivers), channel=channel, subscribers=tuple(subscribers))
