"""Whose record is it that changed?

A record can belong to several handoffs: it is what one created and what the next one started from.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from escalation.lifecycle.words import OPEN, Status
from escalation.models import ChatThread, Connection, Delivery, Handoff

_SENT = ~Q(status__in=[Status.DRAFT, Status.DISCARDED])


@dataclass(frozen=True, kw_only=True, slots=True)
class Interest:
    """A handoff to which a record matters, and from which side."""

    handoff: UUID
    receiving: bool  # True: the record it created; False: the ticket it came from


def interests(*, connection: Connection, remote_id: str) -> tuple[Interest, ...]:
    """This will find the handoffs to which the record matters."""
    created = Handoff.objects.filter(_SENT, remote_id=remote_id, route__target=connection)
    came_from = Handoff.objects.filter(_SENT, source_reference=remote_id, route__source=connection)
    talked = Handoff.objects.filter(_SENT, threads__connection=connection, threads__remote_id=remote_id)
    return (
        *(Interest(handoff=each, receiving=False) for each in talked.values_list("pk", flat=True)),
        *(Interest(handoff=each, receiving=True) for each in created.values_list("pk", flat=True)),
        *(Interest(handoff=each, receiving=False) for each in came_from.values_list("pk", flat=True)),
    )


def may_be_new(*, connection: Connection) -> bool:
    """This will say whether a record may exist in the tool whose creation we have not heard of yet."""
    unheard = Delivery.objects.filter(
        connection=connection,
        kind=Delivery.Kind.CREATE,
        status__in=[Delivery.Status.OWED, Delivery.Status.UNDER_WAY],
        attempts_made__gt=0,
    )
    return unheard.exists()


def open_threads(*, connection: Connection) -> tuple[str, ...]:
    """This will return the threads of a chat that belong to handoffs which are not at their end."""
    rows = ChatThread.objects.filter(connection=connection, handoff__status__in=OPEN)
    return tuple(rows.order_by("remote_id").values_list("remote_id", flat=True).distinct())


def watched(*, connection: Connection) -> bool:
    """This will say whether any handoff cares what changes in this tool."""
    created = Q(route__target=connection) & ~Q(remote_id="")
    came_from = Q(route__source=connection) & ~Q(source_reference="")
    return Handoff.objects.filter(_SENT).filter(created | came_from).exists()
