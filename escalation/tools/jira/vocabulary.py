"""Which of our words is which of Jira's?

Statuses and resolutions are renamed and translated by every company, so a state follows from the status
category, which is not; only "ended, and not fixed" has to be read from names. Sources: Jira Cloud platform
REST API v3; Jira administration, "Statuses" and "Resolutions".
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from escalation.knowledge.words import Level
from escalation.tools.updates import RemoteState
from escalation.translation import sections

RECORD: Final = "Issue"
LABEL: Final = "baton"  # by it a poll finds our issues
KEY_LABEL_PREFIX: Final = "baton-"
PROPERTY: Final = "baton"  # of an issue or a comment; a clone takes labels along, but no properties
GLOBAL_ID_PREFIX: Final = "baton="
DEFAULT_ISSUE_TYPE: Final = "Bug"


class Flavour(StrEnum):
    """Which Jira it is; the two differ in their texts, their identities and their search."""

    CLOUD = "cloud"  # REST v3: texts are Atlassian documents
    DATA_CENTER = "data-center"  # REST v2: texts are wiki markup


# In the order of Jira's create screen.
LABELS: Final[dict[str, str]] = {
    "project": "Project",
    "issuetype": "Issue type",
    "requesttype": "Request type",
    "summary": "Summary",
    "components": "Components",
    "versions": "Affects versions",
    "priority": "Priority",
    "environment": "Environment",
    "description": "Description",
    "reporter": "Reporter",
    "labels": "Labels",
    "reference": "Reference",
    "remotelink": "Web links",
}
# The most a text field takes, counted over everything that is sent (JRACLOUD-78553); of a description 267
# characters less, for the reference that a request's may end with.
LIMITS: Final[dict[str, int]] = {"summary": 255, "environment": 32_767, "description": 32_500}
COMMENT_LIMIT: Final = 30_000
# What an issue can do without where a project's screen lacks the field or we may not set it.
DISPENSABLE: Final = frozenset({"reporter", "environment", "components", "versions", "priority"})

# (impact, urgency) -> the priority of Jira's default scheme: one scale where service desks have two.
PRIORITIES: Final[dict[tuple[Level, Level], str]] = {
    (Level.HIGH, Level.HIGH): "Highest",
    (Level.HIGH, Level.MEDIUM): "High",
    (Level.MEDIUM, Level.HIGH): "High",
    (Level.HIGH, Level.LOW): "Medium",
    (Level.MEDIUM, Level.MEDIUM): "Medium",
    (Level.LOW, Level.HIGH): "Medium",
    (Level.MEDIUM, Level.LOW): "Low",
    (Level.LOW, Level.MEDIUM): "Low",
    (Level.LOW, Level.LOW): "Lowest",
}

# Headings in a description, as a reader of Jira is used to them.
HEADINGS: Final[dict[str, str]] = {
    "SUMMARY": "Summary in full",
    sections.ASK: "Ask",
    sections.BELIEVED: "Believed (unproven)",
    sections.PROVEN: "Proven",
    sections.REPORTED: "Reported, not checked",
    sections.TRIED: "Tried, and result",
    sections.IMPACT: "Impact and deadline",
    sections.REACH: "Reachability of the user",
    sections.EVIDENCE: "Evidence",
    sections.LINKS: "Links",
}

CATEGORIES: Final[dict[str, RemoteState]] = {
    "new": RemoteState.NEW,
    "indeterminate": RemoteState.WORKING,
    "done": RemoteState.RESOLVED,
}
_WAITING: Final = re.compile(r"\b(?:waiting|on hold|blocked|pending|parked)\b", re.IGNORECASE)
_NOT_FIXED: Final = re.compile(
    r"\b(?:won['’]?t|will not|cannot|can['’]?t|not a bug|not reproducible|no fix|duplicate|declined|rejected"
    r"|invalid|incomplete|cancell?ed|abandoned|obsolete|wontfix|as designed|out of scope)\b",
    re.IGNORECASE,
)

ENVIRONMENT_WORDS: Final = re.compile(
    r"\b(?:browser|chrome|firefox|safari|edge|windows|macos|linux|android|ios|ipad|iphone|vpn|proxy|tenant"
    r"|region|cluster|production|staging|build|operating system|client version|docker|kubernetes)\b",
    re.IGNORECASE,
)


def state_of(
    category: str, *, status: str, resolution: str, not_fixed: Iterable[str] = ()
) -> RemoteState | None:
    """This will return the state, or None where the category says nothing.

    ``not_fixed`` are a company's own names for statuses and resolutions that end without a fix.
    """
    state = CATEGORIES.get(category)
    if state is RemoteState.RESOLVED:
        # A team-managed project resolves everything as "Done", so the status's name counts as well.
        names = {status.strip().casefold(), resolution.strip().casefold()}
        own = {each.strip().casefold() for each in not_fixed if each.strip()}
        if names & own or any(_NOT_FIXED.search(name) for name in names):
            return RemoteState.CANCELLED
    elif state is not None and _WAITING.search(status):
        return RemoteState.WAITING
    return state
