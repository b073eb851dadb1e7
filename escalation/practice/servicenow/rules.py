"""What does the instance do by itself when an incident is written: its business rules and data policies.

Rules are pure: a row before, a row about to be stored. What a policy refuses is `Aborted`, which the API
answers 403 like a missing right, as the vendor does.
"""

from typing import Any, Final

from escalation.practice.store import Document

NEW, IN_PROGRESS, ON_HOLD, RESOLVED, CLOSED, CANCELED = "1", "2", "3", "6", "7", "8"
AWAITING_CALLER: Final = "1"
# impact, urgency -> priority (the base system's priority lookup)
_PRIORITY: Final = {
    ("1", "1"): "1",
    ("1", "2"): "2",
    ("2", "1"): "2",
    ("1", "3"): "3",
    ("2", "2"): "3",
    ("3", "1"): "3",
    ("2", "3"): "4",
    ("3", "2"): "4",
    ("3", "3"): "5",
}
INCIDENT_DEFAULTS: Final = {
    "state": NEW,
    "impact": "3",
    "urgency": "3",
    "severity": "3",
    "category": "inquiry",
    "active": "true",
    "made_sla": "true",
    "reassignment_count": "0",
    "reopen_count": "0",
}


class Aborted(Exception):
    """A data policy or business rule refused the write."""


def before_incident(before: Document | None, row: dict[str, Any], *, comment_by_caller: bool) -> None:
    """Complete an incident that is about to be stored. Raises Aborted."""
    was = before or {}
    _assign(was, row)
    if comment_by_caller and row["state"] == ON_HOLD and row.get("hold_reason") == AWAITING_CALLER:
        row["state"] = IN_PROGRESS
    _check(was, row)
    if row["state"] != ON_HOLD:
        row["hold_reason"] = ""
    row["incident_state"] = row["state"]
    row["active"] = "false" if row["state"] in {CLOSED, CANCELED} else "true"
    row["priority"] = _PRIORITY.get((row["impact"], row["urgency"]), "5")
    _close(was, row)


def _assign(was: Document, row: dict[str, Any]) -> None:
    moved = bool(was) and was.get("assignment_group", "") != row.get("assignment_group", "")
    if moved and was.get("assigned_to", "") == row.get("assigned_to", ""):
        row["assigned_to"] = ""
    if moved:
        row["reassignment_count"] = str(int(was.get("reassignment_count") or 0) + 1)
    if row.get("assigned_to") and not was.get("assigned_to") and row["state"] == NEW:
        row["state"] = IN_PROGRESS


def _check(was: Document, row: dict[str, Any]) -> None:
    closing = row["state"] in {RESOLVED, CLOSED} and was.get("state") not in {RESOLVED, CLOSED}
    missing = [name for name in ("close_code", "close_notes") if not row.get(name)]
    if closing and missing:
        raise Aborted(f"Data Policy Exception: The following fields are mandatory: {', '.join(missing)}")
    if row["state"] == ON_HOLD and was.get("state") != ON_HOLD and not row.get("hold_reason"):
        raise Aborted("Data Policy Exception: The following fields are mandatory: hold_reason")


def _close(was: Document, row: dict[str, Any]) -> None:
    if row["state"] == RESOLVED and was.get("state") != RESOLVED:
        row["resolved_at"], row["resolved_by"] = row["sys_updated_on"], row["_actor"]
    if row["state"] == CLOSED and was.get("state") != CLOSED:
        row["closed_at"], row["closed_by"] = row["sys_updated_on"], row["_actor"]
    if was.get("state") in {RESOLVED, CLOSED} and row["state"] in {NEW, IN_PROGRESS, ON_HOLD}:
        row["reopen_count"] = str(int(was.get("reopen_count") or 0) + 1)
        row["resolved_at"] = row["resolved_by"] = ""
