"""What does a lead read on Monday morning about the week that is over?

One mail, by the person's own clock, to those who lead a team, until they say no. The week is marked before
the mail leaves: a crash between the two costs a mail and never doubles one. A week in which nothing was sent
is said to be one.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from escalation.metrics.comparing import Beside, beside
from escalation.metrics.figures import METRICS
from escalation.metrics.keep import catch_up
from escalation.metrics.read import Period, summaries
from escalation.metrics.tallies import monday
from escalation.models import Membership, NoticeHours, Route
from escalation.timeline.mailed import FAILURES, headers, stop_address
from escalation.timeline.notify import hours_of, hours_row_of
from escalation.timeline.unsubscribe import WEEKLY

logger = logging.getLogger(__name__)

A_WEEK = timedelta(weeks=1)
LATE = timedelta(days=2)  # whoever becomes a lead on Thursday waits for the next Monday
SHOWN = (
    *("effort", "to_seen", "to_engaged", "rebuild", "to_resolved", "first_time_right", "returned", "asked"),
    *("told_lag", "silence", "undisclosed"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteWeek:
    """One route in that week."""

    route: Route
    sent: int
    sent_before: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """The last whole week, Monday to Sunday in UTC, beside the one before."""

    starts: date
    sent: int
    sent_before: int
    rows: tuple[Beside, ...]
    routes: tuple[RouteWeek, ...]

    @property
    def last_day(self) -> date:
        """The week's Sunday."""
        return self.starts + timedelta(days=6)

    @property
    def moved(self) -> tuple[Beside, ...]:
        """What got better or worse, beyond chance and by a tenth at least; and what must be 0 and is not."""
        return tuple(each for each in self.rows if each.verdict)


def digest_for(user: User, *, now: datetime) -> Digest:
    """This will gather the figures of the routes that the person leads."""
    roles = (Membership.Role.LEAD, Membership.Role.OWNER)
    routes = {row.pk: row for row in Route.objects.of_teams_of(user, roles=roles).order_by("name")}
    ends = datetime.combine(monday(now.astimezone(UTC).date()), time(), UTC)
    new, old = (
        summaries(route_ids=routes, period=Period(since=end - A_WEEK, before=end, until=now))
        for end in (ends, ends - A_WEEK)
    )
    sent, before = ({each.route_id: each.sent for each in found} for found in (new, old))
    return Digest(
        starts=(ends - A_WEEK).date(),
        sent=new[0].sent,
        sent_before=old[0].sent,
        rows=tuple(beside(METRICS[key], new[0].figures[key], old[0].figures[key]) for key in SHOWN),
        routes=tuple(
            RouteWeek(route=route, sent=sent.get(pk, 0), sent_before=before.get(pk, 0))
            for pk, route in routes.items()
        ),
    )


def mail_due(*, now: datetime) -> int:
    """This will mail every lead whose Monday morning it is; returns how many mails left."""
    while catch_up():
        pass
    leads = User.objects.filter(is_active=True, memberships__role=Membership.Role.LEAD).exclude(email="")
    found = leads.distinct().select_related("notice_hours").order_by("pk")
    return sum(_mail_if_due(each, now=now) for each in found)


def mail_to(user: User, *, now: datetime) -> None:
    """This will mail the figures of the last week to the person; raises one of ``FAILURES``."""
    digest = digest_for(user, now=now)
    said = render_to_string("mail/weekly.txt", context_of(user, digest))
    subject = f"The week from {digest.starts:%-d %b}: {digest.sent or 'no'} handoffs"
    marked = headers(stop_address(user_id=user.pk, kind=WEEKLY))
    mail = EmailMultiAlternatives(subject=subject, body=said, to=[user.email], headers=dict(marked))
    mail.attach_alternative(render_to_string("mail/weekly.html", context_of(user, digest)), "text/html")
    mail.send()


def context_of(user: User, digest: Digest) -> dict[str, Any]:
    """This will return what the mail's templates, and the page that shows it, are filled with."""
    base = settings.PUBLIC_URL
    return {
        "digest": digest,
        "query": f"days=7&to={digest.last_day.isoformat()}",
        "query_before": f"days=7&to={(digest.starts - timedelta(days=1)).isoformat()}",
        "base": base,
        "settings": f"{base}{reverse('weekly')}",
        "stop": stop_address(user_id=user.pk, kind=WEEKLY),
    }


def choose(user: User, *, wanted: bool) -> None:
    """This will keep whether the person wants the mail."""
    NoticeHours.objects.filter(pk=hours_row_of(user.pk).pk).update(weekly=wanted)


def wanted_by(user: User) -> bool:
    """This will say whether the person gets the mail: leads do, until they say no."""
    row: NoticeHours | None = getattr(user, "notice_hours", None)
    return row is None or row.weekly


def _mail_if_due(user: User, *, now: datetime) -> int:
    row: NoticeHours | None = getattr(user, "notice_hours", None)
    row = row or hours_row_of(user.pk)
    hours = hours_of(row)
    this_monday = monday(now.astimezone(ZoneInfo(hours.zone)).date())
    due = datetime.combine(this_monday, hours.digest_at, tzinfo=ZoneInfo(hours.zone))
    if not row.weekly or not due <= now < due + LATE:
        return 0
    # The row decides who sends: of two workers only one changes it.
    mine = NoticeHours.objects.filter(pk=row.pk).exclude(weekly_for=this_monday)
    if not mine.update(weekly_for=this_monday):
        return 0
    try:
        mail_to(user, now=now)
    except FAILURES as error:
        logger.warning("weekly: a mail could not leave: %s", type(error).__name__)
        NoticeHours.objects.filter(pk=row.pk).update(weekly_for=row.weekly_for)
        return 0
    return 1
