"""How does a sender call back what was sent a moment ago, or let it go at once?

For the route's seconds after the press nothing leaves the building: the delivery is owed and nobody may
try it yet. Called back in that time the handoff is the draft it was, with its suggestions, and only the
timeline remembers. Whoever is first wins: a worker that has taken the delivery up cannot be outrun.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.lifecycle.table import NotAllowedNow, after
from escalation.lifecycle.words import Move, Status
from escalation.models import Delivery, Entry, Handoff, Snapshot
from escalation.models.delivery import DeliveryQuerySet
from escalation.outbox import engine
from escalation.timeline.record import Line, record


def leaves_at(handoff: Handoff, *, now: datetime) -> datetime | None:
    """This will return until when it can be called back; None when it cannot, or no longer."""
    if handoff.status != Status.QUEUED:
        return None
    return _waiting(handoff, now=now).values_list("not_before", flat=True).first()


@transaction.atomic
def recall(*, handoff: Handoff, by: User, now: datetime) -> Handoff:
    """This will make a draft of it again; raises ``NotAllowedNow`` once it is on its way."""
    locked = _own(handoff, by)
    status = after(Status(locked.status), Move.RECALL)
    # Locked before it is judged: a worker takes a delivery by changing this very row.
    waiting = _waiting(locked, now=now).select_for_update().first()
    if waiting is None:
        raise NotAllowedNow("It has left already. Send a correction instead: it reaches the same record.")
    fingerprint = waiting.fingerprint
    # Nothing of it was ever tried, so nothing that a tool knows of is forgotten here.
    locked.deliveries.filter(status=Delivery.Status.OWED, attempts_made=0).delete()
    _take_back(locked, status, now=now)
    line = Line(
        kind=Entry.Kind.RECALLED,
        happened_at=now,
        by=by,
        tool=locked.route.target.tool,
        details={"fingerprint": fingerprint},
    )
    record(handoff=locked, line=line, now=now)
    return locked


@transaction.atomic
def release(*, handoff: Handoff, by: User, now: datetime) -> Handoff:
    """This will let it go at once; one that has left already is left alone."""
    locked = _own(handoff, by)
    waiting = _waiting(locked, now=now)
    ids = tuple(waiting.values_list("pk", flat=True))
    if waiting.update(not_before=now):
        engine.start(ids, now=now)
    return locked


def _waiting(handoff: Handoff, *, now: datetime) -> DeliveryQuerySet:
    return handoff.deliveries.filter(
        kind=Delivery.Kind.CREATE, status=Delivery.Status.OWED, attempts_made=0, not_before__gt=now
    )


def _own(handoff: Handoff, by: User) -> Handoff:
    rows = Handoff.objects.select_for_update(of=("self",)).select_related("route__target")
    locked = rows.get(pk=handoff.pk)
    if locked.author_id != by.pk:
        raise NotAllowedNow("Only whoever sent it can call it back.")
    return locked


def _take_back(handoff: Handoff, status: Status, *, now: datetime) -> None:
    snapshot = Snapshot.objects.get(handoff=handoff)
    handoff.state = snapshot.draft or snapshot.state
    handoff.status, handoff.saved_at, handoff.confirmed_at = status, now, None
    handoff.owed, handoff.owed_due_at = [], None
    handoff.save(update_fields=["state", "status", "saved_at", "confirmed_at", "owed", "owed_due_at"])
    handoff.amendments.filter(sent_at__isnull=True).delete()
    snapshot.delete()
