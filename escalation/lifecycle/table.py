"""Which move leads from which status to which?

The one table; the diagram in the docs is drawn from it. A receiver may be faster than our words
(accept without having opened the page), so later moves are allowed from every earlier status.
"""

from escalation.lifecycle.words import STATUS_TITLES, Move, Status

TRANSITIONS: dict[tuple[Status, Move], Status] = {
    (Status.DRAFT, Move.CONFIRM): Status.QUEUED,
    (Status.QUEUED, Move.RECALL): Status.DRAFT,
    (Status.DRAFT, Move.DISCARD): Status.DISCARDED,
    (Status.DISCARDED, Move.RESTORE): Status.DRAFT,
    (Status.QUEUED, Move.DELIVER): Status.DELIVERED,
    (Status.DELIVERED, Move.SEE): Status.SEEN,
    (Status.DELIVERED, Move.ACCEPT): Status.ACCEPTED,
    (Status.DELIVERED, Move.START): Status.DIAGNOSING,
    (Status.DELIVERED, Move.WAIT): Status.WAITING,
    (Status.DELIVERED, Move.RESOLVE): Status.RESOLVED,
    (Status.DELIVERED, Move.BOUNCE): Status.BOUNCED,
    (Status.SEEN, Move.ACCEPT): Status.ACCEPTED,
    (Status.SEEN, Move.START): Status.DIAGNOSING,
    (Status.SEEN, Move.WAIT): Status.WAITING,
    (Status.SEEN, Move.RESOLVE): Status.RESOLVED,
    (Status.SEEN, Move.BOUNCE): Status.BOUNCED,
    (Status.ACCEPTED, Move.START): Status.DIAGNOSING,
    (Status.ACCEPTED, Move.WAIT): Status.WAITING,
    (Status.ACCEPTED, Move.RESOLVE): Status.RESOLVED,
    (Status.ACCEPTED, Move.BOUNCE): Status.BOUNCED,
    (Status.DIAGNOSING, Move.WAIT): Status.WAITING,
    (Status.DIAGNOSING, Move.RESOLVE): Status.RESOLVED,
    (Status.DIAGNOSING, Move.BOUNCE): Status.BOUNCED,
    (Status.WAITING, Move.GO_ON): Status.DIAGNOSING,
    (Status.WAITING, Move.START): Status.DIAGNOSING,
    (Status.WAITING, Move.RESOLVE): Status.RESOLVED,
    (Status.WAITING, Move.BOUNCE): Status.BOUNCED,
    (Status.RESOLVED, Move.REOPEN): Status.DIAGNOSING,
    (Status.BOUNCED, Move.REOPEN): Status.DELIVERED,
}

MOVE_WORDS: dict[Move, str] = {
    Move.CONFIRM: "be sent",
    Move.RECALL: "be called back",
    Move.DISCARD: "be discarded",
    Move.RESTORE: "be restored",
    Move.DELIVER: "be delivered",
    Move.SEE: "be marked as seen",
    Move.ACCEPT: "be accepted",
    Move.START: "be marked as diagnosing",
    Move.WAIT: "be put on hold",
    Move.GO_ON: "go on",
    Move.RESOLVE: "be resolved",
    Move.REOPEN: "be reopened",
    Move.BOUNCE: "be returned",
}


class NotAllowedNow(Exception):
    """The move is not allowed from the status the handoff is in; the text is said to the person."""


def after(status: Status, move: Move) -> Status:
    """This will return the status that the move leads to; raises ``NotAllowedNow``."""
    try:
        return TRANSITIONS[status, move]
    except KeyError:
        title = STATUS_TITLES[status].lower()
        raise NotAllowedNow(f"This handoff is {title}, so it cannot {MOVE_WORDS[move]} now.") from None


def allowed(status: Status) -> tuple[Move, ...]:
    """This will list the moves that the status allows, in the order of the table."""
    return tuple(move for from_status, move in TRANSITIONS if from_status == status)
