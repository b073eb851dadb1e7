"""Which meanings can an update have, and what does one cue for a meaning look like?

A cue belongs to one language, because negation works differently in each. Patterns run on
lower-cased text of one clause and must not nest quantifiers: an update may be hostile.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What an update says about the problem, in steps that a user understands."""

    RECEIVED = "received"
    BEING_WORKED = "being_worked"
    CAUSE_FOUND = "cause_found"
    WAITING_FOR_APPROVAL = "waiting_for_approval"
    WAITING_FOR_VENDOR = "waiting_for_vendor"
    WAITING_FOR_USER = "waiting_for_user"
    FIX_IN_PROGRESS = "fix_in_progress"
    FIXED_WATCHING = "fixed_watching"
    RESOLVED = "resolved"
    NOT_FIXED = "not_fixed"  # will not be done, or closed without a fix
    NEEDS_ANSWER = "needs_answer"
    BOUNCED = "bounced"
    PAUSED = "paused"  # on hold without a word about whom it waits for
    UNCLEAR = "unclear"


# What says that the user's problem is gone: the claims that negation, doubt and plans take back.
DONE = frozenset({Meaning.RESOLVED, Meaning.FIXED_WATCHING})


class Cause(StrEnum):
    """The kind of cause that may be named to a user: never a product, a host or a person."""

    CONFIGURATION = "configuration"
    CERTIFICATE = "certificate"
    ACCESS = "access"
    SOFTWARE = "software"
    NETWORK = "network"
    HARDWARE = "hardware"


class Team(StrEnum):
    """The kind of team that may be named to a user."""

    INFRASTRUCTURE = "infrastructure"
    NETWORK = "network"
    SECURITY = "security"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern that speaks for a meaning with a strength between 0 and 1."""

    meaning: Meaning
    strength: float
    pattern: re.Pattern[str]
    firm: bool = False  # true also in a negated, conditional or asking clause: the pattern has it in itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """The cues of one language with the words that turn a cue around."""

    code: str
    cues: tuple[Cue, ...]
    not_before: re.Pattern[str]  # negation ahead of the cue, matched at the end of what precedes it
    not_after: re.Pattern[str]  # negation behind the cue, matched at the start of what follows it
    supposed: re.Pattern[str]  # conditions: nothing in the clause has happened
    doubted: re.Pattern[str]  # suspicion: a cause is not found yet
    planned: re.Pattern[str]  # future: a fix is on its way, not in place
    partly: re.Pattern[str]  # not for everyone, or not where the user works
    past: re.Pattern[str]  # about an earlier case, not this one
    quiet: re.Pattern[str]  # about the ticket itself, or what is spoken of is something else


def cues(meaning: Meaning, strength: float, *patterns: str, firm: bool = False) -> tuple[Cue, ...]:
    """This will compile one cue per pattern."""
    return tuple(Cue(meaning, strength, re.compile(pattern), firm) for pattern in patterns)
