"""What does a finding of the guard look like?

Advice to the technician in plain words: what would help the receiver, and never a word of blame.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from escalation.knowledge.words import Part


class Severity(StrEnum):
    """Whether a finding may be passed over: advice always, a secret only where it goes to our own team."""

    ADVICE = "advice"
    SECRET = "secret"  # noqa: S105  a word, not a secret


# What a person calls each kind of advice when switching it off or on again. What is not here cannot be.
KIND_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "empty_phrase": "empty phrases",
        "no_summary": "a summary that is missing",
        "no_ask": "an ask that is missing",
        "no_facts": "no validated fact",
        "no_diagnostics": "no diagnostic result",
        "no_remediation": "no attempted step",
        "no_hypothesis": "no hypothesis",
        "no_business": "no business context",
        "no_availability": "no availability",
        "blank_item": "a line without words",
        "not_verified": "how a fact was checked",
        "no_observation": "what a check showed",
        "no_outcome": "what came of a step",
        "no_reason": "what a hypothesis rests on",
        "no_weight": "how serious it is",
        "deadline_unclear": "a deadline without a date",
        "impact_unexplained": "high impact for one person",
        "not_reachable": "when the user can be reached",
        "facts_disagree": "facts that disagree",
        "reported_otherwise": "a check against what was reported",
        "belief_ruled_out": "a hypothesis that is ruled out",
        "outcomes_disagree": "one step with two outcomes",
        "said_twice": "what stands there twice",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing worth a second look; ``part`` and ``item_id`` are None where it is about the whole."""

    code: str  # stable, for dismissing a kind of advice for good
    message: str
    part: Part | None = None
    item_id: str | None = None
    severity: Severity = Severity.ADVICE
