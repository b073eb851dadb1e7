"""What does the sender of an urgent handoff still owe, and until when?

The parts that the route's template needs, or the usual ones where it names none, as far as nothing is
stated in them. Filling one in later settles it; the clock is the route's. When it runs out the author is
told once, without having to look.
"""

from datetime import datetime, timedelta

from django.urls import reverse

from escalation.capture.asked import asked_for
from escalation.knowledge.state import KnowledgeState, headline
from escalation.knowledge.words import PART_TITLES, Part
from escalation.lifecycle.words import OPEN
from escalation.models import Handoff, NoticeKind, Route
from escalation.timeline.notify import News, tell

MOST_AT_ONCE = 500
TOLD_WITHIN = timedelta(days=1)  # nobody is told of yesterday's debt after a long stop
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


def tell_owed(*, now: datetime) -> int:
    """This will tell each author whose rest has run out, once for each clock; return how many were due."""
    late = Handoff.objects.filter(status__in=OPEN, owed_due_at__lt=now, owed_due_at__gte=now - TOLD_WITHIN)
    rows = late.exclude(owed=[]).select_related("route__receiver").order_by("owed_due_at")[:MOST_AT_ONCE]
    for each in rows:
        parts = ", ".join(PART_TITLES[Part(part)] for part in each.owed)
        news = News(
            handoff=each,
            kind=NoticeKind.SILENT,
            cause=f"owed:{each.pk}:{each.owed_due_at:%Y%m%dT%H%M%S}",
            title=f"You still owe the rest of an urgent handoff: {each.summary}",
            text=f"{each.route.receiver.name} waits for {parts}. Press Fill in the rest.",
            address=reverse("handoff", args=[each.pk]),
        )
        tell(news, to=[each.author_id], now=now)
    return len(rows)


def _within(route: Route) -> timedelta:
    return timedelta(minutes=route.owed_within_minutes)
