"""How does an open page learn of a new line within the blink of an eye?

One LISTEN per event loop (that is: per web process), fanned out in memory to whoever follows. A follower
only hears numbers and holds nothing but a few objects: no thread, no database connection, no query of its
own. Where the timelines stand is looked up for many followers in one query: when they come, when the
connection was lost, and now and then in case a notice was.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import connections

from escalation.timeline.basket import Basket
from escalation.timeline.record import CHANNEL

logger = logging.getLogger(__name__)

HEARTBEAT_S = 10.0  # proxies drop a silent stream after 30 to 60 s; a page that just came waits twice this
SWEEP_S = 15.0  # a notice that was lost costs seconds, never a line
RECONNECT_S = 1.0
CONNECT_S = 2.0  # a page does not wait longer for the first LISTEN than this
LIST_EVERY_S = 1.0  # a list is drawn anew at most this often, however much happens
BEAT_AT_ONCE = 25
GATHER_S = 0.005  # pages that come back together are looked up together

_STANDING = "SELECT id, last_sequence FROM escalation_handoff WHERE id = ANY(%s)"


class _Follower:
    """One open page: the newest number it was told of, and what it sleeps on until then.

    No timer of its own: thousands of them would be started and stopped with every line.
    """

    __slots__ = ("_sleep", "newest")

    def __init__(self) -> None:
        self.newest = 0
        self._sleep: asyncio.Future[bool] | None = None

    def wake(self, *, beat: bool = False) -> None:
        if self._sleep is not None and not self._sleep.done():
            self._sleep.set_result(beat)

    async def sleep(self) -> bool:
        """Whether it was only the heartbeat that woke it."""
        self._sleep = asyncio.get_running_loop().create_future()
        return await self._sleep


class _Listener:
    """The one LISTEN of an event loop and those who wait for it."""

    def __init__(self) -> None:
        self.following: dict[UUID, set[_Follower]] = defaultdict(set)
        self.baskets: set[Basket] = set()  # of lists, which follow every handoff
        self.task: asyncio.Task[None] | None = None
        self.ready = asyncio.Event()
        self.draining = False
        self._to_look_up: set[UUID] = set()
        self._asked = asyncio.Event()

    def start(self) -> None:
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._keep_listening())

    def look_up(self, handoff_ids: Iterable[UUID]) -> None:
        self._to_look_up.update(handoff_ids)
        self._asked.set()

    async def _keep_listening(self) -> None:
        while True:
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._beat())
                    group.create_task(self._listen())
                    group.create_task(self._look_up())
            except* (psycopg.Error, OSError) as errors:
                # Nothing is lost: all that is followed is looked up when the connection is back.
                names = sorted({type(each).__name__ for each in errors.exceptions})
                logger.warning("timeline: listening failed, trying again: %s", ", ".join(names))
            self.ready.clear()
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self) -> None:
        async with _connected() as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            self.ready.set()
            self.look_up(self.following)
            for basket in self.baskets:
                basket.put_anything()
            async for notice in listening.notifies():
                handoff, _, sequence = notice.payload.partition(":")
                with suppress(ValueError):
                    self._tell(UUID(handoff), int(sequence))
                    for basket in self.baskets:
                        basket.put(UUID(handoff))

    async def _look_up(self) -> None:
        async with _connected() as looking:
            swept_at = asyncio.get_running_loop().time()
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(swept_at + SWEEP_S):
                        await self._asked.wait()
                        await asyncio.sleep(GATHER_S)
                if asyncio.get_running_loop().time() >= swept_at + SWEEP_S:
                    swept_at = asyncio.get_running_loop().time()
                    self._to_look_up.update(self.following)
                wanted, self._to_look_up = list(self._to_look_up), set()
                self._asked.clear()
                if wanted:
                    rows = await looking.execute(_STANDING, [wanted])
                    async for handoff_id, newest in rows:
                        self._tell(handoff_id, newest)

    async def _beat(self) -> None:
        """Wake everybody once in a while, a few at a time: thousands at once would hold up the news."""
        while True:
            followers = [each for group in self.following.values() for each in group]
            for place in range(0, len(followers), BEAT_AT_ONCE):
                some = followers[place : place + BEAT_AT_ONCE]
                await asyncio.sleep(HEARTBEAT_S * len(some) / len(followers))
                for follower in some:
                    follower.wake(beat=True)
            if not followers:
                await asyncio.sleep(LIST_EVERY_S)

    def _tell(self, handoff_id: UUID, newest: int) -> None:
        for follower in self.following.get(handoff_id, ()):
            if newest > follower.newest:
                follower.newest = newest
                follower.wake()

    def wake_all(self) -> None:
        for followers in self.following.values():
            for follower in followers:
                follower.wake()
        for basket in self.baskets:
            basket.put_anything()


_LISTENERS: WeakKeyDictionary[asyncio.AbstractEventLoop, _Listener] = WeakKeyDictionary()


async def follow(*, handoff_id: UUID, after: int) -> AsyncIterator[int]:
    """This will yield the newest sequence number whenever it is beyond ``after``, and 0 as a heartbeat.

    It ends when the process is asked to stop.
    """
    listener = _LISTENERS.setdefault(asyncio.get_running_loop(), _Listener())
    listener.start()
    with suppress(TimeoutError):
        await asyncio.wait_for(listener.ready.wait(), CONNECT_S)
    follower = _Follower()
    listener.following[handoff_id].add(follower)
    listener.look_up([handoff_id])  # lines may have come before we followed
    try:
        while not listener.draining:
            beat = follower.newest <= after and await follower.sleep()
            if follower.newest > after:
                after = follower.newest
                yield after
            elif beat:
                yield 0
    finally:
        listener.following[handoff_id].discard(follower)
        if not listener.following[handoff_id]:
            del listener.following[handoff_id]


async def follow_any() -> AsyncIterator[frozenset[UUID] | None]:
    """This will yield the handoffs with news, at most once a second, and None as a heartbeat.

    An empty set says that anything may have changed. It ends when the process is asked to stop.
    """
    listener = _LISTENERS.setdefault(asyncio.get_running_loop(), _Listener())
    listener.start()
    basket = Basket()
    listener.baskets.add(basket)
    try:
        while not listener.draining:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_S):
                    await basket.event.wait()
            if not basket.event.is_set():
                yield None
                continue
            await asyncio.sleep(LIST_EVERY_S)
            yield basket.take()
    finally:
        listener.baskets.discard(basket)


def drain(loop: asyncio.AbstractEventLoop) -> None:
    """This will end every following of that loop; call it in the loop's thread."""
    listener = _LISTENERS.get(loop)
    if listener is not None:
        listener.draining = True
        listener.wake_all()


def followers() -> int:
    """How many pages this process keeps current."""
    # Asked from other threads too: a list is made at once, a loop over the dict would meet its changes.
    following = [each for listener in list(_LISTENERS.values()) for each in list(listener.following.values())]
    return sum(map(len, following))


@asynccontextmanager
async def _connected() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    parameters = connections["default"].get_connection_params()
    # The pool, the cursor class and Django's own contexts are not for a bare connection.
    bare = {
        key: value for key, value in parameters.items() if key not in {"pool", "cursor_factory", "context"}
    }
    connection = await psycopg.AsyncConnection.connect(**bare, autocommit=True)
    try:
        yield connection
    finally:
        # Not left to the connection's own context: it would wait for the server, and a second cancellation
        # in that moment would leave it open.
        await connection.close()
