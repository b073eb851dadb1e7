"""A page that is open, without the browser: one socket that notes which line it got, and when."""

import asyncio
import random
import re
from collections.abc import Iterable
from contextlib import suppress
from time import perf_counter

_ID = re.compile(rb"^id: (\d+)\r?$", re.MULTILINE)
# A browser waits for its stream as long as the server takes and asks again where it is refused; so do we,
# until the whole run has lasted too long.
GIVE_UP_AFTER_S = 900.0
LONGEST_PAUSE_S = 4.0


class Refused(Exception):
    """A page was not let in; the text is the server's first line."""


class OpenPage(asyncio.Protocol):
    """One stream; ``lines`` are the numbers it got, in order, each with its moment (seconds)."""

    def __init__(self, path: str, *, cookie: str = "", last: int = 0) -> None:
        """Be ready to open that path, going on after line ``last``."""
        self.path, self._cookie, self.last = path, cookie, last
        self.lines: list[tuple[int, float]] = []
        self.opened = _promised()
        self._rest = b""
        self._transport: asyncio.BaseTransport | None = None

    @property
    def name(self) -> str:
        """Which handoff it shows: the part of its path that names it."""
        return self.path.removesuffix("/live").rsplit("/", 1)[1]

    @property
    def newest(self) -> int:
        """The last line it has."""
        return self.lines[-1][0] if self.lines else self.last

    def again(self) -> "OpenPage":
        """The same page coming back: it says the last line it has."""
        return OpenPage(self.path, cookie=self._cookie, last=self.newest)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self._transport, self._rest = transport, b""
        head = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nLast-Event-ID: {self.newest}\r\n"
        head += f"Cookie: {self._cookie}\r\n" if self._cookie else ""
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101
        transport.write(f"{head}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Note every message that is complete."""
        now = perf_counter()
        self._rest += data
        while b"\n\n" in self._rest:
            message, self._rest = self._rest.split(b"\n\n", 1)
            if not self.opened.done() and b": still here" in message:
                self.opened.set_result(None)
            for number in _ID.findall(message):
                self.lines.append((int(number), now))
        if not self.opened.done() and self._rest.startswith(b"HTTP/1.1 ") and b" 200 " not in self._rest[:16]:
            self.opened.set_exception(Refused(self._rest.split(b"\r\n", 1)[0].decode()))

    def connection_lost(self, _exc: Exception | None) -> None:
        """Say so to whoever waits for it to open."""
        if not self.opened.done():
            self.opened.set_exception(Refused("The connection was closed."))

    def drop(self) -> None:
        """Go away without a word, as a laptop that is shut."""
        if isinstance(self._transport, asyncio.Transport):
            self._transport.abort()


async def open_all(pages: Iterable[OpenPage], *, port: int) -> int:
    """This will open all of them at once, again where one is refused, and return how many tries failed."""
    failed = await asyncio.gather(*(_open(page, port=port) for page in pages))
    return sum(failed)


async def _open(page: OpenPage, *, port: int) -> int:
    loop = asyncio.get_running_loop()
    attempt, end = 0, perf_counter() + GIVE_UP_AFTER_S
    while (left := end - perf_counter()) > 0:
        with suppress(Refused, OSError, TimeoutError):
            await loop.create_connection(lambda: page, "127.0.0.1", port)
            await asyncio.wait_for(asyncio.shield(page.opened), left)
            return attempt
        page.drop()  # and tries again as a browser does, saying the last line it has
        page.opened = _promised()
        # By chance, as the server's hints are: those who were refused together must not come back together.
        pause = min(0.5 * 2 ** min(attempt, 10), LONGEST_PAUSE_S)
        await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads load, hides nothing
        attempt += 1
    raise Refused(f"A page was not let in within {GIVE_UP_AFTER_S:.0f} seconds.")


def _promised() -> asyncio.Future[None]:
    """What becomes true once the page hears; nobody may be left to be told that it did not."""
    promised = asyncio.get_running_loop().create_future()
    promised.add_done_callback(lambda done: done.cancelled() or done.exception())
    return promised
