"""What becomes of a draft that was discarded and never taken up again? After thirty days it is gone for good.

With its files, its conversation and its lines: nobody confirmed any of it, and it may hold what a user said
in confidence. One of which something has left the building keeps its row, because other records name it;
its words go all the same.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from escalation.knowledge.codec import to_json
from escalation.knowledge.state import KnowledgeState
from escalation.lifecycle.words import Status
from escalation.models import Attachment, Entry, Handoff

KEPT = timedelta(days=30)  # what the pages promise
AT_ONCE = 200  # a run that finds more leaves the rest to the next one
EMPTY = to_json(KnowledgeState())
# What other rows or a tool's record hang on; none of it exists for a draft that never left.
_BOUND = ("deliveries", "amendments", "snapshot", "next_hops", "questions", "itemmarks", "verdicts")

logger = logging.getLogger(__name__)


@transaction.atomic
def delete_expired(*, now: datetime) -> int:
    """This will delete the drafts that were discarded more than ``KEPT`` ago; returns how many went."""
    expired = Handoff.objects.filter(status=Status.DISCARDED, saved_at__lt=now - KEPT)
    free = expired.filter(**dict.fromkeys(_BOUND))
    ids = list(free.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    # One that is being taken up again at this moment is locked, and left alone.
    rows = expired.select_for_update(skip_locked=True).filter(pk__in=ids)
    gone = [row.pk for row in rows]
    Attachment.objects.filter(handoff__in=gone).delete()
    Entry.objects.filter(handoff__in=gone).delete()
    Handoff.objects.filter(pk__in=gone).delete()
    emptied = (
        expired.exclude(pk__in=free.values("pk"))
        .exclude(state=EMPTY)
        .update(
            state=EMPTY, summary="", conversation=None, offered_files=None, answers={}, extras={}, people={}
        )
    )
    if gone or emptied:
        logger.info("upkeep: discarded drafts deleted", extra={"gone": len(gone), "emptied": emptied})
    return len(gone)
