"""How does a person set a stuck delivery going again?"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.models import Delivery, Entry, Handoff
from escalation.outbox import engine
from escalation.timeline.record import Line, record


@transaction.atomic
def retry(*, delivery: Delivery, by: User, now: datetime) -> Delivery:
    """This will make a stuck delivery due at once; one that is not stuck is left as it is.

    The same bytes go out again, and the tool is searched first: a second press changes nothing.
    """
    handoff = Handoff.objects.select_for_update().get(pk=delivery.handoff_id)
    stuck = Delivery.objects.filter(pk=delivery.pk, status=Delivery.Status.STUCK)
    if stuck.update(status=Delivery.Status.OWED, reason="", not_before=now):
        details = {"delivery": str(delivery.pk)}
        line = Line(
            kind=Entry.Kind.RETRIED, happened_at=now, by=by, tool=delivery.connection.tool, details=details
        )
        record(handoff=handoff, line=line, now=now)
        engine.start([delivery.pk], now=now)
    delivery.refresh_from_db()
    return delivery
