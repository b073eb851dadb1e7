"""What does the sender of an urgent handoff still owe, and until when?

The parts that the route's template needs, or the usual ones where it names none, as far as nothing is
stated in them. Filling one in later settles it; the clock is the route's.
"""

from datetime import datetime, timedelta

from escalation.capture.asked import asked_for
from escalation.knowledge.state import KnowledgeState, headline
from escalation.knowledge.words import Part
from escalation.models import Handoff, Route

USUALLY_OWED = (Part.FACTS, Part.DIAGNOSTICS, Part.REMEDIATION, Part.AVAILABILITY)


def owed_parts(state: KnowledgeState, *, wanted: tuple[Part, ...]) -> tuple[Part, ...]:
    """This will return the wanted parts in which nothing is stated, in the order of the form."""
    stated = state.stated()
    return tuple(
        part
        for part in Part
        if part in wanted and not any(headline(part, item).strip() for item in stated.part(part))
    )


def owe_rest(handoff: Handoff, *, state: KnowledgeState, now: datetime) -> None:
    """This will note on the row what an urgent handoff leaves open, and start its clock; not saved yet."""
    wanted = asked_for(handoff).needs or USUALLY_OWED
    owed = owed_parts(state, wanted=wanted)
    handoff.owed = [part.value for part in owed]
    handoff.owed_due_at = now + _within(handoff.route) if owed else None


def settle_rest(handoff: Handoff, *, state: KnowledgeState) -> None:
    """This will strike off what has been supplied by now; not saved yet."""
    left = owed_parts(state, wanted=tuple(Part(each) for each in handoff.owed))
    handoff.owed = [part.value for part in left]
    if not left:
        handoff.owed_due_at = None


def _within(route: Route) -> timedelta:
    return timedelta(minutes=route.owed_within_minutes)
