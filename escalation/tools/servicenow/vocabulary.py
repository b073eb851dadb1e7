"""Which of our words is which of ServiceNow's?

Values and labels of the base system; customers do change choices, so a route's rules may replace any
of them (``Rules.values``). Sources: ServiceNow product documentation, "Incident management" and "Table
API"; field lengths from the base dictionary.
"""

from typing import Final

from escalation.knowledge.words import Level
from escalation.tools.updates import RemoteState

TABLE: Final = "incident"
RECORD: Final = "Incident"
KEY_PREFIX: Final = "baton:"
DISPLAY: Final = "Baton"  # correlation_display: by it a poll finds our records

# In the order of the incident's form.
LABELS: Final[dict[str, str]] = {
    "caller_id": "Caller",
    "category": "Category",
    "subcategory": "Subcategory",
    "business_service": "Service",
    "service_offering": "Service offering",
    "cmdb_ci": "Configuration item",
    "contact_type": "Channel",
    "impact": "Impact",
    "urgency": "Urgency",
    "assignment_group": "Assignment group",
    "caused_by": "Caused by change",
    "short_description": "Short description",
    "description": "Description",
    "work_notes": "Work notes",
    "correlation_id": "Correlation ID",
    "correlation_display": "Correlation display",
    "sys_id": "Sys ID",
}
LIMITS: Final[dict[str, int]] = {
    "short_description": 160,
    "description": 4000,
    "work_notes": 4000,
    "correlation_id": 100,
}
DEFAULT_LIMIT: Final = 40  # of a choice or a short text in the base dictionary
MULTILINE: Final = frozenset({"description", "work_notes"})
# Written, never read back: the Table API answers "" for a journal input.
JOURNALS: Final = frozenset({"work_notes", "comments"})

LEVELS: Final[dict[Level, tuple[str, str]]] = {
    Level.HIGH: ("1", "1 - High"),
    Level.MEDIUM: ("2", "2 - Medium"),
    Level.LOW: ("3", "3 - Low"),
}
# (impact, urgency) -> the priority that ServiceNow computes; it is read-only there and never sent.
PRIORITIES: Final[dict[tuple[str, str], str]] = {
    ("1", "1"): "1 - Critical",
    ("1", "2"): "2 - High",
    ("2", "1"): "2 - High",
    ("1", "3"): "3 - Moderate",
    ("2", "2"): "3 - Moderate",
    ("3", "1"): "3 - Moderate",
    ("2", "3"): "4 - Low",
    ("3", "2"): "4 - Low",
    ("3", "3"): "5 - Planning",
}

STATES: Final[dict[str, tuple[RemoteState, str]]] = {
    "1": (RemoteState.NEW, "New"),
    "2": (RemoteState.WORKING, "In Progress"),
    "3": (RemoteState.WAITING, "On Hold"),
    "6": (RemoteState.RESOLVED, "Resolved"),
    "7": (RemoteState.CLOSED, "Closed"),
    "8": (RemoteState.CANCELLED, "Canceled"),
}
