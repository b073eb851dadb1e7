"""How does a practice tool tell others what happened: signed posts from a background thread, with bounded
retries.

A write never waits for a post. A message is signed when it is sent, not when the event happened, so a retry
carries a new timestamp, as the vendors' do. Messages not yet sent are lost with the process: whoever listens
must poll as well.
"""

import heapq
import http.client
import itertools
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from escalation.practice.clock import Clock
from escalation.practice.faults import Faults

_TIMEOUT_S: Final = 10.0
_HELD_AT_MOST_S: Final = 2.0
_KEPT: Final = 200
# Answers after which the vendors try again; every other answer is final.
_TRY_AGAIN: Final = frozenset({0, 409, 429, 502, 503, 504})


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One post to make. `sign` gives the headers for a moment of sending; `waits` are the pauses before each
    retry.
    """

    url: str
    body: bytes
    event_id: str
    sign: Callable[[datetime], Mapping[str, str]]
    waits: tuple[float, ...] = ()
    attempt: int = 1


Send = Callable[[str, Mapping[str, str], bytes], int]


def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """Post once, without following redirects. Gives the status, or 0 where nobody answered."""
    address = urlsplit(url)
    host, port = address.hostname or "", address.port
    connection: http.client.HTTPConnection
    if address.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, port, timeout=_TIMEOUT_S, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)
    try:
        target = address.path or "/"
        connection.request(
            "POST", f"{target}?{address.query}" if address.query else target, body, dict(headers)
        )
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


class Outgoing:
    """The queue of one practice tool. Its thread starts with the first message."""

    def __init__(self, *, clock: Clock, faults: Faults, send: Send = post) -> None:
        self._clock = clock
        self._faults = faults
        self._send = send
        self._due: list[tuple[float, int, Message]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._busy = False
        self._closed = False
        self._thread: threading.Thread | None = None
        self._held: Message | None = None
        self._log: deque[dict[str, Any]] = deque(maxlen=_KEPT)

    def enqueue(self, message: Message) -> None:
        """Hand over a message and return at once."""
        fault = self._faults.take_for_webhook()
        if fault == "drop":
            self._note(message, "dropped")
            return
        with self._wake:
            if fault == "reorder":
                # It goes after the next message, or alone when none comes.
                self._push(message, after=_HELD_AT_MOST_S)
                self._held = message
            else:
                self._push(message)
                if fault == "duplicate":
                    self._push(message)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="practice-outgoing", daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def wait_until_idle(self, timeout: float = 5.0) -> bool:
        """Wait until everything due, retries included, was sent; say whether that happened in time."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._due and not self._busy, timeout)

    def log(self) -> list[dict[str, Any]]:
        """List the last deliveries: url, event id, attempt, status (0: nobody answered)."""
        return list(self._log)

    def close(self) -> None:
        """Stop the thread; what is still due is lost."""
        with self._wake:
            self._closed = True
            self._due.clear()
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(_TIMEOUT_S)

    def _push(self, message: Message, *, after: float = 0.0) -> None:
        heapq.heappush(self._due, (time.monotonic() + after, next(self._order), message))

    def _work(self) -> None:
        while True:
            with self._wake:
                self._busy = False
                self._wake.notify_all()
                while not self._closed and (not self._due or self._due[0][0] > time.monotonic()):
                    self._wake.wait(self._due[0][0] - time.monotonic() if self._due else None)
                if self._closed:
                    return
                message = heapq.heappop(self._due)[2]
                self._busy = True
            self._deliver(message)
            self._release(message)

    def _deliver(self, message: Message) -> None:
        status = self._send(message.url, message.sign(self._clock()), message.body)
        self._note(message, status)
        if status in _TRY_AGAIN and len(message.waits) >= message.attempt:
            wait = message.waits[message.attempt - 1]
            with self._wake:
                self._push(replace(message, attempt=message.attempt + 1), after=wait)

    def _release(self, sent: Message) -> None:
        with self._wake:
            held, self._held = self._held, None
            if held is None or held is sent:
                return
            self._due = [entry for entry in self._due if entry[2] is not held]
            heapq.heapify(self._due)
            self._push(held)

    def _note(self, message: Message, status: int | str) -> None:
        self._log.append(
            {"url": message.url, "event_id": message.event_id, "attempt": message.attempt, "status": status}
        )
