"""How do notices leave by mail, each once and as few mails as can be?

What is due for one person goes in one mail: the digest, and whatever gathered over quiet hours. The rows
are marked before the mail leaves, so that a crash between the two costs a mail and never doubles one; the
notice itself still stands in the page. What was read there already is not mailed.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from escalation.models import Notice
from escalation.timeline.mailed import FAILURES, headers, stop_address
from escalation.timeline.notify import hours_of
from escalation.timeline.unsubscribe import ALL

logger = logging.getLogger(__name__)

MOST_PEOPLE = 200  # in one round
MOST_IN_A_MAIL = 50
AGAIN_AFTER = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=1)


def mail_due(*, now: datetime) -> int:
    """This will send what is due and return how many mails left."""
    due = Notice.objects.filter(mail_at__lte=now, mailed_at=None)
    people = list(due.order_by().values_list("user", flat=True).distinct()[:MOST_PEOPLE])
    return sum(_mail_to(each, now=now) for each in people)


def _mail_to(user_id: int, *, now: datetime) -> int:
    notices = _claim(user_id, now=now)
    if not notices:
        return 0
    person = notices[0].user
    try:
        _message(person, notices).send()
    except FAILURES as error:
        logger.warning("notices: a mail could not leave: %s", type(error).__name__)
        _put_back(notices, trouble=f"The mail server did not take it ({type(error).__name__}).", now=now)
        return 0
    return 1


@transaction.atomic
def _claim(user_id: int, *, now: datetime) -> list[Notice]:
    due = Notice.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "user", "user__notice_hours"
    )
    rows = list(
        due.filter(user=user_id, mail_at__lte=now, mailed_at=None).order_by("made_at")[:MOST_IN_A_MAIL]
    )
    read = [row.pk for row in rows if row.read_at is not None or not row.user.email]
    Notice.objects.filter(pk__in=read).update(mail_at=None)
    left = [row for row in rows if row.pk not in read]
    Notice.objects.filter(pk__in=[row.pk for row in left]).update(mailed_at=now, trouble="")
    return left


def _put_back(notices: list[Notice], *, trouble: str, now: datetime) -> None:
    for row in notices:
        again = now + AGAIN_AFTER if now - row.made_at < GIVE_UP_AFTER else None
        Notice.objects.filter(pk=row.pk).update(mailed_at=None, mail_at=again, trouble=trouble)


def _message(person: User, notices: list[Notice]) -> EmailMessage:
    base = settings.PUBLIC_URL
    stop_all = stop_address(user_id=person.pk, kind=ALL)
    stops = {each.get_kind_display(): stop_address(user_id=person.pk, kind=each.kind) for each in notices}
    context = {
        "person": person,
        "notices": notices,
        "base": base,
        "settings": f"{base}{reverse('notice_settings')}",
        "stops": stops,
        "stop_all": stop_all,
    }
    with timezone.override(hours_of(getattr(person, "notice_hours", None)).zone):
        body = render_to_string("mail/notices.txt", context)
    one = notices[0].title if len(notices) == 1 else f"{len(notices)} things in Baton"
    # A title may hold a line break from a tool; a header must not.
    subject = " ".join(one.split())
    return EmailMessage(subject=subject, body=body, to=[person.email], headers=dict(headers(stop_all)))
