"""What does an owner of routes owe today: a review, a second look at a draft, an answer to drift?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.urls import reverse

from escalation.models import BenchDraft, Drift, Route
from escalation.timeline.to_owners import WAITING


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One thing that waits for the person, and where it is done."""

    words: str
    url: str


def waiting_for(user: User, routes: Iterable[Route], *, today: date) -> tuple[Waiting, ...]:
    """This will return what of these routes waits for the person, overdue reviews first.

    A route that nobody answers for waits for each of its owners.
    """
    mine = {each.pk: each for each in routes if each.active and each.owner_id in {None, user.pk}}
    every = {each.pk: each for each in routes if each.active}
    found = [
        Waiting(words=f"{each}: review overdue since {each.review_by:%-d %b %Y}", url=place_on(each, "owner"))
        for each in sorted(mine.values(), key=lambda each: each.review_by or today)
        if each.review_by and each.review_by < today
    ]
    asked = BenchDraft.objects.filter(route__in=every, asked_at__isnull=False).exclude(asked_by=user)
    found += [
        Waiting(
            words=f"{each.route}: {WAITING[each.what]}",
            url=place_on(each.route, each.what),
        )
        for each in asked.select_related("route").order_by("asked_at")
    ]
    found += [
        Waiting(words=f"{each.route}: {each.what}", url=place_on(each.route, "drift"))
        for each in Drift.objects.filter(route__in=mine, over_at=None)
        .select_related("route")
        .order_by("since")
    ]
    return tuple(found)


def place_on(route: Route, anchor: str) -> str:
    """This will return the address of a piece of the route's page, which is long."""
    return f"{reverse('route', args=[route.pk])}#{anchor}"
