"""Which deliveries are due and have nobody on the way to them?

Those whose wait is over, whose task was lost, or whose worker died. Fair: each connection gets its
turn, so that one with a thousand rows does not hold up one with a single row. Where calls pause
(``models.breaker``) the rows wait and say why; when the pause is over, one of them goes first. Of what is
owed to a slow tool one goes at a time.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from escalation.models import Breaker, Delivery
from escalation.outbox import engine

MOST_AT_ONCE = 100
# A task that has not begun by then is taken for lost; one too many finds its row leased and ends.
PATIENCE = timedelta(seconds=15)


@transaction.atomic
def relay(*, now: datetime) -> int:
    """This will start up to a hundred due deliveries and return how many."""
    _say_what_waits()
    unasked = Q(queued_at=None) | Q(queued_at__lt=now - PATIENCE)
    due = Delivery.objects.due(now=now).filter(unasked)
    in_turn = due.annotate(
        turn=Window(RowNumber(), partition_by=F("connection"), order_by=("not_before", "pk"))
    ).order_by("turn", "not_before", "pk")
    breakers = Breaker.objects.on_trial() | Breaker.objects.slow()
    one_each = set(breakers.values_list("pk", flat=True))
    found = in_turn.values_list("pk", "connection", "turn")[:MOST_AT_ONCE]
    chosen = [pk for pk, connection, turn in found if turn == 1 or connection not in one_each]
    # Another relay may have chosen the same: what it holds, or has asked for since, is left to it.
    locked = Delivery.objects.select_for_update(skip_locked=True).filter(unasked, pk__in=chosen)
    ours = set(locked.values_list("pk", flat=True))
    return engine.start([each for each in chosen if each in ours], now=now)


def _say_what_waits() -> None:
    """Rows that are not tried have nobody else to say why."""
    for breaker in Breaker.objects.pausing():
        waiting = Delivery.objects.filter(connection=breaker.pk, status=Delivery.Status.OWED)
        waiting.exclude(reason=breaker.words).update(reason=breaker.words)
