"""Whose status changes with a record's: the tier before, and the user's ticket?

One hop at a time: what a rule sets in the record before comes back as that record's own change, and is
carried on from there under its own route's rules. A receiver's record never follows its source, so nothing
goes round.
"""

from escalation.inbound.pass_on import News
from escalation.models import RemoteUpdate
from escalation.outbox.chain import earlier_hops
from escalation.outbox.status import Change, owe_status
from escalation.tools.updates import RemoteState, UpdateKind
from escalation.translation.statuses import Place, Word

_WORDS = {
    RemoteState.NEW: Word.WORKING,  # only one that was at work before is carried as new
    RemoteState.WORKING: Word.WORKING,
    RemoteState.WAITING: Word.WAITING,
    RemoteState.RESOLVED: Word.RESOLVED,
    RemoteState.CLOSED: Word.RESOLVED,
    RemoteState.CANCELLED: Word.RETURNED,
}


def carry_on(news: News, *, last: RemoteUpdate | None) -> None:
    """This will owe the statuses that follow; ``last`` is what the record said of its state before."""
    update = news.update
    if news.late or update.kind != UpdateKind.STATE or update.state is None:
        return
    word = _WORDS[update.state]
    if last is not None and last.state and _WORDS[RemoteState(last.state)] is word:
        # Closed after resolved is bookkeeping: whoever has gone on since must not be closed by it.
        return
    row, handoff = news.row, news.handoff
    change = Change(word=word, said=row.text, once=f"{row.connection_id} {row.key}")
    owe_status(handoff=handoff, place=Place.SOURCE, change=change, now=row.applied_at)
    before = next(earlier_hops(handoff), None)
    if before is not None:
        owe_status(handoff=before, place=Place.LATER, change=change, now=row.applied_at)
