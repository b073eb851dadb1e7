"""How is one delivery tried?

Lease it, ask the tool with no transaction open, write down what came of it. Whatever happens in
between (a crash, a lost answer, a second worker), the next try begins by looking.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog

from escalation.dispatch import lease, setback, settle, stopping
from escalation.dispatch.carry import Arrival, carry
from escalation.dispatch.doors import door_for
from escalation.dispatch.lease import LeaseLost, Taken
from escalation.models import Attempt
from escalation.tools.registry import label, tool
from escalation.transport import trace

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def deliver(*, delivery: UUID, clock: Clock, begun: Callable[[], object] = lambda: None) -> None:
    """This will try the delivery once if it is due; otherwise nothing happens.

    ``begun`` is called when the row is leased, before the tool is asked.
    ``clock`` returns the aware time and is asked again after each call to the tool. An error of our own
    is kept on the row like a lost answer and raised again for the log.
    """
    taken = lease.take(delivery, now=clock())
    if taken is None:
        return
    # The one id that leads from the form to the receipt: every line about a handoff carries it.
    structlog.contextvars.bind_contextvars(handoff=str(taken.row.handoff_id), delivery=str(delivery))
    begun()
    about = {"handoff": str(taken.row.handoff_id), "delivery": str(delivery), "kind": taken.row.kind}
    try:
        with trace.going_on("deliver", traceparent=taken.row.traceparent, **about):
            _try(taken, clock)
    except LeaseLost:
        # Our lease ran out and another worker has the row: it begins by looking and finds what we did.
        return


def _try(taken: Taken, clock: Clock) -> None:
    row = taken.row
    try:
        arrival = _ask(taken, clock)
    except setback.EXPECTED as error:
        found = setback.of(error, row=row, label=label(row.connection.tool))
        logger.info("delivery: set back", extra={"result": found.result, "kind": row.kind})
        trace.note(result=found.result)
        settle.set_back(taken, found, now=clock())
    except LeaseLost:
        raise
    except Exception as error:
        settle.set_back(taken, setback.unforeseen(error, row=row), now=clock())
        raise
    else:
        trace.note(result=Attempt.Result.FOUND if arrival.found else Attempt.Result.DONE)
        settle.arrived(taken, arrival, now=clock())
        logger.info("delivery: arrived", extra={"number": arrival.proof.remote.number, "kind": row.kind})


def _ask(taken: Taken, clock: Clock) -> Arrival:
    row = taken.row

    def may_write() -> None:
        stopping.check()
        now = clock()
        if taken.settled_at is not None and now < taken.settled_at:
            wait = (taken.settled_at - now).total_seconds()
            raise setback.TooSoon(
                "An earlier try got no answer; Baton looks again before it writes.", wait_s=wait
            )
        lease.renew(taken, now=now)

    stopping.check()
    return carry(row, tool=tool(row.connection.tool), door=door_for(row.connection), may_write=may_write)
