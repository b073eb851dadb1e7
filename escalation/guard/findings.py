"""What does a finding of the guard look like?

Advice to the technician in plain words: what would help the receiver, and never a word of blame.
"""

from dataclasses import dataclass
from enum import StrEnum

from escalation.knowledge.words import Part


class Severity(StrEnum):
    """Whether a finding may be passed over: advice always, a secret only where it goes to our own team."""

    ADVICE = "advice"
    SECRET = "secret"  # noqa: S105  a word, not a secret


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing worth a second look; ``part`` and ``item_id`` are None where it is about the whole."""

    code: str  # stable, for dismissing a kind of advice for good
    message: str
    part: Part | None = None
    item_id: str | None = None
    severity: Severity = Severity.ADVICE
