"""What did this team do with cases like this one? Kept them, or mostly sent them on?

Counted over the route's own past: handoffs that read alike by the link index of the receiver and have
ended or been passed on. A returned one counts, and one that the receiver handed on to the next tier. Said
only where it was so in most of at least a few cases; it is advice, and the technician decides.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.words import Status
from escalation.models import Entry, Handoff, Route, Team

SINCE = timedelta(days=180)  # teams change; what they did a year ago tells little
FEWEST = 3  # cases below which a habit is chance
NOT_SENT = (Status.DRAFT, Status.DISCARDED)
MOST = 0.5  # the share above which it is one


@dataclass(frozen=True, kw_only=True, slots=True)
class Habit:
    """What became of the cases like this one that went to this team."""

    cases: int
    returned: int
    sent_on: int
    reason: str  # what they were returned for most often; "" when none was
    teams: tuple[tuple[Team, int], ...]  # where they were sent on to, most often first
    routes: tuple[Route, ...]  # open ways from here to one of those teams


def habit(*, handoff: Handoff, like: Collection[UUID]) -> Habit | None:
    """This will count over the handoffs ``like`` this one; None where they mostly stayed, or are too few."""
    cases = _settled(handoff, like)
    on = set(_sent_on(cases).values_list("previous_id", flat=True))
    returned = [each for each in _returned(cases) if each not in on]
    if len(cases) < FEWEST or len(returned) + len(on) <= MOST * len(cases):
        return None
    teams = Counter(each.route.receiver for each in _sent_on(cases).select_related("route__receiver"))
    return Habit(
        cases=len(cases),
        returned=len(returned),
        sent_on=len(on),
        reason=_reason(returned),
        teams=tuple(sorted(teams.items(), key=lambda pair: (-pair[1], pair[0].name))),
        routes=_ways(handoff, teams),
    )


def _settled(handoff: Handoff, like: Collection[UUID]) -> list[UUID]:
    """Those of which it is known what became of them, and which the author may see."""
    rows = (
        Handoff.objects.visible_to(handoff.author)
        .filter(pk__in=like, route_id=handoff.route_id, confirmed_at__gte=handoff.created_at - SINCE)
        .exclude(pk=handoff.pk)
    )
    on = _sent_on(list(like)).values("previous_id")
    ended = Q(status__in=(Status.RESOLVED, Status.BOUNCED))
    return list(rows.filter(ended | Q(pk__in=on)).values_list("pk", flat=True))


def _sent_on(cases: Collection[UUID]) -> QuerySet[Handoff]:
    """The next handoffs of these cases; a draft that nobody has sent is none."""
    return Handoff.objects.filter(previous__in=cases).exclude(status__in=NOT_SENT)


def _returned(cases: Collection[UUID]) -> set[UUID]:
    back = Entry.objects.filter(handoff__in=cases, kind=Entry.Kind.BOUNCED)
    return set(back.values_list("handoff_id", flat=True))


def _reason(returned: Collection[UUID]) -> str:
    kinds = (Entry.Kind.BOUNCED, Entry.Kind.REASON)
    said = Entry.objects.filter(handoff__in=returned, kind__in=kinds)
    counted = Counter(details.get("reason", "") for details in said.values_list("details", flat=True))
    known = [reason for reason, _ in counted.most_common() if reason in set(BounceReason)]
    return REASON_TITLES[BounceReason(known[0])] if known else ""


def _ways(handoff: Handoff, teams: Collection[Team]) -> tuple[Route, ...]:
    ways = Route.objects.open_to(handoff.author).filter(
        sender_id=handoff.route.sender_id, source_id=handoff.route.source_id, receiver__in=teams
    )
    return tuple(ways.exclude(pk=handoff.route_id).select_related("receiver").order_by("name"))
