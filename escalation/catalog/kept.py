"""Who builds what takes long, and what do others use meanwhile?

One value per key and version. The first who asks has it built; whoever has no patience goes on with the
version before, or with nothing, while a thread of its own builds.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from django.db import connections

logger = logging.getLogger(__name__)

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by connection, each with the version it was built for."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._values: dict[UUID, tuple[int, Value]] = {}
        self._building: dict[UUID, Future[None]] = {}
        self._locks: dict[UUID, Lock] = {}
        self._lock = Lock()
        # One at a time: two builds side by side would only take twice as long each.
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="links")

    def get(
        self, key: UUID, *, version: int, build: Callable[[], Value], patience: float | None
    ) -> Value | None:
        """Return the value of this version.

        After ``patience`` seconds, the value before it, or None where there is none. Without a patience
        (None) the caller builds, and whoever else asks for the same key waits.
        """
        if self._current(key, version):
            return self._values[key][1]
        if patience is None:
            with self._lock_of(key):
                if not self._current(key, version):
                    self._values[key] = (version, build())
            return self._values[key][1]
        building = self._start(key, version, build)
        if key not in self._values:
            wait([building], timeout=patience)
        return self.at_hand(key)

    def at_hand(self, key: UUID) -> Value | None:
        """Return the newest value there is, of whichever version."""
        kept = self._values.get(key)
        return kept[1] if kept else None

    def _current(self, key: UUID, version: int) -> bool:
        kept = self._values.get(key)
        return kept is not None and kept[0] == version

    def _lock_of(self, key: UUID) -> Lock:
        with self._lock:
            return self._locks.setdefault(key, Lock())

    def _start(self, key: UUID, version: int, build: Callable[[], Value]) -> "Future[None]":
        with self._lock:
            building = self._building.get(key)
            if building is None or building.done():
                building = self._aside.submit(partial(self._build, key, version, build))
                self._building[key] = building
            return building

    def _build(self, key: UUID, version: int, build: Callable[[], Value]) -> None:
        try:
            if not self._current(key, version):
                self._values[key] = (version, build())
        except Exception:
            # Nobody waits for this thread's answer; the next who asks has it tried again.
            logger.exception("The link index of connection %s could not be built.", key)
        finally:
            connections.close_all()
