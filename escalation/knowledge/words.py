"""Which words may a knowledge state use?

Every closed vocabulary of the six parts stands here once. A word's value is what is stored and
sent through the API; renaming one is a change of the stored schema (see ``codec``).
"""

from enum import StrEnum


class Part(StrEnum):
    """The six typed parts, in the order in which a technician fills them."""

    FACTS = "facts"
    DIAGNOSTICS = "diagnostics"
    REMEDIATION = "remediation"
    HYPOTHESIS = "hypothesis"
    BUSINESS = "business"
    AVAILABILITY = "availability"


PART_TITLES: dict[Part, str] = {
    Part.FACTS: "Validated facts",
    Part.DIAGNOSTICS: "Diagnostic results",
    Part.REMEDIATION: "Attempted remediation",
    Part.HYPOTHESIS: "Working hypothesis",
    Part.BUSINESS: "Business context",
    Part.AVAILABILITY: "User availability",
}


class Standing(StrEnum):
    """How far a fact is established."""

    CONFIRMED = "confirmed"  # the technician checked it and it is so
    RULED_OUT = "ruled_out"  # the technician checked it and it is not so
    REPORTED = "reported"  # somebody said so, nobody checked
    NOT_CHECKED = "not_checked"  # said openly, so that nobody assumes it


class Outcome(StrEnum):
    """What a remediation step changed."""

    NO_CHANGE = "no_change"
    PARTLY = "partly"
    WORSE = "worse"
    FIXED_FOR_A_WHILE = "fixed_for_a_while"
    UNKNOWN = "unknown"  # done, result not observed yet


class Confidence(StrEnum):
    """How sure the author of a hypothesis is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Level(StrEnum):
    """Impact and urgency: the three steps that service desks share (ITIL)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Origin(StrEnum):
    """Where an item came from."""

    TYPED = "typed"  # a person wrote it
    FOUND = "found"  # extraction found it; nobody has confirmed it yet
    CONFIRMED = "confirmed"  # extraction found it and a person confirmed it
    INHERITED = "inherited"  # an earlier handoff of the same investigation carried it


class Role(StrEnum):
    """Who wrote a message of the conversation."""

    REQUESTER = "requester"
    TECHNICIAN = "technician"
    OTHER = "other"  # a colleague of the user, a bot, an unknown sender


class Channel(StrEnum):
    """How the user can be reached."""

    SLACK = "slack"
    PHONE = "phone"
    EMAIL = "email"
    TEAMS = "teams"
    IN_PERSON = "in_person"
    TICKET = "ticket"
