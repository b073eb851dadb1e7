"""A practice tool runs as a process: it answers, drops lost answers, keeps its data, stops cleanly."""

import signal
import socket
import subprocess
import sys
import time

import pytest
import requests

from escalation.practice import credentials

SERVE = (
    "import sys; from pathlib import Path; from escalation.practice.serve import serve; "
    "from escalation.practice.tool import Plan; "
    "serve(tool=sys.argv[1], host='127.0.0.1', port=int(sys.argv[2]), plan=Plan(data=Path(sys.argv[3])))"
)
LOGIN = (credentials.SERVICENOW_USER, credentials.SERVICENOW_PASSWORD)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def run(tmp_path):
    running = []

    def starting(port):
        process = subprocess.Popen([sys.executable, "-c", SERVE, "servicenow", str(port), str(tmp_path)])
        running.append(process)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if requests.get(f"http://127.0.0.1:{port}/practice/health", timeout=2).ok:
                    return process
            except requests.ConnectionError:
                time.sleep(0.05)
        raise AssertionError("the practice tool never answered")

    yield starting
    for process in running:
        process.kill()
        process.wait()


def test_a_served_tool_drops_a_lost_answer_and_comes_back_with_its_data(run):
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    incidents = f"{here}/api/now/v2/table/incident"
    process = run(port)
    requests.post(f"{here}/practice/faults", json={"method": "POST", "lose_answer": True}, timeout=5)

    with pytest.raises(requests.ConnectionError):
        requests.post(incidents, json={"correlation_id": "baton:1"}, auth=LOGIN, timeout=5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    run(port)

    found = requests.get(incidents, params={"sysparm_query": "correlation_id=baton:1"}, auth=LOGIN, timeout=5)
    assert len(found.json()["result"]) == 1
