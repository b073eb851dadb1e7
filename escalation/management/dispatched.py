"""How long does one worker take for each record, and how long a bare loop that makes the same calls?

The bare loop asks what Baton asks before and after it creates (is it there, who is the caller, what was kept)
and posts the bytes of another record, on one connection and with nothing written down. Both go turn by turn,
some records each: a worker carries several at once, which is what it is measured in.
"""

import base64
import multiprocessing
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPConnection
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from escalation.dispatch import crew
from escalation.management import fault_world
from escalation.models import Connection, Delivery

AT_ONCE = 16
CREATE = "/api/now/v2/table/incident"


def dispatched(*, port: int, handoffs: int) -> tuple[list[float], list[float]]:
    """This will return milliseconds per record, ours and the bare loop's, turn by turn on the same tool."""
    receiver = fault_world.RECEIVERS[0]
    served = fault_world.start_tool(multiprocessing.get_context("fork"), receiver, port=port)
    try:
        # A record for each of both: one that the loop has made would be found by ours, and not made.
        target = fault_world.owe_all(receiver, port=port, handoffs=2 * handoffs, now=timezone.now())
        first, *rows = _records_alone(target)
        user = f"{receiver.credentials['user']}:{receiver.credentials['password']}".encode()
        bare = _Bare(port, authorization=f"Basic {base64.b64encode(user).decode()}")
        taken, least = [], []
        asked = _asked(lambda: _deliver([first]))
        for begin in range(0, len(rows) - 2 * AT_ONCE + 1, 2 * AT_ONCE):
            ours, for_bare = rows[begin : begin + AT_ONCE], rows[begin + AT_ONCE : begin + 2 * AT_ONCE]
            start = perf_counter()
            for row in for_bare:
                for path in asked:
                    bare.call("GET", path)
                bare.call("POST", CREATE, bytes(row.body))
            between = perf_counter()
            _deliver(ours)
            least.append(1000 * (between - start) / AT_ONCE)
            taken.append(1000 * (perf_counter() - between) / AT_ONCE)
    finally:
        served.terminate()
        served.join(10)
    return taken, least


def _records_alone(target: Connection) -> list[Delivery]:
    """Records and nothing behind them, of which none is due yet."""
    owed = Delivery.objects.filter(connection=target)
    owed.exclude(kind=Delivery.Kind.CREATE).delete()
    owed.update(not_before=timezone.now() + timedelta(days=1))
    return list(owed)


def _deliver(rows: list[Delivery]) -> None:
    """As a worker's tasks do: it is told of each, and with the first it finds the others."""
    ids = [row.pk for row in rows]
    Delivery.objects.filter(pk__in=ids).update(not_before=timezone.now())
    for each in ids:
        crew.deliver_on(first=each, clock=timezone.now, hands=settings.DELIVERIES_AT_ONCE)
    if undone := Delivery.objects.filter(pk__in=ids).exclude(status=Delivery.Status.DONE).count():
        raise CommandError(f"{undone} of {len(ids)} records were not delivered.")


class _Bare:
    """One connection to the practice tool, and nothing around it."""

    def __init__(self, port: int, *, authorization: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=10)
        self._headers = {
            "Authorization": authorization,
            "Content-Type": "application/json",
            "Host": "acme.service-now.com",
        }

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
