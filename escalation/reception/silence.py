"""Has the receiver gone silent? Both sides are told once, within a minute, when a promise runs out."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from escalation.lifecycle.promise import PROMISE_TITLES, PromiseSource
from escalation.lifecycle.words import WITH_RECEIVER
from escalation.models import Entry, Handoff
from escalation.reception.hold import lock
from escalation.timeline.record import Line, record

MOST_AT_ONCE = 500


def tell_silence(*, now: datetime) -> int:
    """This will put one line on every handoff whose promise has run out, and return how many that were."""
    untold = Q(silence_told_for=None) | ~Q(silence_told_for=F("update_due_at"))
    silent = Handoff.objects.filter(untold, status__in=WITH_RECEIVER, update_due_at__lt=now)
    return sum(_tell(each, now=now) for each in silent.order_by("update_due_at")[:MOST_AT_ONCE])


@transaction.atomic
def _tell(handoff: Handoff, *, now: datetime) -> int:
    locked = lock(handoff)
    due = locked.update_due_at
    # Somebody may have spoken, or another worker told it, between the look and the lock.
    if due is None or due >= now or due == locked.silence_told_for or locked.status not in WITH_RECEIVER:
        return 0
    locked.silence_told_for = due
    locked.save(update_fields=["silence_told_for"])
    whose = PROMISE_TITLES[PromiseSource(locked.promised_by)]
    words = f"{locked.route.receiver.name} owed a word by then ({whose})."
    line = Line(kind=Entry.Kind.SILENT, happened_at=due, text=words, details={"due": due.isoformat()})
    record(handoff=locked, line=line, now=now)
    return 1
