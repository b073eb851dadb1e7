"""Which handoffs are read again? Drawn by chance, week by week, so that nobody picks the good or the bad.

A twentieth of what each route sent in a week, three at least, and besides a twentieth of what receivers said
in that week Level One could have done, one at least. A week is drawn once, when it is over; whoever asks
first draws it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import MD5, Cast

from escalation.models import Measurement, ReviewSample, Verdict

SHARE: Final = 0.05
LEAST: Final = 3
WEEKS: Final = 4  # how far back one is asked to read
READERS: Final = 2  # so many people read each, to see whether they agree
A_WEEK = timedelta(weeks=1)
Why = ReviewSample.Why


def draw(*, route_ids: Iterable[int], now: datetime) -> int:
    """This will draw the weeks that are over and not drawn yet; returns how many handoffs were drawn."""
    return sum(_draw(route, week) for route in route_ids for week in weeks(now))


def weeks(now: datetime) -> tuple[date, ...]:
    """This will return the Mondays of the weeks to read from, the newest first."""
    today = now.astimezone(UTC).date()
    this = today - timedelta(days=today.weekday())
    return tuple(this - A_WEEK * number for number in range(1, WEEKS + 1))


def waiting_for(user: User, *, route_ids: Iterable[int], now: datetime) -> "QuerySet[ReviewSample]":
    """This will return what the person may still read, what nobody has read first; never one's own."""
    rows = ReviewSample.objects.filter(route__in=tuple(route_ids), week__in=weeks(now))
    rows = rows.exclude(handoff__author=user).exclude(handoff__reviews__reviewer=user)
    rows = rows.annotate(read_by=Count("handoff__reviews")).filter(read_by__lt=READERS)
    return rows.select_related("handoff__route").order_by("read_by", "-week", "handoff__confirmed_at")


@transaction.atomic
def _draw(route: int, week: date) -> int:
    since = datetime.combine(week, time(), UTC)
    until = since + A_WEEK
    sent = Measurement.objects.filter(route=route, confirmed_at__gte=since, confirmed_at__lt=until)
    # By the week in which it was said: most is said long after the week in which it was sent has been drawn.
    said = Verdict.objects.filter(level_one_could=True, at__gte=since, at__lt=until)
    claimed = Measurement.objects.filter(route=route, handoff__in=said.values("handoff"))
    return sum(
        _drawn(rows, route, week, why=why, least=least)
        for rows, why, least in ((claimed, Why.CLAIM, 1), (sent, Why.CHANCE, LEAST))
    )


def _drawn(rows: "QuerySet[Measurement]", route: int, week: date, *, why: Why, least: int) -> int:
    if ReviewSample.objects.filter(route=route, week=week, why=why).exists():
        return 0
    # The digest of an id that nobody chose is as good as a die, and gives the same answer to everybody.
    thrown = rows.annotate(throw=MD5(Cast("pk", TextField()))).order_by("throw")
    chosen = thrown.values_list("pk", flat=True)[: _size(rows.count(), least=least)]
    drawn = [ReviewSample(handoff_id=each, route_id=route, week=week, why=why) for each in chosen]
    return len(ReviewSample.objects.bulk_create(drawn, ignore_conflicts=True))


def _size(count: int, *, least: int) -> int:
    return max(least, ceil(count * SHARE))
