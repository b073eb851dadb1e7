"""Which owners hear that something of a route waits for them?

Whoever answers for the route; where nobody does, every owner of its two teams. What a form says of them, that
they are told, is made true here.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.urls import reverse

from escalation.models import BenchDraft, Drift, Membership, NoticeKind, Route
from escalation.timeline.notify import News, tell

WAITING = {
    BenchDraft.What.RULES.value: "new rules wait for a second person",
    BenchDraft.What.TEMPLATE.value: "a new template waits for a second person",
}


def told_of(route: Route) -> list[int]:
    """This will return whom the route's owner's news goes to."""
    return [route.owner_id] if route.owner_id is not None else owners_of(route)


def owners_of(route: Route) -> list[int]:
    """This will return the owners of the route's two teams."""
    owners = Membership.objects.filter(
        team__in=(route.sender_id, route.receiver_id), role=Membership.Role.OWNER, user__is_active=True
    )
    return list(owners.order_by("user").values_list("user", flat=True).distinct())


def tell_drift(route: Route, found: Sequence[Drift], *, now: datetime) -> None:
    """This will tell of what one look found newly, as one notice."""
    if not found:
        return
    more = f" And {len(found) - 1} more." if len(found) > 1 else ""
    cause = _digest(f"{each.key}" for each in found)
    news = News(
        kind=NoticeKind.DRIFTED,
        # Two looks of one day that find the same tell it once.
        cause=f"drift:{route.pk}:{now:%Y%m%d}:{cause}",
        title=f"{route.target} has changed under {route}",
        text=f"{found[0].what}{more} {found[0].fix}",
        address=_address(route, "drift"),
    )
    tell(news, to=told_of(route), now=now)


def tell_asked(draft: BenchDraft, *, now: datetime) -> None:
    """This will tell the other owners that a draft wants a second person."""
    news = News(
        kind=NoticeKind.WAITS,
        cause=f"asked:{draft.route_id}:{draft.what}:{now.isoformat()}",
        title=f"{draft.route}: {WAITING[draft.what]}",
        text=draft.typed.get("note", ""),
        address=_address(draft.route, draft.what),
    )
    tell(news, to=owners_of(draft.route), now=now, but=draft.asked_by_id)


def tell_overdue(*, today: date, now: datetime) -> None:
    """This will tell of each route whose day for looking again is over, once for that day."""
    for route in Route.objects.filter(active=True, review_by__lt=today).select_related("target"):
        news = News(
            kind=NoticeKind.WAITS,
            cause=f"review:{route.pk}:{route.review_by}",
            title=f"{route}: review overdue since {route.review_by:%-d %b %Y}",
            text="Look at its rules and its template again, and say by when they are looked at next.",
            address=_address(route, "owner"),
        )
        tell(news, to=told_of(route), now=now)


def _address(route: Route, anchor: str) -> str:
    return f"{reverse('route', args=[route.pk])}#{anchor}"


def _digest(words: Iterable[str]) -> str:
    return sha256("\n".join(sorted(words)).encode()).hexdigest()[:16]
