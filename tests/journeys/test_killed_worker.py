"""The worker is killed between the call and its answer; when the time is up, there is one incident."""

import base64
import json
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from escalation.practice import credentials
from tests.journeys.running import Running, running
from tests.rooms import room

INCIDENTS = "/api/now/v2/table/incident"
# Begins a handoff, confirms it and goes, as a technician who closes the window.
SEND = """
from django.contrib.auth.models import User
from escalation.capture.prefill import open_tickets
from escalation.management import walkthrough
from escalation.management.practice_company import ROUTE
from escalation.models import Route
route = Route.objects.get(name=ROUTE)
cast = walkthrough.Cast(route=route, level_one=User.objects.get(username="level-one"), level_two=None)
print("sent", walkthrough.send(open_tickets(connection=route.source)[0].reference, cast).pk)
"""
# A lease runs out by itself after a minute; the test does not wait for it.
TIME_PASSES = """
from django.utils import timezone
from escalation.models import Delivery
Delivery.objects.filter(status="under_way").update(leased_until=timezone.now())
"""
PROOF = """
from escalation.models import Delivery, Receipt
create = Delivery.objects.get(kind="create")
print("receipts", Receipt.objects.filter(delivery=create).count(), create.status)
"""


def test_one_incident_although_the_worker_was_killed_in_the_middle():
    with running(room("killed")) as baton:
        before = incidents(baton)
        faults = f"{baton.servicenow}/practice/faults"
        ask(faults, {"method": "POST", "path": INCIDENTS, "delay_s": 6})
        sent = baton.manage("shell", "-c", SEND)
        assert "sent" in sent.stdout, sent.stderr
        wait_until(lambda: ask(faults)["faults"] == [])  # the call is under way
        # Another may look at the tool, which is soon over. Killed idle, a worker takes its pool's lock along.
        wait_until(lambda: len(waiting_for_an_answer(baton)) == 1)
        waiting_for_an_answer(baton)[0].send_signal(signal.SIGKILL)
        wait_until(lambda: incidents(baton) == before + 1)  # the tool did the work; nobody heard it

        baton.manage("shell", "-c", TIME_PASSES)

        wait_until(lambda: "receipts 1 done" in baton.manage("shell", "-c", PROOF).stdout, seconds=400)
        assert incidents(baton) == before + 1


def waiting_for_an_answer(baton: Running) -> list[psutil.Process]:
    """The processes of the worker that hold a connection to the practice ServiceNow: one of them sends."""
    tool = urlsplit(baton.servicenow).port
    return [process for process in psutil.process_iter() if talks_to(process, tool, baton.data)]


def talks_to(process: psutil.Process, port: int | None, data: Path) -> bool:
    try:
        ours = process.environ().get("DATA_DIR") == str(data) and "worker" in process.cmdline()
        return ours and any(each.raddr and each.raddr.port == port for each in process.net_connections())
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return False


def wait_until(happened: Callable[[], bool], seconds: float = 120) -> None:
    """Wait, bounded."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def incidents(baton: Running) -> int:
    """How many incidents the practice ServiceNow holds."""
    return len(ask(f"{baton.servicenow}{INCIDENTS}?sysparm_fields=sys_id")["result"])


def ask(url: str, body: dict[str, Any] | None = None) -> Any:
    """Speak to the practice ServiceNow as its integration user."""
    login = base64.b64encode(f"{credentials.SERVICENOW_USER}:{credentials.SERVICENOW_PASSWORD}".encode())
    headers = {"Authorization": f"Basic {login.decode()}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, headers=headers | {"Accept": "application/json"})
    request.data = json.dumps(body).encode() if body else None
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)
