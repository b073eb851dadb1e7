"""Why does a receiver return a handoff? Codes that can be counted, in words a sender can act on."""

from enum import StrEnum


class BounceReason(StrEnum):
    """The coded reason of a bounce."""

    WRONG_TEAM = "wrong_team"
    MISSING_INFORMATION = "missing_information"
    NOT_REPRODUCIBLE = "not_reproducible"
    KNOWN_ALREADY = "known_already"
    LEVEL_ONE_CAN = "level_one_can"


REASON_TITLES: dict[BounceReason, str] = {
    BounceReason.WRONG_TEAM: "This belongs to another team",
    BounceReason.MISSING_INFORMATION: "Something we need is missing",
    BounceReason.NOT_REPRODUCIBLE: "We cannot see the problem",
    BounceReason.KNOWN_ALREADY: "We are already working on this problem",
    BounceReason.LEVEL_ONE_CAN: "Level One can do this",
}
