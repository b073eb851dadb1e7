"""What will the receivers after the first one see, if the case is handed on as it stands?

A route may lead on: its receiver has routes of its own that start from records in the same tool. Whoever
hands the case on decides what is left open and adds what is new; until then this is what would arrive.
"""

import copy
from dataclasses import replace

from escalation.capture.preview import stated, translate
from escalation.knowledge.state import Source
from escalation.models import Handoff, Route
from escalation.translation.draft import Translation

MOST_HOPS = 3


def routes_after(route: Route) -> tuple[Route, ...]:
    """This will return the routes on which a case can go on from this one's receiver, the nearest first."""
    found: list[Route] = []
    ends, teams = [route], {route.sender_id, route.receiver_id}
    for _ in range(MOST_HOPS):
        starts = {(each.receiver_id, each.target_id) for each in ends}
        rows = Route.objects.filter(active=True, sender__in=[team for team, _ in starts])
        rows = rows.exclude(receiver__in=teams).select_related("sender", "receiver", "source", "target")
        ends = [each for each in rows.order_by("name") if (each.sender_id, each.source_id) in starts]
        teams |= {each.receiver_id for each in ends}
        found += ends
        if not ends:
            break
    return tuple(found)


def handed_on(handoff: Handoff, route: Route) -> Handoff:
    """This will return the handoff as it would stand on a later route; it is not saved and never will be."""
    # Answers and people are ids of the first tool.
    later = copy.copy(handoff)
    later.route, later.template, later.category = route, route.template_in_force(), ""
    later.answers, later.people = {}, {}
    return later


def preview_onward(handoff: Handoff, route: Route) -> Translation:
    """This will translate what people stated for a later route; raises ``NoReceiver``."""
    state = stated(handoff)
    # By then it starts from the record before, whose number nobody knows yet.
    before = state.source or Source(tool="", reference="")
    record = replace(before, tool=route.source.tool, reference="", number="", url="", priority="")
    return translate(handoff=handed_on(handoff, route), state=replace(state, source=record))
