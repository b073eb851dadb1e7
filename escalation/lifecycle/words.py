"""Which statuses can a handoff have, and which moves are there?

The values are stored; the sentences are product text, shown as they stand.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where a handoff stands."""

    DRAFT = "draft"
    QUEUED = "queued"  # confirmed; the record is owed to the receiver's tool
    DELIVERED = "delivered"  # the tool has proved that it holds the record
    SEEN = "seen"
    ACCEPTED = "accepted"
    DIAGNOSING = "diagnosing"
    WAITING = "waiting"  # for the user, a vendor or an approval; the receiver still owns it
    RESOLVED = "resolved"
    BOUNCED = "bounced"  # returned with a coded reason
    DISCARDED = "discarded"  # a draft that was given up, kept until it expires


class Move(StrEnum):
    """What can be done to a handoff."""

    CONFIRM = "confirm"
    RECALL = "recall"
    DISCARD = "discard"
    RESTORE = "restore"
    DELIVER = "deliver"
    SEE = "see"
    ACCEPT = "accept"
    START = "start"
    WAIT = "wait"
    GO_ON = "go_on"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    BOUNCE = "bounce"


STATUS_TITLES: dict[Status, str] = {
    Status.DRAFT: "Draft",
    Status.QUEUED: "Queued",
    Status.DELIVERED: "Delivered",
    Status.SEEN: "Seen",
    Status.ACCEPTED: "Accepted",
    Status.DIAGNOSING: "Diagnosing",
    Status.WAITING: "Waiting",
    Status.RESOLVED: "Resolved",
    Status.BOUNCED: "Bounced",
    Status.DISCARDED: "Discarded",
}

OPEN: frozenset[Status] = frozenset(
    {Status.QUEUED, Status.DELIVERED, Status.SEEN, Status.ACCEPTED, Status.DIAGNOSING, Status.WAITING}
)
WITH_RECEIVER: frozenset[Status] = OPEN - {Status.QUEUED}
