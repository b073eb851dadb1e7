"""What waits for a team, in which order, and for whom does each wait?

The oldest promise comes first, and behind all that is open the newest of what has ended: nearly all of a
million handoffs have, so of those no more are read than a page shows, along an index. Whoever wants to speak
to users now asks for those who can be reached. Their hours are in the state and mean something only by the
calendar of their zone, so they are read here: in the order of the queue, until there are enough, and at most
some thousands.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice, product
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, QuerySet

from escalation.knowledge.codec import availability_from_json
from escalation.knowledge.reach import reach
from escalation.lifecycle.words import OPEN, WITH_RECEIVER, Status
from escalation.models import Handoff, Question, Route, Template
from escalation.reception import find
from escalation.reception.find import Looked, look

SENT = tuple(each for each in Status if each not in {Status.DRAFT, Status.DISCARDED})
MOST_LOOKED_AT = 5000  # when reachable users are wanted first; the page says where it ended
AT_A_TIME = 500


class WaitsFor(StrEnum):
    """Who has to move next."""

    TOOL = "tool"  # the receiver's tool has not taken the record yet
    RECEIVER = "receiver"
    SENDER = "sender"  # something is asked back, or it was returned
    OUTSIDE = "outside"  # the user, a vendor, an approval
    NOBODY = "nobody"


WAITS_TITLES: dict[WaitsFor, str] = {
    WaitsFor.RECEIVER: "us",
    WaitsFor.SENDER: "the sender",
    WaitsFor.OUTSIDE: "user, vendor or approval",
    WaitsFor.TOOL: "delivery",
}
ENDED = "ended"
EVERY = "every"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is asked of the queue; "" and 0 ask for nothing in particular."""

    words: str = ""
    route: int = 0
    category: str = ""
    status: str = ""  # a status, ENDED, EVERY; "" is open, or every one where words are looked for
    waits: str = ""
    mine: bool = False
    reachable: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """The handoffs in order, of each its key, status and ``asked_back``; the list reads what it shows.

    ``cut`` says that users of later ones were not looked at, ``common`` that the words were looked for only
    in what comes first: in ``find.LOOKED_THROUGH`` of what is open, ``ENDED_LOOKED_THROUGH`` of what is not.
    """

    rows: Sequence[Handoff]
    cut: bool = False
    common: bool = False


def waiting(*, user: User, routes: Sequence[int], wanted: Wanted, now: datetime, most: int) -> Waiting:
    """This will return at most that many handoffs of those routes, in order; ``routes_to`` a person."""
    held = look(wanted.words)
    wanted_now = [each for each in _statuses(wanted) if each in OPEN]
    rows = _filtered(Handoff.objects.filter(route_id__in=routes, status__in=wanted_now), wanted, user=user)
    rows = held.keep(rows.order_by(F("update_due_at").asc(nulls_last=True), "confirmed_at", "pk"))
    open_now = (
        _reachable_first(rows, now=now, most=most) if wanted.reachable else Waiting(rows=list(rows[:most]))
    )
    open_now = replace(open_now, common=held.common)
    missing = most - len(open_now.rows)
    over = [each for each in _statuses(wanted) if each not in OPEN]
    if missing <= 0 or not over or not routes:
        return open_now
    ended = _newest_ended(wanted, held, user=user, places=list(product(routes, over)), most=missing)
    return replace(open_now, rows=[*open_now.rows, *ended])


def _newest_ended(
    wanted: Wanted, held: Looked, *, user: User, places: Sequence[tuple[int, str]], most: int
) -> Sequence[Handoff]:
    """For each route and status the index has them in this order; the newest of all are put together.

    Where all that hold the words are known, there are few, and the newest of them are.
    """
    if held.few is not None:
        routes, statuses = zip(*places, strict=True)
        ended = Handoff.objects.filter(route_id__in=set(routes), status__in=set(statuses))
        return list(held.keep(_filtered(ended, wanted, user=user).order_by("-confirmed_at"))[:most])
    asked = _filtered(Handoff.objects.all(), wanted, user=user)
    count = find.ENDED_LOOKED_THROUGH if held.common else most
    parts = [
        asked.filter(route_id=route, status=status)
        .order_by("-confirmed_at")
        .values_list("pk", "confirmed_at")[:count]
        for route, status in places
    ]
    newest = [pk for pk, _ in parts[0].union(*parts[1:], all=True).order_by("-confirmed_at")[:count]]
    if held.common:
        return _first_that_hold(held, asked.order_by("-confirmed_at"), newest, most=most)
    found = asked.in_bulk(newest)
    return [found[pk] for pk in newest if pk in found]


