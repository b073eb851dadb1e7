"""How does a web server come and go for a measurement? As one process, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from escalation.management.live_bench.world import database_url

READY_WITHIN_S = 120.0  # a machine that does other work starts slowly
STOP_WITHIN_S = 20.0


class Server:
    """A running uvicorn."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        """Know its process and port."""
        self.process, self.port = process, port

    @property
    def memory_kb(self) -> float:
        """What it holds of the machine's memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return float(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    @property
    def threads(self) -> int:
        """How many threads it has."""
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))


@contextmanager
def serving(application: str) -> Iterator[Server]:
    """This will serve the application and stop it again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--lifespan", "off", "--log-level", "error"]
    options += ["--timeout-graceful-shutdown", "3", "--backlog", "4096"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "uvicorn", application, *options],
        env={**os.environ, "DATABASE_URL": database_url(), "BATON_PROCESS": "web"},
    )
    try:
        _wait_for(port, process)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server for the measurement did not start.")
