"""`make run`, as a person starts it: ready, telling where to go, stopped cleanly, and back with its data."""

import os
import random
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from config import env
from launch import health
from tests.recorded import ROOT
from tests.rooms import room

READY_WITHIN = 90.0
STOPPED_WITHIN = 60.0
PORTS = 5


def free_port() -> int:
    """Return a port behind which the practice tools' ports are free too."""
    for base in random.sample(range(20_000, 30_000, 10), 50):
        if all(health.port_is_free(base + n) for n in range(PORTS)):
            return base
    raise AssertionError("No four free ports in a row.")


@contextmanager
def started(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Start Baton like `make run`, with the environment of a person and not of a test."""
    of_the_tests = {"BATON_TESTING", "LOG_LEVEL", "DATABASE_URL", "TEST_DATABASE_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in of_the_tests}
    environment |= {"DATA_DIR": str(folder), "PORT": str(port)}
    output = folder.parent / "output"
    with output.open("w") as file:
        run = subprocess.Popen(
            [sys.executable, "-m", "launch"], cwd=ROOT, env=environment, stdout=file, stderr=file, text=True
        )
    try:
        ready = health.wait(
            lambda: "Baton is ready" in output.read_text(),
            within=READY_WITHIN,
            give_up=lambda: run.poll() is not None,
        )
        assert ready, output.read_text()
        yield run
    finally:
        run.terminate()
        run.wait(timeout=STOPPED_WITHIN)


def test_a_run_tells_where_to_go_keeps_its_ports_and_finds_its_data_again() -> None:
    place, port = room("run"), free_port()
    data = place / "data"

    with started(data, port) as run:
        told = (place / "output").read_text()
        assert f"http://127.0.0.1:{port}" in told
        for tool, behind in {"zendesk": 1, "servicenow": 2, "slack": 3, "jira": 4}.items():
            assert tool in told
            assert health.answers(f"http://127.0.0.1:{port + behind}/practice/health")()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        second = start_beside(place / "other", port)
        assert second.returncode == 1
        assert second.stdout.startswith(f"Port {port} is taken by another program.")
        assert not (place / "other" / "postgres").exists()
        with psycopg.connect(env.embedded_database(data / "postgres")) as connection:
            connection.execute("CREATE TABLE entered AS SELECT 'by a technician' AS words")
        assert_stops(run, signal.SIGINT)
    assert all(health.port_is_free(port + behind) for behind in range(PORTS))
    assert not (data / "postgres" / "postmaster.pid").exists()

    with started(data, port) as run:
        with psycopg.connect(env.embedded_database(data / "postgres")) as connection:
            assert connection.execute("SELECT words FROM entered").fetchall() == [("by a technician",)]
        assert_stops(run, signal.SIGTERM)

    with started(data, port) as run:
        os.kill(int((data / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        assert run.wait(timeout=STOPPED_WITHIN) == 1
        told = (place / "output").read_text()
        assert "The database ended by itself." in told
        assert "received immediate shutdown request" in told  # the end of its log says why


def start_beside(folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Start another Baton on the same port."""
    return subprocess.run(
        [sys.executable, "-m", "launch"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), "PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def assert_stops(run: subprocess.Popen[str], asked: signal.Signals) -> None:
    """Ask the run to stop; it does so cleanly and by itself: four seconds here, more beside other work."""
    run.send_signal(asked)

    assert run.wait(timeout=STOPPED_WITHIN) == 0
