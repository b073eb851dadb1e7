"""What does a sentence's turn in the conversation say about it, whatever its words?

A first message begins with what is wrong; a technician explains after having looked, and acts after having
explained; what a user answers to a step is mostly how it went. Round numbers, about half of what our own
threads show: a habit leans, it decides nothing.
"""

from collections.abc import Mapping
from typing import Final

from escalation.knowledge.words import Part

FACTS, DIAGNOSTICS, REMEDIATION = Part.FACTS, Part.DIAGNOSTICS, Part.REMEDIATION
HYPOTHESIS, BUSINESS, AVAILABILITY = Part.HYPOTHESIS, Part.BUSINESS, Part.AVAILABILITY
Leaning = Mapping[Part, float]

# How a technician's sentence leans: first in a message, or after what was read before it.
TECHNICIAN: Final[Mapping[Part | str | None, Leaning]] = {
    "first": {FACTS: -1.2, BUSINESS: -1.2, AVAILABILITY: -0.8, DIAGNOSTICS: 0.2, REMEDIATION: -0.2},
    None: {FACTS: -0.8, BUSINESS: -0.8, HYPOTHESIS: -0.4, REMEDIATION: -0.4, DIAGNOSTICS: 0.1},
    FACTS: {REMEDIATION: 0.5},
    DIAGNOSTICS: {FACTS: 0.6, HYPOTHESIS: 0.9, DIAGNOSTICS: 0.2, REMEDIATION: 0.2},
    HYPOTHESIS: {DIAGNOSTICS: -0.5, REMEDIATION: 0.4, FACTS: 0.4},
    REMEDIATION: {FACTS: -0.8, HYPOTHESIS: -0.5, REMEDIATION: -0.4},
}
# The same of a user's, whose first sentence also depends on what came before the message.
REQUESTER: Final[Mapping[Part | str | None, Leaning]] = {
    "opening": {FACTS: 0.4, DIAGNOSTICS: -0.5, REMEDIATION: -0.8, HYPOTHESIS: -0.8},
    "after a step": {FACTS: -1.0, REMEDIATION: 1.5, HYPOTHESIS: -0.8},
    "asked": {FACTS: 0.3, DIAGNOSTICS: 0.5, HYPOTHESIS: -0.6},
    "first": {FACTS: -0.5, REMEDIATION: 0.6, HYPOTHESIS: -0.6},
    FACTS: {BUSINESS: 0.3},
    DIAGNOSTICS: {HYPOTHESIS: -0.6, BUSINESS: 0.7},
    BUSINESS: {AVAILABILITY: 0.5},
    REMEDIATION: {FACTS: -0.4, HYPOTHESIS: -0.8, BUSINESS: 0.4},
}
