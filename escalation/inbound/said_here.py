"""Has a person said here already what a tool's new state says? Then it is one line and not two.

A receiver who accepts on the card, or by a signed link, moves the record in its own tool too, before or
after. Whichever comes first is the line; what comes second and says no more is kept as an update only.
"""

from escalation.inbound.advance import moves
from escalation.inbound.pass_on import News
from escalation.lifecycle.words import Status
from escalation.models import Entry, RemoteUpdate
from escalation.tools.updates import RemoteState as Remote
from escalation.tools.updates import UpdateKind

K = Entry.Kind

SAYS: dict[str, frozenset[Remote]] = {
    K.ACCEPTED: frozenset({Remote.WORKING}),
    K.DIAGNOSING: frozenset({Remote.WORKING}),
    K.RESOLVED: frozenset({Remote.RESOLVED, Remote.CLOSED}),
    K.REOPENED: frozenset({Remote.NEW, Remote.WORKING}),
    K.BOUNCED: frozenset({Remote.CANCELLED}),
}
_MOVED = (*SAYS, K.WAITING, K.WENT_ON)
# These the tiers before have had, with the words of whoever decided (``reception.travel``).
TRAVELLED = frozenset({K.RESOLVED, K.REOPENED, K.BOUNCED})


def said_here(news: News, *, last: RemoteUpdate | None) -> str:
    """This will return the kind of the line that says it already, "" where the state is news.

    ``last`` is what the record said of its state before: the tool that repeats itself in other words since
    ("In Review" after "In Progress") says more than the person did, and so do words of its own at an end.
    """
    update = news.update
    if update.kind != UpdateKind.STATE or update.state is None or news.late:
        return ""
    if moves(Status(news.handoff.status), update.state):
        return ""
    said = Entry.objects.filter(handoff=news.handoff, kind__in=_MOVED).order_by("-sequence").first()
    if said is None or said.tool or update.state not in SAYS.get(said.kind, ()):
        return ""
    if last is not None and last.applied_at > said.recorded_at:
        return ""
    return said.kind if update.text in said.text else ""
