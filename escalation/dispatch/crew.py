"""How does one worker process carry several deliveries at once?

Most of a delivery is waiting: for the tool, for the disk under a commit. So whoever is told of one delivery
also looks what else is due, and some hands carry that meanwhile, each with a database connection and with
sessions of its own. Nothing is claimed ahead: a hand leases a row when it begins it (``lease.take``), so a
worker that dies holds no more rows than it has hands. One that is asked to stop begins no more.
"""

import logging
import os
import random
import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import cache
from time import monotonic
from typing import Final
from uuid import UUID

from django.db import close_old_connections

from escalation.dispatch import stopping
from escalation.dispatch.deliver import Clock, deliver
from escalation.models.delivery import next_due

logger = logging.getLogger(__name__)

# How long more is looked for; what has begun is carried to its end. Webhooks wait for the same processes.
GOES_ON_S: Final = 0.5
AHEAD: Final = 16  # for each hand: other processes look at the same rows, and most of those are gone then


def deliver_on(*, first: UUID, clock: Clock, hands: int) -> None:
    """This will try ``first``, and meanwhile and then what else is due, with so many hands.

    Where ``first`` is not to be done (any more), nothing is: each other row has a task of its own on the
    way, and behind it wait webhooks. An error of our own at ``first`` is raised again, as ``deliver`` does;
    those at others are logged.
    """
    helping: list[Future[None]] = []
    others: list[_Due] = []

    def begun() -> None:
        due = _Due(first, clock=clock, most=AHEAD * hands)
        others.append(due)
        helpers = _helpers(os.getpid(), max(1, hands - 1))
        helping.extend(
            helpers.submit(copy_context().run, _help, due, clock) for _ in due.enough_for(hands - 1)
        )

    try:
        deliver(delivery=first, clock=clock, begun=begun)
        for due in others:
            _carry(due, clock)
    finally:
        wait(helping)


class _Due:
    """What is due beside the first, given out one by one to whichever hand is free."""

    def __init__(self, first: UUID, *, clock: Clock, most: int) -> None:
        self._clock, self._most = clock, most
        self._given, self._until = {first}, monotonic() + GOES_ON_S
        self._lock = threading.Lock()
        self._ids = self._look()

    def enough_for(self, hands: int) -> range:
        """As many hands as there is work for."""
        return range(min(hands, len(self._ids)))

    def __iter__(self) -> "_Due":
        return self

    def __next__(self) -> UUID:
        with self._lock:
            if monotonic() > self._until or stopping.asked():
                raise StopIteration
            if not self._ids:
                self._ids = self._look()
            if not self._ids:
                raise StopIteration
            return self._ids.pop()

    def _look(self) -> list[UUID]:
        """The oldest, shuffled: others look too, and two that begin at one end would only collide."""
        found = [each for each in next_due(now=self._clock(), most=self._most) if each not in self._given]
        self._given.update(found)
        random.shuffle(found)
        return found


@cache
def _helpers(_process: int, hands: int) -> ThreadPoolExecutor:
    """Kept as long as the process, with their connections; a process that was forked makes its own."""
    return ThreadPoolExecutor(max_workers=hands, thread_name_prefix="deliver")


def _help(due: _Due, clock: Clock) -> None:
    close_old_connections()
    try:
        _carry(due, clock)
    finally:
        close_old_connections()


def _carry(due: _Due, clock: Clock) -> None:
    for each in due:
        try:
            copy_context().run(deliver, delivery=each, clock=clock)
        except Exception:
            # It is kept on the row; the other rows are no worse for it.
            logger.exception("delivery: an error of our own", extra={"delivery": str(each)})
