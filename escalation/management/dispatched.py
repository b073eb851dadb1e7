"""How long does one worker take for each record, and how long a bare loop that makes the same calls?

The bare loop asks what Baton asks before and after it creates (is it there, who is the caller, what was kept)
and posts the same bytes, with one session and nothing written down.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import requests
from django.core.management.base import CommandError
from django.utils import timezone

from escalation.dispatch.deliver import deliver
from escalation.management import fault_world
from escalation.management.commands.fault_run import FORK
from escalation.models import Delivery

CREATE = "/api/now/v2/table/incident"
CREATED = 201


def dispatched(*, port: int, handoffs: int) -> tuple[list[float], list[float]]:
    """This will return milliseconds per record, ours and the bare loop's, turn by turn on the same tool."""
    receiver = fault_world.RECEIVERS[0]
    served = fault_world.start_tool(FORK, receiver, port=port)
    try:
        target = fault_world.owe_all(receiver, port=port, handoffs=handoffs, now=timezone.now())
        owed = Delivery.objects.filter(connection=target, kind=Delivery.Kind.CREATE)
        session = requests.Session()
        session.auth = (receiver.credentials["user"], receiver.credentials["password"])
        taken, least = [], []
        first, *rows = list(owed)
        asked = _asked(lambda: deliver(delivery=first.pk, clock=_soon))
        for row in rows:
            start = perf_counter()
            for url in asked:
                session.get(url, timeout=10)
            _post(session, f"http://127.0.0.1:{port}{CREATE}", bytes(row.body))
            between = perf_counter()
            deliver(delivery=row.pk, clock=_soon)
            least.append(1000 * (between - start))
            taken.append(1000 * (perf_counter() - between))
        if undone := owed.exclude(status=Delivery.Status.DONE).count():
            raise CommandError(f"{undone} of {handoffs} records were not delivered.")
    finally:
        served.terminate()
        served.join(10)
    return taken, least


def _asked(work: Callable[[], object]) -> list[str]:
    """The addresses that are read while the work is done."""
    urls: list[str] = []
    sends = requests.Session.send

    def send(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> Any:
        if request.method == "GET" and request.url:
            urls.append(request.url)
        return sends(session, request, **options)

    requests.Session.send = send  # type: ignore[assignment]
    try:
        work()
    finally:
        requests.Session.send = sends  # type: ignore[method-assign]
    return urls


def _soon() -> datetime:
    return timezone.now() + timedelta(seconds=1)


def _post(session: requests.Session, url: str, body: bytes) -> None:
    answer = session.post(url, body, headers={"Content-Type": "application/json"}, timeout=10)
    if answer.status_code != CREATED:
        raise CommandError(f"The bare loop was answered with {answer.status_code}.")
