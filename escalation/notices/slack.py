"""How do notices leave in Slack? Each as one direct message of the app to the member.

As with mails a row is marked before it leaves: never twice, at worst not at all, and it still stands in
the page.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from escalation.models import Connection, Notice
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.slack.direct import tell_person
from escalation.transport.errors import TransportError

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 200
AGAIN_AFTER = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=1)


def post_due(*, now: datetime) -> int:
    """This will post what is due and return how many messages left."""
    due = Notice.objects.filter(slack_at__lte=now, slacked_at=None).order_by("slack_at")
    ids = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not ids:
        return 0
    slack = Connection.objects.filter(tool="slack").order_by("name").first()
    if slack is None:
        due.filter(pk__in=ids).update(slack_at=None, trouble="No Slack is connected; ask an owner of Baton.")
        return 0
    return sum(_post(each, slack, now=now) for each in ids)


def _post(notice_id: int, slack: Connection, *, now: datetime) -> int:
    notice = _claim(notice_id, now=now)
    if notice is None:
        return 0
    lines = (notice.title, notice.text, f"{settings.PUBLIC_URL}{notice.address}")
    try:
        text = "\n".join(line for line in lines if line)
        tell_person(slack.door(), member=notice.user.notice_hours.slack_user, text=text)
    except (TransportError, NotConfigured, Unreadable) as error:
        logger.warning("notices: a message could not leave in Slack: %s", type(error).__name__)
        again = now + AGAIN_AFTER if now - notice.made_at < GIVE_UP_AFTER else None
        Notice.objects.filter(pk=notice_id).update(slacked_at=None, slack_at=again, trouble=str(error)[:255])
        return 0
    return 1


@transaction.atomic
def _claim(notice_id: int, *, now: datetime) -> Notice | None:
    rows = Notice.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "user__notice_hours"
    )
    notice = rows.filter(pk=notice_id, slack_at__lte=now, slacked_at=None).first()
    if notice is None:
        return None
    hours = getattr(notice.user, "notice_hours", None)
    if notice.read_at is not None or hours is None or not hours.slack_user:
        Notice.objects.filter(pk=notice_id).update(slack_at=None)
        return None
    Notice.objects.filter(pk=notice_id).update(slacked_at=now, trouble="")
    return notice
