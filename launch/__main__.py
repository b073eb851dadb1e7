"""What does `make run` do? It starts everything on this machine, says where to go, and stops it again.

PORT, DATA_DIR, DATABASE_URL and CELERY_BROKER_URL are honoured. Nothing is started before everything that
can be known to fail has been looked at.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from launch import health, postgres, programs
from launch.processes import Processes, Stopped, end_of
from launch.programs import Place

READY_WITHIN = 90.0
# What a command in a second shell needs to meet this run, when it was given to this one.
HANDED_ON = ("DATABASE_URL", "CELERY_BROKER_URL", "PUBLIC_URL", "PRACTICE_EXTRA")


class Asked(Exception):
    """Somebody asked the run to stop: Ctrl-C or SIGTERM."""


def main() -> int:
    """Run until asked to stop; return 0 then, 1 when something prevented or ended the run."""
    place = Place.from_environment()
    started = time.monotonic()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _raise_asked)
    try:
        with _folder_of_our_own(place), _database(place) as server:
            _run(place, server, started)
    except Asked:
        _say("Stopped. What was entered is kept in", str(place.data))
        return 0
    except Stopped as reason:
        _say(str(reason))
        return 1
    return 0


def _run(place: Place, server: postgres.Server | None, started: float) -> None:
    processes = Processes(logs=place.data / "logs")
    more = {"DATABASE_URL": server.url} if server else {}
    try:
        for program in programs.practice_tools(place):
            processes.start(program)
        accounts = _prepare(place, more, processes)
        for program in programs.product(place, more):
            processes.start(program)
        processes.wait_until_ready(within=READY_WITHIN)
        _say(_block(place, accounts, time.monotonic() - started))
        while True:
            processes.check()
            if server and server.has_ended():
                raise Stopped(f"The database ended by itself.\n{end_of(place.data / 'postgres' / 'log')}")
            time.sleep(0.5)
    finally:
        # From here a second Ctrl-C changes nothing: stopping has its own end.
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_IGN)
        processes.stop()


@contextmanager
def _folder_of_our_own(place: Place) -> Iterator[None]:
    """Hold the data folder and make sure that the ports are free; raise Stopped when either is not so."""
    place.data.mkdir(parents=True, exist_ok=True)
    with (place.data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stopped(
                f"Another run uses {place.data}. Stop it, or give this one a folder: DATA_DIR=… make run"
            ) from error
        ports = (place.port, *place.tool_ports.values())
        for port in ports:
            if not health.port_is_free(port):
                raise Stopped(
                    f"Port {port} is taken by another program. Stop that one, or choose another: "
                    f"PORT={place.port + 100} make run (Baton uses {len(ports)} ports in a row)"
                )
        yield


@contextmanager
def _database(place: Place) -> Iterator[postgres.Server | None]:
    """Start a server of our own for this run, unless DATABASE_URL names one."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        yield None
        return
    server = postgres.start(folder=place.data / "postgres", database="baton")
    try:
        yield server
    finally:
        server.stop()


def _prepare(place: Place, more: dict[str, str], processes: Processes) -> str:
    """Bring database, static files and practice world up to date; return who plays which role.

    The practice world is connected to the practice tools, so one that ends now ends the run.
    """
    _hand_on(place)
    log = place.data / "logs" / "prepare.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "launch.prepare"],
            env=programs.environment(place, **more),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as preparation,
    ):
        try:
            while True:
                try:
                    said, _ = preparation.communicate(timeout=0.5)
                    break
                except subprocess.TimeoutExpired:
                    processes.check()
        finally:
            preparation.kill()
    if preparation.returncode:
        raise Stopped(f"The database could not be prepared.\n{end_of(log)}")
    return said.strip()


def _hand_on(place: Place) -> None:
    """Leave beside the data what lets `manage.py` in a second shell join this run (config/env.py)."""
    lines = [f"PRACTICE={int(place.practice)}", f"PORT={place.port}"]
    lines += [f"{name}={os.environ[name]}" for name in HANDED_ON if os.environ.get(name)]
    file = place.data / "practice.env"
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _block(place: Place, accounts: str, seconds: float) -> str:
    tools = "".join(
        f"\n  practice {tool:<12} http://127.0.0.1:{port}" for tool, port in place.tool_ports.items()
    )
    who = "".join(f"\n  {line}" for line in accounts.splitlines())
    return f"""
Baton is ready at {place.address} ({seconds:.0f} s)
{who}
{tools}

  data and logs          {place.data}
  stop with Ctrl-C; the data stays for the next time
"""


def _say(*words: str) -> None:
    print(*words, flush=True)


def _raise_asked(_signal: int, _frame: FrameType | None) -> None:
    raise Asked


if __name__ == "__main__":
    sys.exit(main())
