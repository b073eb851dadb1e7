"""How does a handoff leave with three lines: what is broken, who is hit, what is needed back?

Everything else is owed by a time that both sides see. There is no review on this lane: the card stands
beside the three lines while they are typed, and the route's seconds to call it back are the second look.
"""

import re
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.draft import own_draft, state_of
from escalation.capture.preview import preview
from escalation.capture.submit import submit_locked
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Business, KnowledgeState
from escalation.knowledge.words import Level, Origin
from escalation.models import Handoff, Lane

# A number of people or things: "40 tills", "about 12 users", and neither "9:10" nor "24h".
_COUNT = re.compile(
    r"(?<![\w.:/#-])(\d{1,6})(?![\w.:/%-])(?!\s*(?:am|pm|uhr|o'clock|h\b|min))", re.IGNORECASE
)


@transaction.atomic
def choose_lane(*, handoff: Handoff, lane: Lane, by: User) -> Handoff:
    """This will put a draft on a lane; whatever was typed stays. Raises ``NotAllowedNow``."""
    locked = own_draft(handoff, by)
    locked.lane = lane
    locked.save(update_fields=["lane"])
    return locked


@transaction.atomic
def send_now(*, handoff: Handoff, by: User, now: datetime, reason: str = "") -> Handoff:
    """This will confirm the draft as it stands, and owe the rest.

    Raises what ``submit`` raises.
    """
    locked = own_draft(handoff, by)
    state = state_of(locked)
    locked.lane, locked.state = Lane.URGENT, to_json(_pressing(state))
    locked.save(update_fields=["lane", "state"])
    locked.route = handoff.route
    seen = preview(handoff=locked).draft.fingerprint()
    return submit_locked(locked=locked, fingerprint=seen, by=by, now=now, reason=reason)


def _pressing(state: KnowledgeState) -> KnowledgeState:
    """On this lane the urgency is said by taking it; the number of people is read from the line."""
    first = next((each for each in state.business if each.origin is not Origin.FOUND), None)
    if first is None:
        return state
    pressing = replace(
        first,
        urgency=first.urgency or Level.HIGH,
        affected_count=first.affected_count if first.affected_count is not None else _count(first),
    )
    return replace(state, business=tuple(pressing if each is first else each for each in state.business))


def _count(item: Business) -> int | None:
    found = _COUNT.search(item.affected)
    return int(found[1]) if found else None
