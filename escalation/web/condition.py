"""How is one connection: what waits, what pauses, what failed last, how late its news comes, does it call?"""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from escalation.models import Attempt, Breaker, Connection, Delivery, Inbox, RemoteUpdate
from escalation.upkeep.lag import lag
from escalation.upkeep.trial import trial_of

MOST_SHOWN = 20
_OPEN = Q(status__in=[Delivery.Status.OWED, Delivery.Status.UNDER_WAY])
_FAILED = (Attempt.Result.WAIT, Attempt.Result.AMBIGUOUS, Attempt.Result.REFUSED)


def standing(row: Connection, *, now: datetime) -> dict[str, Any]:
    """This will gather what the connection's page shows of how it is."""
    waiting = Delivery.objects.filter(_OPEN, connection=row).aggregate(
        many=Count("pk"), since=Min("created_at")
    )
    stuck = Delivery.objects.filter(connection=row, status=Delivery.Status.STUCK).select_related("handoff")
    seen = Inbox.objects.filter(connection=row)
    unread = seen.filter(status__in=[Inbox.Status.WAITING, Inbox.Status.PARKED])
    failed = Attempt.objects.filter(delivery__connection=row, result__in=_FAILED)
    return {
        "owed": waiting["many"],
        "owed_since": waiting["since"],
        "unread": unread.count(),
        "breaker": Breaker.objects.filter(pk=row.pk).first(),
        "slow": Breaker.objects.slow().filter(pk=row.pk).exists(),
        "paused": Breaker.objects.pausing().filter(pk=row.pk).exists(),
        "by_webhook": lag(connection=row, way=RemoteUpdate.Way.WEBHOOK, now=now),
        "by_poll": lag(connection=row, way=RemoteUpdate.Way.POLL, now=now),
        "errors": failed.select_related("delivery").order_by("-pk")[:5],
        "calls": seen.order_by("-pk")[:5],
        "stuck": stuck.order_by("created_at")[:MOST_SHOWN],
        "trial": trial_of(connection=row, now=now),
    }
