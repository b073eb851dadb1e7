"""Which of our words is which of Minimal's? Source: the vendor's reference, "Tickets" and "Events"."""

from typing import Final

from escalation.tools.updates import RemoteState

RECORD: Final = "Ticket"
KEY_PREFIX: Final = "baton:"  # a ticket's reference is free text; ours are told apart by it

LABELS: Final[dict[str, str]] = {
    "title": "Title",
    "text": "Text",
    "team": "Team",
    "reference": "Reference",
}
LIMITS: Final[dict[str, int]] = {"title": 120, "text": 4_000}
STATES: Final[dict[str, RemoteState]] = {
    "new": RemoteState.NEW,
    "open": RemoteState.WORKING,
    "done": RemoteState.RESOLVED,
}
