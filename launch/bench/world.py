"""How does a Baton behave whose parts are killed? One that is started part by part, so that each can be.

`make run` ends when one of its programs does, which is right for a person and wrong for a trial of crashes.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch import postgres, programs
from launch.aside import free_ports
from launch.processes import Processes
from launch.programs import Place

READY_WITHIN = 90.0


class World:
    """A running Baton, and the means to break it."""

    def __init__(self, place: Place) -> None:
        """Start the database; the rest comes with ``start``."""
        self.place = place
        self._database = postgres.start(folder=place.data / "postgres", database="baton")
        self._processes = Processes(logs=place.data / "logs")

    def start(self) -> None:
        """Bring everything up to date and start it, as `make run` does."""
        more = {"DATABASE_URL": self._database.url}
        for program in programs.practice_tools(self.place):
            self._processes.start(program)
        subprocess.run(
            [sys.executable, "-m", "launch.prepare"],
            env=programs.environment(self.place, **more),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        for program in programs.product(self.place, more):
            self._processes.start(program)
        self.wait()

    def wait(self) -> None:
        """Return when everything answers again."""
        self._processes.wait_until_ready(within=READY_WITHIN)

    def crash(self, name: str) -> None:
        """Kill "web" or "worker" in the middle of whatever it does, and start it again."""
        program = self._processes.kill(name)
        programs.ready_file(self.place, name).unlink(missing_ok=True)
        self._processes.start(program)

    def restart_database(self) -> None:
        """Stop PostgreSQL under everybody's hands, and start it again in the same place."""
        self._database.restart()

    def stop(self) -> None:
        """End everything, the database last."""
        self._processes.stop()
        self._database.stop()


@contextmanager
def a_world(data: Path) -> Iterator[World]:
    """Start a world of its own in `data`, and end it afterwards."""
    world = World(Place(data=data, port=free_ports(), practice=True))
    try:
        world.start()
        yield world
    finally:
        world.stop()
