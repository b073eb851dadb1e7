"""What is killed? A Baton as a company runs it, with several of each process, whose every part can be.

As a service manager would, it starts again what was killed or ended by itself.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from launch import health, postgres, programs
from launch.aside import NOT_HANDED_ON, free_ports
from launch.bench.chaos import brokers
from launch.processes import Processes, Program
from launch.programs import Place

WORKERS = BEATS = 2
READY_WITHIN = 120.0
FIRST_BROKER_PORT, LAST_BROKER_PORT = 9610, 9690
DATABASE = "database"


class Fleet:
    """The processes of the trial."""

    def __init__(self, place: Place, *, broker: str) -> None:
        """Start the database and the broker, which everything else needs."""
        self.place, self.broker = place, broker
        # What can be killed, by name. The tools are other companies' and fail in their own way.
        self.parts: tuple[str, ...] = (DATABASE, brokers.NAME)
        self._broker_port = _free_broker_ports(broker)
        self._database = postgres.start(folder=place.data / "postgres", database="baton")
        self._processes = Processes(logs=place.data / "logs")
        self._processes.start(brokers.program(broker, folder=place.data / "broker", port=self._broker_port))
        self._processes.wait_until_ready(within=READY_WITHIN)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this Baton is told."""
        url = brokers.url(self.broker, port=self._broker_port)
        return {"DATABASE_URL": self._database.url, "CELERY_BROKER_URL": url, "LOG_LEVEL": "WARNING"}

    def start(self) -> None:
        """Bring everything up to date and start it."""
        for program in programs.practice_tools(self.place):
            self._processes.start(program)
        self.command("-m", "launch.prepare")
        for program in _product(self.place, self.environment):
            self._processes.start(program)
            self.parts += (program.name,)
        self._processes.wait_until_ready(within=READY_WITHIN)

    def kill(self, part: str) -> None:
        """Kill it in the middle of whatever it does, and start it again."""
        if part == DATABASE:
            self._database.crash()
            return
        program = self._processes.kill(part)
        programs.ready_file(self.place, part).unlink(missing_ok=True)
        self._processes.start(program)

    def revive(self) -> list[str]:
        """Start again what has ended by itself, and name it."""
        ended = self._processes.ended()
        for each in ended:
            self.kill(each)
        return ended

    def popen(self, *words: str) -> subprocess.Popen[str]:
        """Start a command of `manage.py` beside everything; its output is a pipe."""
        environment = programs.environment(self.place, **self.environment)
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=programs.ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def command(self, *words: str) -> None:
        """Run Python to its end; an error ends the trial."""
        environment = programs.environment(self.place, **self.environment)
        subprocess.run(
            [sys.executable, *words],
            cwd=programs.ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def stop(self) -> None:
        """End everything, the database last."""
        self._processes.stop()
        brokers.clear_up(self.broker, port=self._broker_port)
        self._database.stop()


@contextmanager
def a_fleet(data: Path, *, broker: str) -> Iterator[Fleet]:
    """Start a fleet with its data in this folder, and end it afterwards."""
    for name in NOT_HANDED_ON:
        os.environ.pop(name, None)
    fleet = Fleet(Place(data=data, port=free_ports(), practice=True), broker=broker)
    try:
        fleet.start()
        yield fleet
    finally:
        fleet.stop()


def _product(place: Place, more: Mapping[str, str]) -> list[Program]:
    workers = [
        programs.celery(place, "worker", more, name=f"worker {number + 1}") for number in range(WORKERS)
    ]
    beats = [programs.celery(place, "beat", more, name=f"beat {number + 1}") for number in range(BEATS)]
    return [*workers, *beats, programs.web(place, more)]


def _free_broker_ports(kind: str) -> int:
    """Each kind has places of its own: trials of both look at once, and start their servers later."""
    apart = sorted(brokers.PACKAGES)
    begin = FIRST_BROKER_PORT + 10 * apart.index(kind)
    places = range(begin, LAST_BROKER_PORT, 10 * len(apart))
    for first in random.sample(places, len(places)):
        if all(health.port_is_free(first + place) for place in range(3)):
            return first
    raise SystemExit(f"There are no three free ports in a row from {begin}.")
