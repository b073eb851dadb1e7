"""Which row does a verb of the receiver work on? The locked one, and only while it is the receiver's."""

from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import STATUS_TITLES, WITH_RECEIVER, Status
from escalation.models import Handoff

ENDED = frozenset({Status.RESOLVED, Status.BOUNCED})


def lock(handoff: Handoff) -> Handoff:
    """This will lock the handoff's row for this transaction and return it with its route."""
    rows = Handoff.objects.select_for_update(of=("self",))
    return rows.select_related("route__sender", "route__receiver", "route__source", "route__target").get(
        pk=handoff.pk
    )


def with_receiver(handoff: Handoff) -> Handoff:
    """This will lock the row; raises ``NotAllowedNow`` unless the receiver has the handoff."""
    return _in(handoff, WITH_RECEIVER)


def received(handoff: Handoff) -> Handoff:
    """This will lock the row; raises ``NotAllowedNow`` unless the receiver has, or has had, the handoff."""
    return _in(handoff, WITH_RECEIVER | ENDED)


def _in(handoff: Handoff, statuses: frozenset[Status]) -> Handoff:
    locked = lock(handoff)
    if Status(locked.status) not in statuses:
        title = STATUS_TITLES[Status(locked.status)].lower()
        raise NotAllowedNow(f"This handoff is {title}, so there is nothing to say about it now.")
    return locked
