"""What was the user told, when, and by whom?"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.models import Entry, Handoff
from escalation.timeline.record import Line, record


@transaction.atomic
def told(*, handoff: Handoff, text: str, by: User, now: datetime) -> Entry:
    """This will log that a person took this line to tell the user."""
    locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
    line = Line(kind=Entry.Kind.TOLD, happened_at=now, by=by, sayable=text)
    return record(handoff=locked, line=line, now=now)
