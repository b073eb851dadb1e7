"""Which processes run, and how do they end? Started in order, watched, stopped the other way round.

Each runs in a session of its own, so that Ctrl-C reaches only the launcher and the order of stopping is
ours; and the kernel ends it when the launcher is killed, so that none is left behind.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch import health

# prctl(2): the signal that this process gets when its parent dies.
PR_SET_PDEATHSIG = 1
# All of them together; what has not ended by then is killed.
STOP_WITHIN = 8.0


class Stopped(Exception):
    """A process that should run does not: the message is for the person at the terminal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """What to start, and how to know that it works."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ready: Callable[[], bool]
    needed_by_others: bool = False  # stopped only when all that need it have ended


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """A started program and where its output goes."""

    program: Program
    process: subprocess.Popen[bytes]
    log: Path


class Processes:
    """The processes of one run, in the order in which they were started."""

    def __init__(self, *, logs: Path) -> None:
        """Keep each program's output in `logs`, one file each, begun anew with every run."""
        self._logs = logs
        self._running: list[Running] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, program: Program) -> None:
        """Start a program; it may take its time to become ready."""
        log = self._logs / f"{program.name.replace(' ', '-')}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                program.command,
                env=dict(program.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # one thread
            )
        self._running.append(Running(program=program, process=process, log=log))

    def wait_until_ready(self, *, within: float) -> None:
        """Return when every program is ready; raise Stopped when one ends or takes too long."""
        end = time.monotonic() + within
        for running in self._running:
            left = end - time.monotonic()
            if not health.wait(running.program.ready, within=left, give_up=self._any_ended):
                self.check()
                raise Stopped(
                    f"The {running.program.name} was not ready within {within:.0f} seconds.\n"
                    f"{end_of(running.log)}"
                )

    def check(self) -> None:
        """Raise Stopped when a process has ended that nobody asked to end."""
        for running in self._running:
            code = _exit_code(running.process)
            if code is not None:
                how = f"with exit code {code}" if code >= 0 else f"by signal {signal.Signals(-code).name}"
                raise Stopped(f"The {running.program.name} ended by itself, {how}.\n{end_of(running.log)}")

    def stop(self) -> None:
        """End those that need others, then the others, each lot at once; kill what takes too long."""
        end = time.monotonic() + STOP_WITHIN
        for needed in (False, True):
            lot = [each for each in self._running if each.program.needed_by_others is needed]
            for running in lot:
                if _exit_code(running.process) is None:
                    running.process.terminate()
            for running in lot:
                _wait_or_kill(running.process, until=end)
        self._running.clear()

    def kill(self, name: str) -> Program:
        """Kill a program with its children as a crash would, and return it, to be started again."""
        running = next(each for each in self._running if each.program.name == name)
        self._running.remove(running)
        running.process.kill()
        _wait_or_kill(running.process, until=time.monotonic() + STOP_WITHIN)
        return running.program

    def ended(self) -> list[str]:
        """Name the programs that have ended and were not asked to."""
        return [each.program.name for each in self._running if _exit_code(each.process) is not None]

    def _any_ended(self) -> bool:
        return bool(self.ended())


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _exit_code(process: subprocess.Popen[bytes]) -> int | None:
    """Return how a process ended, or None while it runs; with its first end its children go too.

    At once: once the number was asked for and nobody of its group is left, the kernel gives it out anew.
    """
    if process.returncode is None and process.poll() is not None:
        _kill_rest_of_group(process.pid)
    return process.returncode


def _wait_or_kill(process: subprocess.Popen[bytes], *, until: float) -> None:
    if process.returncode is not None:
        return
    try:
        process.wait(timeout=max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _kill_rest_of_group(process.pid)


def _kill_rest_of_group(group: int) -> None:
    """A worker that was killed leaves its own children: they share its group and go with it."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def end_of(log: Path, *, count: int = 15) -> str:
    """Return the last lines of a log, indented beneath its name."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    return "\n".join([f"The end of {log}:", *(f"    {line}" for line in lines or ["(empty)"])])
