"""How long is what people wrote kept? So many days each, by the settings; the figures need none of it.

What goes: the bytes of webhooks that were read or found unreadable, files and conversations of handoffs that
are long over, the lines of the audit and the log-ins. A webhook keeps its row and its event's id, so that the
same one is still known; a handoff keeps what was confirmed, with its timeline.
"""

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from escalation.lifecycle.words import Status
from escalation.models import Attachment, AttachmentBytes, AuditLine, Entry, Handoff, Inbox, Snapshot
from escalation.models.handoff import HandoffQuerySet

AT_ONCE = 500  # a run that finds more leaves the rest to the next one
EMPTY = hashlib.sha256(b"").hexdigest()
OVER = (Inbox.Status.APPLIED, Inbox.Status.IGNORED, Inbox.Status.BROKEN)

logger = logging.getLogger(__name__)


def let_go(*, days: Mapping[str, int], now: datetime) -> dict[str, int]:
    """This will let go of what is older than its days (0: kept for ever); returns how many of each."""
    ways = {
        "raw": _raw,
        "files": _files,
        "conversations": _conversations,
        "audit": _audit,
        "log_ins": _log_ins,
    }
    gone = {
        name: way(now - timedelta(days=days[name])) for name, way in ways.items() if days.get(name, 0) > 0
    }
    if any(gone.values()):
        logger.info("upkeep: retention let go", extra={"gone": gone})
    return gone


def _raw(before: datetime) -> int:
    old = Inbox.objects.filter(status__in=OVER, received_at__lt=before).exclude(body=b"")
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return Inbox.objects.filter(pk__in=keys).update(body=b"", headers={})


def _over(before: datetime) -> HandoffQuerySet:
    """Handoffs that ended, and of which nobody has said a word since."""
    since = Entry.objects.filter(handoff=OuterRef("pk"), recorded_at__gte=before)
    ended = Handoff.objects.filter(status__in=[Status.RESOLVED, Status.BOUNCED], confirmed_at__lt=before)
    return ended.exclude(Exists(since))


def _files(before: datetime) -> int:
    old = Attachment.objects.filter(handoff__in=_over(before).values("pk"), size__gt=0)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        AttachmentBytes.objects.filter(attachment__in=keys).update(body=b"")
        return Attachment.objects.filter(pk__in=keys).update(size=0, sha256=EMPTY)


def _conversations(before: datetime) -> int:
    told = Q(conversation__isnull=False) | Q(snapshot__draft__isnull=False)
    keys = list(_over(before).filter(told).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        Snapshot.objects.filter(handoff__in=keys).update(draft=None)
        return Handoff.objects.filter(pk__in=keys).update(conversation=None, offered_files=None)


@transaction.atomic
def _audit(before: datetime) -> int:
    with connection.cursor() as cursor:
        # The trigger lets retention alone take lines away, and only while it says so.
        cursor.execute("SELECT set_config('baton.retention', 'on', true)")
    keys = list(AuditLine.objects.filter(at__lt=before).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return AuditLine.objects.filter(pk__in=keys).delete()[0]


def _log_ins(before: datetime) -> int:
    logs = (AccessAttempt, AccessFailureLog, AccessLog)
    return sum(int(log.objects.filter(attempt_time__lt=before).delete()[0]) for log in logs)
