"""Which category, and which receiver, is a draft most likely for?

By what became of handoffs that read alike, then by the category's own name in the text, then by how often
each is taken. Guesses only set the order of a list; a person picks.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from escalation.capture.draft import state_of
from escalation.catalog.spoken import technical_text
from escalation.models import Handoff, Route

SINCE = timedelta(days=180)
MOST = 3
SAID = 1.0  # a category's name in the text counts as much as one handoff that is surely the same
OFTEN = 0.001  # how often something is taken only decides between equals
LOOKED_AT = 5000


def likely_categories(
    handoff: Handoff, names: Collection[str], *, alike: Mapping[UUID, float]
) -> tuple[str, ...]:
    """This will return at most three of the names, the likeliest first."""
    taken = (
        Handoff.objects.filter(route_id=handoff.route_id, confirmed_at__gte=handoff.created_at - SINCE)
        .exclude(category="")
        .order_by("-confirmed_at")
        .values_list("pk", "category")[:LOOKED_AT]
    )
    weight: defaultdict[str, float] = defaultdict(float)
    for pk, category in taken:
        weight[category] += alike.get(pk, 0.0) + OFTEN
    text = technical_text(state_of(handoff)).casefold()
    for name in names:
        weight[name] += SAID if name.casefold() in text else 0.0
    return _best(weight, names)


def likely_routes(
    handoff: Handoff, routes: Collection[Route], *, alike: Mapping[UUID, float]
) -> tuple[str, ...]:
    """This will return the names of at most three routes, by where such cases went or were sent on to."""
    weight = defaultdict(float, _taken(routes, since=handoff.created_at - SINCE))
    went = Handoff.objects.filter(Q(pk__in=alike) | Q(previous__in=alike), confirmed_at__isnull=False)
    for pk, previous, receiver in went.values_list("pk", "previous", "route__receiver"):
        for route in routes:
            if route.receiver_id == receiver:
                weight[route.name] += alike.get(pk, 0.0) or (alike.get(previous, 0.0) if previous else 0.0)
    return _best(weight, [route.name for route in routes])


def taken_most(routes: Collection[Route], *, now: datetime) -> tuple[str, ...]:
    """This will return the names of the routes taken most, where nothing is known of the case yet."""
    return _best(_taken(routes, since=now - SINCE), [route.name for route in routes])


def _taken(routes: Collection[Route], *, since: datetime) -> dict[str, float]:
    rows = Handoff.objects.filter(route__in=routes, confirmed_at__gte=since)
    return {name: OFTEN * times for name, times in rows.values_list("route__name").annotate(n=Count("pk"))}


def _best(weight: Mapping[str, float], names: Collection[str]) -> tuple[str, ...]:
    wanted = [name for name in names if weight.get(name, 0) > 0]
    return tuple(sorted(wanted, key=lambda name: (-weight[name], name))[:MOST])
