"""Which handoffs are read again? Drawn by chance, week by week, so that nobody picks the good or the bad.

A twentieth of each route's week, three at least, and besides a twentieth of what the receiver says Level One
could have done, one at least. A week is drawn once, when it is over; whoever asks first draws it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import MD5, Cast

from escalation.models import Measurement, ReviewSample

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
    if ReviewSample.objects.filter(route=route, week=week).exists():
        return 0
    since = datetime.combine(week, time(), UTC)
    sent = Measurement.objects.filter(route=route, confirmed_at__gte=since, confirmed_at__lt=since + A_WEEK)
    # The digest of an id that nobody chose is as good as a die, and gives the same answer to everybody.
    thrown = sent.annotate(throw=MD5(Cast("pk", TextField()))).order_by("throw")
    counted = sent.aggregate(all=Count("pk"), claims=Count("pk", filter=Q(level_one_could=True)))
    by_chance = list(thrown.values_list("pk", flat=True)[: _size(counted["all"], least=LEAST)])
    claims = thrown.filter(level_one_could=True).values_list("pk", flat=True)
    audited = list(claims[: _size(counted["claims"], least=1)])
    why = dict.fromkeys(by_chance, Why.CHANCE) | dict.fromkeys(audited, Why.CLAIM)
    drawn = [ReviewSample(handoff_id=each, route_id=route, week=week, why=why[each]) for each in why]
    return len(ReviewSample.objects.bulk_create(drawn, ignore_conflicts=True))


def _size(count: int, *, least: int) -> int:
    return max(least, ceil(count * SHARE))
