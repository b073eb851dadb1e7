"""Which questions about a handoff's state does its page answer by itself (FEATURES U23)?

Where it stands, who has it, what a person last did, when the next word is due and who says so, and when the
end is expected and by whom that was said: a question about any of them never needs Level Two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from escalation.lifecycle.words import OPEN, STATUS_TITLES, Status
from escalation.models import Handoff
from escalation.timeline.read import TimelineLine
from escalation.web.lists import BY_PEOPLE


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """When the end is expected, in the words it was said in, by whom and when."""

    words: str
    source: str
    said_at: datetime


def standing(handoff: Handoff, told: Sequence[TimelineLine], *, now: datetime) -> dict[str, Any]:
    """This will return the template's values for the status box; ``told`` is oldest first."""
    open_now = Status(handoff.status) in OPEN
    return {
        "status_title": STATUS_TITLES[Status(handoff.status)],
        "holder": holder(handoff),
        "last_act": next((line for line in reversed(told) if line.kind in BY_PEOPLE), None),
        "overdue": handoff.update_due_at is not None and handoff.update_due_at < now,
        "open": open_now,
        "expected": _expected(told) if open_now else None,
    }


def holder(handoff: Handoff) -> str:
    """This will name who has it: the sender until it is delivered and once it is returned."""
    if handoff.status in {Status.QUEUED, Status.BOUNCED}:
        return handoff.route.sender.name
    person = handoff.receiver_person
    team = handoff.route.receiver.name
    return f"{person.get_full_name() or person.get_username()}, {team}" if person else team


def _expected(told: Sequence[TimelineLine]) -> Expected | None:
    """The newest word that names a time; a later word without one does not take it back."""
    for line in reversed(told):
        if words := str(line.details.get("expected") or ""):
            who = line.who or line.tool_label
            return Expected(words=words, source=who, said_at=line.happened_at)
    return None
