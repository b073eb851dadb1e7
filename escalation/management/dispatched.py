"""How long does one worker take for each record, and how long a bare loop that makes the same calls?

The bare loop asks what Baton asks before and after it creates (is it there, who is the caller, what was kept)
and posts the bytes of another record, on one connection and with nothing written down. As the bare views of
the other ratios are Django's, its calls are those of ``requests``, as ours are: the ratio says what
Baton adds, not what a client library does. What it is beside sockets alone is told as well.
"""

import base64
import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from time import perf_counter
from typing import Any

import requests
from django.core.management.base import CommandError
from django.utils import timezone

from escalation.dispatch.deliver import deliver
from escalation.management import fault_world
from escalation.models import Delivery

CREATE = "/api/now/v2/table/incident"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """Milliseconds per record: ours, a bare loop of ``requests``, and one of ``http.client``."""

    ours: list[float]
    loop: list[float]
    sockets: list[float]


def dispatched(*, port: int, handoffs: int) -> Taken:
    """This will deliver that many records, turn by turn with the bare loops on the same tool."""
    receiver = fault_world.RECEIVERS[0]
    served = fault_world.start_tool(multiprocessing.get_context("fork"), receiver, port=port)
    try:
        # A record for each of the three: one that a loop has made would be found by ours, and not made.
        target = fault_world.owe_all(receiver, port=port, handoffs=3 * handoffs, now=timezone.now())
        owed = Delivery.objects.filter(connection=target, kind=Delivery.Kind.CREATE)
        user = f"{receiver.credentials['user']}:{receiver.credentials['password']}".encode()
        authorization = f"Basic {base64.b64encode(user).decode()}"
        loops: tuple[_Loop, _Sockets] = _Loop(port, authorization), _Sockets(port, authorization)
        taken, delivered = Taken(ours=[], loop=[], sockets=[]), []
        first, *rows = list(owed)
        ours, *others = rows[::3], rows[1::3], rows[2::3]
        asked = _asked(lambda: deliver(delivery=first.pk, clock=_soon))
        for row, for_loop, for_sockets in zip(ours, *others, strict=False):
            taken.loop.append(_one_round(loops[0], asked, bytes(for_loop.body)))
            taken.sockets.append(_one_round(loops[1], asked, bytes(for_sockets.body)))
            start = perf_counter()
            deliver(delivery=row.pk, clock=_soon)
            taken.ours.append(1000 * (perf_counter() - start))
            delivered.append(row.pk)
        if undone := owed.filter(pk__in=delivered).exclude(status=Delivery.Status.DONE).count():
            raise CommandError(f"{undone} of {len(delivered)} records were not delivered.")
    finally:
        served.terminate()
        served.join(10)
    return taken


def _one_round(loop: "_Loop | _Sockets", asked: list[str], body: bytes) -> float:
    start = perf_counter()
    for path in asked:
        loop.call("GET", path)
    loop.call("POST", CREATE, body)
    return 1000 * (perf_counter() - start)


def _headers(authorization: str) -> dict[str, str]:
    return {
        "Authorization": authorization,
        "Content-Type": "application/json",
        "Host": "acme.service-now.com",
    }


class _Loop:
    """One session of ``requests`` with the practice tool, and nothing around it."""

    def __init__(self, port: int, authorization: str) -> None:
        self._base, self._session = f"http://127.0.0.1:{port}", requests.Session()
        self._session.trust_env = False  # as ours: it would look for proxies and passwords at each call
        self._session.headers.update(_headers(authorization))

    def call(self, method: str, path: str, body: bytes | None = None) -> None:
        answer = self._session.request(method, f"{self._base}{path}", data=body, timeout=10)
        if answer.status_code not in {200, 201}:
            raise CommandError(f"The bare loop was answered with {answer.status_code}.")
        answer.json()


class _Sockets:
    """One connection to the practice tool, without a client library."""

    def __init__(self, port: int, authorization: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=10)
        self._headers = _headers(authorization)

    def call(self, method: str, path: str, body: bytes | None = None) -> None:
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status not in {200, 201}:
            raise CommandError(f"The bare loop was answered with {answer.status}.")


def _asked(work: Callable[[], object]) -> list[str]:
    """The paths that are read, by whichever client, while the work is done."""
    paths: list[str] = []
    puts: Callable[..., None] = HTTPConnection.putrequest

    def put(connection: HTTPConnection, method: str, url: str, *rest: Any, **options: Any) -> None:
        if method == "GET":
            paths.append(url)
        puts(connection, method, url, *rest, **options)

    HTTPConnection.putrequest = put  # type: ignore[method-assign,assignment]
    try:
        work()
    finally:
        HTTPConnection.putrequest = puts  # type: ignore[method-assign]
    return paths


def _soon() -> datetime:
    return timezone.now() + timedelta(seconds=1)
