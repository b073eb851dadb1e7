"""Which moves follow for a handoff when its record's state changes in the receiver's tool? Pure.

One table. A state says where the record stands, not what happened, so what the handoff has already
reached asks for no move; the tool is never told off for being ahead of us.
"""

from escalation.lifecycle.words import Move, Status
from escalation.models import Entry
from escalation.tools.updates import RemoteState as Remote

_FRESH = (Status.DELIVERED, Status.SEEN)
_AT_WORK = (*_FRESH, Status.ACCEPTED, Status.DIAGNOSING)

MOVES: dict[tuple[Status, Remote], tuple[Move, ...]] = {
    # Taken up. "In progress" often only means "assigned" (ServiceNow sets it on assignment), so it is
    # not yet diagnosing: that the receiver says in Baton, or by going on after a wait.
    **{(status, Remote.WORKING): (Move.ACCEPT,) for status in _FRESH},
    (Status.WAITING, Remote.WORKING): (Move.GO_ON,),
    **{(status, Remote.WAITING): (Move.WAIT,) for status in _AT_WORK},
    # Ended. Closed after resolved is bookkeeping of the tool and no news.
    **{(status, Remote.RESOLVED): (Move.RESOLVE,) for status in (*_AT_WORK, Status.WAITING)},
    **{(status, Remote.CLOSED): (Move.RESOLVE,) for status in (*_AT_WORK, Status.WAITING)},
    # Cancelled is not fixed: the sender has it back.
    **{(status, Remote.CANCELLED): (Move.BOUNCE,) for status in (*_AT_WORK, Status.WAITING)},
    # Back again.
    (Status.RESOLVED, Remote.NEW): (Move.REOPEN,),
    (Status.RESOLVED, Remote.WORKING): (Move.REOPEN,),
    (Status.RESOLVED, Remote.WAITING): (Move.REOPEN, Move.WAIT),
    (Status.BOUNCED, Remote.WORKING): (Move.REOPEN, Move.ACCEPT),
    (Status.BOUNCED, Remote.WAITING): (Move.REOPEN, Move.WAIT),
    (Status.BOUNCED, Remote.RESOLVED): (Move.REOPEN, Move.RESOLVE),
}

_KINDS: dict[Move, Entry.Kind] = {
    Move.ACCEPT: Entry.Kind.ACCEPTED,
    Move.WAIT: Entry.Kind.WAITING,
    Move.GO_ON: Entry.Kind.WENT_ON,
    Move.RESOLVE: Entry.Kind.RESOLVED,
    Move.REOPEN: Entry.Kind.REOPENED,
    Move.BOUNCE: Entry.Kind.BOUNCED,
}


def moves(status: Status, state: Remote) -> tuple[Move, ...]:
    """This will return the moves, in order, that the record's new state asks for; () when there are none."""
    return MOVES.get((status, state), ())


def kind_after(made: tuple[Move, ...]) -> Entry.Kind:
    """This will return what the timeline calls a change of state that led to these moves."""
    return _KINDS[made[-1]] if made else Entry.Kind.STATE