def _first_that_hold(
    held: Looked, asked: QuerySet[Handoff], newest: Sequence[UUID], *, most: int
) -> Sequence[Handoff]:
    """Mostly the first few hundred hold enough."""
    found: list[Handoff] = []
    begin, count = 0, AT_A_TIME // 2
    while begin < len(newest) and len(found) < most:
        found.extend(held.among(asked, newest[begin : begin + count]))
        begin, count = begin + count, count * 2
    return found[:most]


def _reachable_first(rows: QuerySet[Handoff], *, now: datetime, most: int) -> Waiting:
    """Among the reachable, and among the others, the oldest promise still comes first."""
    can: list[UUID] = []
    cannot: list[UUID] = []
    hours = rows.values_list("pk", "state__availability")[: MOST_LOOKED_AT + 1]
    # Closed here: the collector would close its cursor in the middle of another query, which waits for it.
    with closing(cast("Generator[tuple[UUID, Any]]", hours.iterator(chunk_size=AT_A_TIME))) as looked_at:
        for pk, availability in islice(looked_at, MOST_LOOKED_AT):
            now_or_not = can if reach(availability_from_json(availability), now=now).now else cannot
            now_or_not.append(pk)
            if len(can) >= most:
                break
        cut = len(can) < most and next(looked_at, None) is not None
    order = (can + cannot)[:most]
    found = rows.in_bulk(order)
    return Waiting(rows=[found[pk] for pk in order if pk in found], cut=cut)


def waits_for(handoff: Handoff, *, asked_back: bool) -> WaitsFor:
    """This will say who has to move next."""
    status = Status(handoff.status)
    if status == Status.QUEUED:
        return WaitsFor.TOOL
    if status == Status.BOUNCED or (asked_back and status in WITH_RECEIVER):
        return WaitsFor.SENDER
    if status == Status.WAITING:
        return WaitsFor.OUTSIDE
    return WaitsFor.RECEIVER if status in OPEN else WaitsFor.NOBODY


def routes_to(user: User) -> QuerySet[Route]:
    """This will return the routes on which a team of the person receives."""
    return Route.objects.filter(receiver__memberships__user_id=user.pk).distinct()


def categories_to(user: User) -> Sequence[str]:
    """This will name the categories that the templates of those routes have, or had, by the alphabet."""
    bodies = Template.objects.filter(route__in=routes_to(user)).values_list("body__categories", flat=True)
    return sorted({name for categories in bodies for name in categories or ()}, key=str.casefold)


def _filtered(rows: QuerySet[Handoff], wanted: Wanted, *, user: User) -> QuerySet[Handoff]:
    rows = rows.only("pk", "status").annotate(
        asked_back=Exists(Question.objects.filter(handoff=OuterRef("pk"), answered_at=None))
    )
    if wanted.route:
        rows = rows.filter(route_id=wanted.route)
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.mine:
        rows = rows.filter(receiver_person=user)
    match wanted.waits:
        case WaitsFor.TOOL:
            rows = rows.filter(status=Status.QUEUED)
        case WaitsFor.OUTSIDE:
            rows = rows.filter(status=Status.WAITING, asked_back=False)
        case WaitsFor.SENDER:
            rows = rows.filter(asked_back=True, status__in=WITH_RECEIVER)
        case WaitsFor.RECEIVER:
            rows = rows.filter(asked_back=False, status__in=WITH_RECEIVER - {Status.WAITING})
        case _:
            pass
    return rows


def _statuses(wanted: Wanted) -> tuple[str, ...]:
    if wanted.status in SENT:
        return (wanted.status,)
    if wanted.status == ENDED:
        return (Status.RESOLVED, Status.BOUNCED)
    everywhere = wanted.status == EVERY or (bool(wanted.words) and not wanted.status)
    return SENT if everywhere else tuple(OPEN)
