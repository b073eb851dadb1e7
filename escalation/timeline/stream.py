"""How does an open page learn of a new line within the blink of an eye?

One LISTEN per event loop (that is: per web process), fanned out in memory to whoever follows. Each
follower only hears numbers; it reads the rows itself, in a thread, so that no open page pins a
database connection. A follower that resumes at a number misses nothing: it is woken at once if the
timeline is already further.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from asgiref.sync import sync_to_async
from django.db import connections

from escalation.models import Handoff
from escalation.timeline.record import CHANNEL

logger = logging.getLogger(__name__)

HEARTBEAT_S = 15.0  # proxies drop a silent stream after 30 to 60 s
RECONNECT_S = 1.0
CONNECT_S = 2.0  # a page does not wait longer for the first LISTEN than this


class _Listener:
    """The one LISTEN of an event loop and those who wait for it."""

    def __init__(self) -> None:
        self.waiting: dict[UUID, set[asyncio.Event]] = defaultdict(set)
        self.task: asyncio.Task[None] | None = None
        self.ready = asyncio.Event()

    def start(self) -> None:
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except psycopg.Error as error:
                # Nothing is lost: every follower reads again when the connection is back.
                logger.warning("timeline: listening failed, trying again: %s", type(error).__name__)
            self.ready.clear()
            await asyncio.sleep(RECONNECT_S)

    async def _listen_once(self) -> None:
        async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            self.ready.set()
            self._wake_all()
            async for notice in listening.notifies():
                handoff, _, _ = notice.payload.partition(":")
                with suppress(ValueError):
                    self._wake(UUID(handoff))

    def _wake(self, handoff_id: UUID) -> None:
        for event in self.waiting.get(handoff_id, ()):
            event.set()

    def _wake_all(self) -> None:
        for events in self.waiting.values():
            for event in events:
                event.set()


_LISTENERS: WeakKeyDictionary[asyncio.AbstractEventLoop, _Listener] = WeakKeyDictionary()


async def follow(*, handoff_id: UUID, after: int) -> AsyncIterator[int]:
    """This will yield the newest sequence number whenever it is beyond ``after``, and 0 as a heartbeat."""
    loop = asyncio.get_running_loop()
    listener = _LISTENERS.setdefault(loop, _Listener())
    listener.start()
    with suppress(TimeoutError):
        await asyncio.wait_for(listener.ready.wait(), CONNECT_S)
    event = asyncio.Event()
    event.set()  # look once at the start: lines may have come before we listened
    listener.waiting[handoff_id].add(event)
    try:
        while True:
            woken = await _woken(event)
            # Looked at on a heartbeat too: a notice that was lost costs seconds, never a line.
            newest = await _newest(handoff_id)
            if newest > after:
                after = newest
                yield newest
            elif not woken:
                yield 0
    finally:
        listener.waiting[handoff_id].discard(event)
        if not listener.waiting[handoff_id]:
            del listener.waiting[handoff_id]


async def _woken(event: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(event.wait(), HEARTBEAT_S)
    except TimeoutError:
        return False
    event.clear()
    return True


@sync_to_async
def _newest(handoff_id: UUID) -> int:
    return Handoff.objects.filter(pk=handoff_id).values_list("last_sequence", flat=True).first() or 0


def _parameters() -> dict[str, Any]:
    parameters = connections["default"].get_connection_params()
    # The pool, the cursor class and Django's own contexts are not for a bare connection.
    return {
        key: value for key, value in parameters.items() if key not in {"pool", "cursor_factory", "context"}
    }
