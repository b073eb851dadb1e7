"""Which handoffs stand before and after one, and in which records do their tiers read?

Rows are locked from the last hop to the first, by everybody: two who lock in different directions would
wait for each other for ever.
"""

from collections.abc import Iterator

from escalation.lifecycle.words import Status
from escalation.models import Connection, Handoff

MOST_HOPS = 10


def earlier_hops(handoff: Handoff) -> Iterator[Handoff]:
    """This will go through the handoffs before this one, the nearest first, each with its row locked."""
    rows = Handoff.objects.select_related("route__receiver", "route__source", "route__target")
    seen, previous = {handoff.pk}, handoff.previous_id
    while previous is not None and previous not in seen and len(seen) <= MOST_HOPS:
        earlier = rows.select_for_update(of=("self",)).get(pk=previous)
        seen.add(earlier.pk)
        yield earlier
        previous = earlier.previous_id


def later_hops(handoff: Handoff) -> tuple[Handoff, ...]:
    """This will return what was handed on from this one and sent, the farthest first; nothing is locked."""
    found: list[Handoff] = []
    front = [handoff.pk]
    for _ in range(MOST_HOPS):
        sent = Handoff.objects.exclude(status__in=[Status.DRAFT, Status.DISCARDED])
        hops = list(sent.filter(previous__in=front).exclude(pk__in=[each.pk for each in found]))
        if not hops:
            break
        found += hops
        front = [each.pk for each in hops]
    return tuple(reversed(found))


def chain_of(handoff: Handoff) -> tuple[Handoff, ...]:
    """This will return all sent handoffs of its investigation, the first one leading; nothing is locked."""
    related = ("route__sender", "route__receiver", "route__source", "route__target")
    rows = Handoff.objects.select_related(*related, "author", "receiver_person")
    first, seen = handoff, {handoff.pk}
    while first.previous_id is not None and first.previous_id not in seen and len(seen) <= MOST_HOPS:
        first = rows.get(pk=first.previous_id)
        seen.add(first.pk)
    later = [each.pk for each in later_hops(first)]
    return (first, *rows.filter(pk__in=later).order_by("confirmed_at")) if later else (first,)


def records_of(earlier: Handoff) -> Iterator[tuple[Connection, str]]:
    """This will name the records in which an earlier tier reads: its own, and the user's ticket."""
    if earlier.remote_id:
        yield earlier.route.target, earlier.remote_id
    if earlier.previous_id is None and earlier.source_reference:
        yield earlier.route.source, earlier.source_reference
