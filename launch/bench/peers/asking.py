"""How long does a request take, one at a time, over HTTP on a connection that stays open?"""

import gc
import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from itertools import cycle
from time import perf_counter
from urllib.parse import urlencode

LONGEST_S = 120.0
CSRF = "a" * 32  # a cookie and a field that agree, as a browser's do


class Unexpected(Exception):
    """An answer that is none: the figure would be of an error page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One request; ``holds`` is a text that its answer must have."""

    path: str
    form: Mapping[str, str] | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    holds: str = ""


class Server:
    """One product's server, with one connection."""

    def __init__(self, port: int, *, cookie_name: str) -> None:
        """Connect at the first request."""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_S)
        self._cookie_name = cookie_name

    def ask(self, call: Call, *, cookie: str) -> float:
        """Send it, read the whole answer and return the milliseconds; raises ``Unexpected``."""
        headers = {"Cookie": f"{self._cookie_name}={cookie}; csrftoken={CSRF}", **call.headers}
        headers |= {"Accept-Encoding": "gzip", "X-CSRFToken": CSRF} if "Authorization" not in headers else {}
        body = call.body
        if call.form is not None:
            body = urlencode({"csrfmiddlewaretoken": CSRF, **call.form}).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = perf_counter()
        self._connection.request("GET" if body is None else "POST", call.path, body, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        took = 1000 * (perf_counter() - start)
        self._check(call, answer, said)
        return took

    def _check(self, call: Call, answer: HTTPResponse, said: bytes) -> None:
        if answer.status != call.status:
            raise Unexpected(f"{call.path} was answered with {answer.status}: {said[:300]!r}")
        packed = answer.headers.get("Content-Encoding") == "gzip"
        if call.holds and call.holds.encode() not in (gzip.decompress(said) if packed else said):
            raise Unexpected(f"{call.path} says nothing of {call.holds!r}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What one product is asked in a row: calls that are one thing to a person, several ways by turns."""

    server: Server
    cookie: str
    ways: tuple[tuple[Call, ...], ...]

    def times(self) -> "Turns":
        """Return the turns from the first way on."""
        return Turns(self)


class Turns:
    """The ways of one product, one after the other and again."""

    def __init__(self, asked: Asked) -> None:
        """Begin with the first."""
        self._asked, self._ways = asked, cycle(asked.ways)

    def take(self) -> float:
        """Ask the next way; returns the milliseconds of all its calls."""
        way = next(self._ways)
        return sum(self._asked.server.ask(call, cookie=self._asked.cookie) for call in way)


def by_turns(both: tuple[Asked, ...], *, times: int, warm: int = 3) -> tuple[list[float], ...]:
    """This will ask each so often, turn by turn, so that a busy minute of the machine hits both."""
    turns = [each.times() for each in both]
    for each in turns:
        for _ in range(warm):
            each.take()
    gc.collect()
    taken: tuple[list[float], ...] = tuple([] for _ in turns)
    for _ in range(times):
        for place, each in enumerate(turns):
            taken[place].append(each.take())
    return taken
