"""Which of our words is which of Zendesk's?

Source: Zendesk developer documentation, "Tickets", "Ticket comments", "Ticket audits" and "Event types".
"""

from typing import Final

from escalation.knowledge.words import Level
from escalation.tools.updates import RemoteState

RECORD: Final = "Ticket"
KEY_PREFIX: Final = "baton:"
TAG: Final = "baton"  # by it a poll finds our tickets

LABELS: Final[dict[str, str]] = {
    "subject": "Subject",
    "requester": "Requester",
    "type": "Type",
    "priority": "Priority",
    "group_id": "Group",
    "comment": "Internal note",
    "tags": "Tags",
    "external_id": "External ID",
}
# A comment holds 64 KB of UTF-8, which is 16,000 characters at worst.
LIMITS: Final[dict[str, int]] = {"subject": 255, "comment": 16_000}

STATES: Final[dict[str, RemoteState]] = {
    "new": RemoteState.NEW,
    "open": RemoteState.WORKING,
    "pending": RemoteState.WAITING,  # on the user
    "hold": RemoteState.WAITING,  # on a third party
    "solved": RemoteState.RESOLVED,
    "closed": RemoteState.CLOSED,
    "deleted": RemoteState.CANCELLED,  # only exports show it
}
STATE_WORDS: Final[dict[str, str]] = {
    "new": "New",
    "open": "Open",
    "pending": "Pending",
    "hold": "On-hold",
    "solved": "Solved",
    "closed": "Closed",
    "deleted": "Deleted",
}
OPEN_STATES: Final = frozenset({"new", "open", "pending", "hold"})

# (impact, urgency) -> priority: Zendesk has one scale where service desks have two.
PRIORITIES: Final[dict[tuple[Level, Level], str]] = {
    (Level.HIGH, Level.HIGH): "urgent",
    (Level.HIGH, Level.MEDIUM): "high",
    (Level.MEDIUM, Level.HIGH): "high",
    (Level.HIGH, Level.LOW): "normal",
    (Level.MEDIUM, Level.MEDIUM): "normal",
    (Level.LOW, Level.HIGH): "normal",
    (Level.MEDIUM, Level.LOW): "low",
    (Level.LOW, Level.MEDIUM): "low",
    (Level.LOW, Level.LOW): "low",
}

EVENT_PREFIX: Final = "zen:event-type:ticket."
# Events after which the ticket is read again; a comment comes with its text and needs no second look.
REREAD: Final = frozenset(
    {
        "created",
        "status_changed",
        "custom_status_changed",
        "priority_changed",
        "agent_assignment_changed",
        "group_assignment_changed",
        "comment_made_private",
        "merged",
        "soft_deleted",
        "permanently_deleted",
        "undeleted",
    }
)
SUBSCRIPTIONS: Final = tuple(
    f"{EVENT_PREFIX}{name}"
    for name in (
        "comment_added",
        "status_changed",
        "priority_changed",
        "agent_assignment_changed",
        "group_assignment_changed",
        "comment_made_private",
        "merged",
        "soft_deleted",
        "csat_received",
    )
)
# After this one only the answers of users are read again.
RATED: Final = "csat_received"
# What the body of a trigger's call says in its member "baton": the body is the customer's own template.
TRIGGER_MARK: Final = "ticket_changed"
RATED_MARK: Final = "ticket_rated"
# Published in Zendesk's documentation for test calls: whoever knows it can sign anything.
TEST_SECRET: Final = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="  # noqa: S105
