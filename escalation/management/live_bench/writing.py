"""Who writes while the pages look? A process of its own: in one with the pages each would wait for the other.

A job and its answer are a line of JSON each, over the process's pipes. Moments are of ``perf_counter``, which
on one machine is the same clock in every process.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from escalation.management.live_bench.world import Notifier, Written, write_steadily, write_update

COMMAND = "bench_live_writer"
STOP_WITHIN_S = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What is to be written: a line on each of the timelines in turn, or with a channel bare notices."""

    names: Sequence[str]
    every_s: float
    channel: str = ""

    def do(self) -> Written:
        """This will write it here and now."""
        if not self.channel:
            return write_steadily(self.names, write_update, every_s=self.every_s)
        notifier = Notifier(self.channel)
        try:
            return write_steadily(self.names, notifier.write, every_s=self.every_s)
        finally:
            notifier.close()


class Writer:
    """The running process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Know its pipes."""
        self._process = process

    def write(self, job: Job) -> Written:
        """This will have it written, and return when everything is committed."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None  # noqa: S101
        assert answers is not None  # noqa: S101
        asked.write(json.dumps(asdict(job)) + "\n")
        asked.flush()
        answer = answers.readline()
        if not answer:
            raise RuntimeError("The process that writes has ended.")
        return _written(json.loads(answer))


@contextmanager
def writing() -> Iterator[Writer]:
    """This will start the process on the database that Django uses here, and end it again."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "django", COMMAND],
        # Said outright: in a test the environment names another database than the one in use.
        env={**os.environ, "DATABASE_URL": str(settings.DATABASE_URL), "BATON_PROCESS": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101
        process.stdout.readline()  # it is ready
        yield Writer(process)
    finally:
        try:
            process.communicate(timeout=STOP_WITHIN_S)  # the end of its input is its end
        except subprocess.TimeoutExpired:
            process.kill()


def as_values(written: Written) -> list[tuple[str, int, float]]:
    """This will return what was written as plain JSON values."""
    return [(name, number, at) for (name, number), at in written.at.items()]


def _written(values: list[Any]) -> Written:
    written = Written(at={}, newest={})
    for name, number, at in values:
        written.at[name, number] = at
        written.newest[name] = max(number, written.newest.get(name, 0))
    return written
