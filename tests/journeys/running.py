"""A whole Baton, started as `make run` starts it, for the journeys to walk through."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY_S = 120
STOP_S = 30
# Of the test's own settings nothing may reach the installation under test.
NOT_HANDED_ON = (
    "BATON_TESTING",
    "BATON_PROCESS",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "SECRET_KEY",
    "PYTEST_CURRENT_TEST",
    "LOG_LEVEL",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """Where it runs."""

    port: int
    data: Path

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def zendesk(self) -> str:
        """Where the practice Zendesk is."""
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def servicenow(self) -> str:
        """Where the practice ServiceNow is."""
        return f"http://127.0.0.1:{self.port + 2}"

    def manage(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a management command beside it, as somebody in a second shell would."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=_environment(self.port, self.data) | environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@contextmanager
def running(data: Path, **environment: str) -> Iterator[Running]:
    """Start everything, wait until it says that it is ready, and stop it as Ctrl-C would."""
    place = Running(port=_free_ports(), data=data)
    process = subprocess.Popen(
        [sys.executable, "-m", "launch"],
        cwd=ROOT,
        env=_environment(place.port, data) | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said = _Said(process)
    try:
        said.over.wait(READY_S)
        assert said.is_ready, f"not ready within {READY_S} s:\n{''.join(said.lines)}"
        yield place
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_S)
        said.thread.join(5)
        assert process.stdout is not None
        process.stdout.close()


class _Said:
    """What the process printed so far, read beside it so that its pipe never fills."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self.over = threading.Event()  # the waiting: it is ready, or has ended
        self.is_ready = False
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if "Baton is ready" in line:
                self.is_ready = True
                self.over.set()
        self.over.set()


def _environment(port: int, data: Path) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_HANDED_ON}
    return inherited | {"PORT": str(port), "DATA_DIR": str(data), "PRACTICE": "1"}


def _free_ports(count: int = 5) -> int:
    """The first of some ports in a row that nobody uses; another test run looks elsewhere first."""
    begin = 21000 + os.getpid() % 800 * 10
    for first in range(begin, begin + 8000, 10):
        if all(_free(first + offset) for offset in range(count)):
            return first
    raise AssertionError("no free ports in a row")


def _free(port: int) -> bool:
    with socket.socket() as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
