"""What does a person choose: which kinds, how, and when not?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.contrib.auth.models import User
from django.db import transaction

from escalation.models import Handoff, Notice, NoticeChoice, NoticeHours, NoticeKind
from escalation.timeline.notify import DEFAULTS, Wish


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A person's hours as they were typed; both ends of the quiet span, or neither."""

    zone: str
    digest_at: time
    quiet_from: time | None = None
    quiet_until: time | None = None
    slack_user: str = ""


def wishes_of(user: User) -> Mapping[str, Wish]:
    """This will return how the person is told of each kind, the defaults where nothing was chosen."""
    own = {
        each.kind: Wish(page=each.page, mail=each.mail, slack=each.slack)
        for each in NoticeChoice.objects.filter(user=user)
    }
    return {kind: own.get(kind, DEFAULTS[kind]) for kind in NoticeKind.values}


@transaction.atomic
def choose(*, user: User, clock: Clock, wishes: Mapping[str, Wish]) -> None:
    """This will keep the whole page of choices."""
    values = {
        "zone": clock.zone,
        "digest_at": clock.digest_at,
        "quiet_from": clock.quiet_from,
        "quiet_until": clock.quiet_until,
        "slack_user": clock.slack_user,
    }
    NoticeHours.objects.update_or_create(user=user, defaults=values)
    for kind, wish in wishes.items():
        NoticeChoice.objects.update_or_create(
            user=user, kind=kind, defaults={"page": wish.page, "mail": wish.mail, "slack": wish.slack}
        )


def mark_read(*, user: User, now: datetime, notice_id: int | None = None) -> None:
    """This will mark one of the person's notices as read, or all of them."""
    rows = Notice.objects.filter(user=user, read_at=None)
    (rows if notice_id is None else rows.filter(pk=notice_id)).update(read_at=now)


def mark_seen(*, user: User, handoff: Handoff, now: datetime) -> None:
    """This will mark all that the person was told of a handoff as read: its page was looked at.

    A lead's words stand on a page of their own.
    """
    rows = Notice.objects.filter(user=user, handoff=handoff, read_at=None)
    rows.exclude(kind=NoticeKind.COACHED).update(read_at=now)


def mark_route_seen(*, user: User, page: str, now: datetime) -> None:
    """This will mark what the person was told of a route as read: its page was looked at."""
    rows = Notice.objects.filter(user=user, handoff=None, read_at=None)
    rows.filter(address__startswith=f"{page}#").update(read_at=now)


def mark_words_seen(*, user: User, now: datetime) -> None:
    """This will mark what leads said to the person as read: the page with their words was looked at."""
    Notice.objects.filter(user=user, kind=NoticeKind.COACHED, read_at=None).update(read_at=now)
