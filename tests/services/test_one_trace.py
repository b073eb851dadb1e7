"""One id and one trace lead from the press on the form over a real broker to the receipt."""

import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from launch import health
from launch.bench.chaos import brokers
from launch.processes import Processes
from tests.journeys.running import Running, running
from tests.rooms import room
from tests.services.collecting import Collector, collecting

WITHIN_S = 90.0
TICKET = "35436"


@contextmanager
def broker(kind: str, folder: Path) -> Iterator[str]:
    """A broker of its own: the machine's may hold tasks of somebody else's Baton."""
    port = next(
        port for port in range(9710, 9790, 10) if all(map(health.port_is_free, range(port, port + 3)))
    )
    processes = Processes(logs=folder / "logs")
    try:
        processes.start(brokers.program(kind, folder=folder, port=port))
        processes.wait_until_ready(within=WITHIN_S)
        yield brokers.url(kind, port=port)
    finally:
        processes.stop()
        brokers.clear_up(kind, port=port)


class Person:
    """Level One in a browser without script."""

    def __init__(self, place: Running) -> None:
        self.address, self.cookies = place.url, CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.look("/login")
        self.press("/login/practice/level-one")

    def look(self, path: str) -> str:
        with self.browser.open(f"{self.address}{path}", timeout=60) as answer:
            return str(answer.read().decode())

    def press(self, path: str, **fields: str) -> str:
        """Post a form and return where that leads to."""
        token = next(each.value for each in self.cookies if "csrf" in each.name)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self.browser.open(f"{self.address}{path}", body, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.url).path

    def send_one(self) -> str:
        """Begin with a ticket, review, send, and let it go; returns the handoff's id."""
        route = json.loads(self.look("/api/routes"))[0]
        page = self.press("/start", route=str(route["id"]), ticket=TICKET)
        handoff = page.split("/")[2]
        reviewed = re.search(
            r'name="fingerprint" value="([0-9a-f]{64})"', self.look(f"/handoffs/{handoff}/review")
        )
        assert reviewed
        self.press(f"/handoffs/{handoff}/review", fingerprint=reviewed[1], reason="It is urgent")
        self.press(f"/handoffs/{handoff}/release")
        return handoff


@pytest.fixture(params=["redis", "rabbitmq"])
def sent(request: pytest.FixtureRequest) -> Iterator[tuple[str, Collector, Path]]:
    """A handoff that has arrived, all that was collected of it, and where the logs are."""
    place = room(f"trace-{request.param}")
    with (
        broker(request.param, place / "broker") as broker_url,
        collecting() as collector,
        running(
            place / "data",
            CELERY_BROKER_URL=broker_url,
            OTEL_EXPORTER_OTLP_ENDPOINT=collector.address,
            OTEL_BSP_SCHEDULE_DELAY="200",
        ) as baton,
    ):
        handoff = Person(baton).send_one()
        arrived = until(lambda: collector.found("deliver", handoff=handoff, kind="create", result="done"))
        assert arrived, [each.name for each in collector.spans]
        yield handoff, collector, baton.data / "logs"


def until(happened: Callable[[], Any]) -> Any:
    end = time.monotonic() + WITHIN_S
    while not (found := happened()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_the_trace_of_the_press_holds_the_delivery_and_its_calls(sent: tuple[str, Collector, Path]) -> None:
    handoff, collector, logs = sent
    (delivered,) = collector.found("deliver", handoff=handoff, kind="create", result="done")
    assert delivered.process == "worker"
    ours = until(
        lambda: [each for each in collector.spans if each.trace == delivered.trace and each.process == "web"]
    )

    # The press that confirmed it, in the web process; the delivery and its calls, in the worker.
    assert any(re.fullmatch(r"POST .*review", each.name) for each in ours), [each.name for each in ours]
    calls = [each for each in collector.spans if each.trace == delivered.trace and each.process == "worker"]
    assert {"GET 127.0.0.1", "POST 127.0.0.1"} <= {each.name for each in calls}

    # The message carried its sender's trace over the broker: the task that took the row up is in it.
    (took_up,) = delivered.links
    same = until(
        lambda: [each for each in collector.spans if each.trace == took_up and each.name.startswith("run/")]
    )
    assert [each.name for each in same] == ["run/escalation.deliver"]
    asked_for = until(
        lambda: [
            each for each in collector.spans if each.trace == took_up and each.name.startswith("apply_async/")
        ]
    )
    assert "apply_async/escalation.deliver" in {each.name for each in asked_for}

    # And the log: the same id in the web server's lines and in the worker's.
    lines = {name: _about(handoff, logs / f"{name}.log") for name in ("web", "worker")}
    assert {"edit", "review"} <= {
        str(each["path"]).rpartition("/")[2] for each in lines["web"] if "path" in each
    }
    arrived = next(each for each in lines["worker"] if each["event"] == "delivery: arrived")
    assert arrived["number"].startswith("INC")
    assert arrived["task_id"]


def _about(handoff: str, log: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [each for each in lines if each.get("handoff") == handoff]
