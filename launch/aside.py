"""How does a command get a Baton of its own? It starts one beside everything else and stops it afterwards.

For pictures and figures: the data are thrown away, the ports are free ones, and nothing of the environment
of an installation reaches it.
"""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch import health
from launch.programs import ROOT

READY_WITHIN = 120.0
PORTS_IN_A_ROW = 5
FIRST_PORT, LAST_PORT = 8900, 9590
# What would lead the run to somebody's own database, broker or secrets.
NOT_HANDED_ON = ("DATABASE_URL", "CELERY_BROKER_URL", "SECRET_KEY", "PUBLIC_URL", "PRACTICE")


@contextmanager
def a_baton(data: Path) -> Iterator[str]:
    """Start everything with its data in `data`, give its address, and stop it as Ctrl-C would."""
    port = free_ports()
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [sys.executable, "-m", "launch"],
        cwd=ROOT,
        env=environment(data=data, port=port),
        stdout=subprocess.DEVNULL,
    ) as run:
        try:
            ready = health.answers(f"{address}/health/ready")
            if not health.wait(ready, within=READY_WITHIN, give_up=lambda: run.poll() is not None):
                raise SystemExit(f"Baton did not start; its logs are in {data / 'logs'}.")
            yield address
        finally:
            run.send_signal(signal.SIGTERM)


def environment(*, data: Path, port: int) -> dict[str, str]:
    """Return the environment of a run of its own."""
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_HANDED_ON}
    return inherited | {"DATA_DIR": str(data), "PORT": str(port)}


def free_ports() -> int:
    """Return the first of some ports in a row that nobody uses.

    Looked for from anywhere: of two that look at the same time, neither has taken its ports yet.
    """
    places = range(FIRST_PORT, LAST_PORT, 10)
    for first in random.sample(places, len(places)):
        if all(health.port_is_free(first + place) for place in range(PORTS_IN_A_ROW)):
            return first
    raise SystemExit(f"There are no {PORTS_IN_A_ROW} free ports in a row from {FIRST_PORT}.")
