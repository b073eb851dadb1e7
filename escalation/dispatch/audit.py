"""Is anything stuck that nobody has been told of?

Everything else tells as it goes; this looks from outside, so that a stopped worker, a lost task or an
error of our own never leaves a row silent. Each finding is said once.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Count, Exists, Min, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from escalation.models import Connection, Delivery, Entry, Handoff, Inbox
from escalation.timeline.record import Line, record

PATIENCE = timedelta(minutes=15)
MOST_AT_ONCE = 100


def audit(*, now: datetime) -> int:
    """This will say on the timeline or the connection what does not move, and return how many that is."""
    return _deliveries(now=now) + _inbox(now=now)


def _deliveries(*, now: datetime) -> int:
    told = Entry.objects.annotate(about=KeyTextTransform("audit", "details")).filter(
        handoff=OuterRef("handoff"), kind=Entry.Kind.STUCK, about=Cast(OuterRef("pk"), CharField())
    )
    moving = Delivery.objects.filter(status__in=[Delivery.Status.OWED, Delivery.Status.UNDER_WAY])
    silent = moving.filter(created_at__lt=now - PATIENCE).exclude(Exists(told))
    rows = list(silent.select_related("connection").order_by("created_at")[:MOST_AT_ONCE])
    for row in rows:
        _tell(row, now=now)
    return len(rows)


@transaction.atomic
def _tell(row: Delivery, *, now: datetime) -> None:
    handoff = Handoff.objects.select_for_update().get(pk=row.handoff_id)
    minutes = int((now - row.created_at).total_seconds() // 60)
    why = row.reason or "No worker has come to it, or none has come to an end with it."
    words = (
        f"Not there after {minutes} minutes. {why} It is kept here, and Baton goes on trying. "
        f"The owner of the connection “{row.connection.name}” can look into it."
    )
    details = {"delivery": str(row.pk), "audit": str(row.pk)}
    line = Line(kind=Entry.Kind.STUCK, happened_at=now, tool=row.connection.tool, text=words, details=details)
    record(handoff=handoff, line=line, now=now)


def _inbox(*, now: datetime) -> int:
    late = (
        Inbox.objects.filter(status=Inbox.Status.WAITING, received_at__lt=now - PATIENCE)
        .values("connection")
        .annotate(rows=Count("pk"), since=Min("received_at"))
    )
    found = list(late)
    for each in found:
        since = f"{each['since']:%H:%M} UTC"
        words = f"{each['rows']} message(s) from the tool wait to be read since {since}."
        # Only where nothing else is wrong: a failing call is the better explanation.
        Connection.objects.filter(pk=each["connection"], trouble="").update(trouble=words, trouble_at=now)
    return len(found)
