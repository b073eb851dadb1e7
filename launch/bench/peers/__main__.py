"""How long does Baton take over many handoffs, beside django-helpdesk over ten thousand tickets?

`python -m launch.bench.peers --handoffs 1000000`: both on one PostgreSQL, each by one process of the same
server, asked by turns over HTTP, one request at a time. django-helpdesk comes from its package into its own
folder. One JSON line per row; fails where Baton takes more than it may of the best.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from launch import health
from launch.aside import free_ports
from launch.bench.own_database import READY, environment, own_folder, own_server
from launch.bench.peers.asking import Server, by_turns
from launch.bench.peers.rows import ROWS, Row, asked
from launch.programs import ROOT

PEER: Final = "django-helpdesk==2.6.1"
PLACE: Final = ROOT / ".venv" / "peer"  # away with `make clean`
PROJECT: Final = "launch.bench.peers.helpdesk"
READY_WITHIN: Final = 120.0
# Of ours, so that both are served alike.
SERVED_BY: Final = ("uvicorn", "uvloop", "httptools", "psycopg", "psycopg-binary", "psycopg-pool")


def main(words: list[str]) -> int:
    """Measure every row; return 1 where one takes longer than it may."""
    options = _options(words)
    python = _install()
    with own_folder() as folder, own_server(folder) as url:
        ours = environment(folder, url, port=free_ports())
        for command in READY:
            _run([sys.executable, "manage.py", *command], ours)
        our_world = json.loads(
            _run([sys.executable, "manage.py", "peer_world", "--handoffs", str(options.handoffs)], ours)
        )
        theirs = _peer_environment(folder, url)
        _run([str(python), "-m", "django", "migrate", "--verbosity", "0"], theirs)
        their_world = json.loads(_run([str(python), "-m", f"{PROJECT}.fill", str(options.tickets)], theirs))
        _tell({"name": "peers.handoffs", "value": our_world["count"]})
        _tell({"name": "peers.tickets", "value": their_world["count"]})
        with (
            _served([sys.executable], "config.asgi", ours, asks="/health/live") as our_port,
            _served([str(python)], f"{PROJECT}.asgi", theirs, asks="/login/") as their_port,
        ):
            sides = (
                (Server(our_port, cookie_name=our_world["cookie_name"]), our_world),
                (Server(their_port, cookie_name="sessionid"), their_world),
            )
            return 1 if _measure(sides, times=options.times) else 0


def _options(words: list[str]) -> argparse.Namespace:
    asked_for = argparse.ArgumentParser(prog="python -m launch.bench.peers", description=__doc__)
    asked_for.add_argument("--handoffs", type=int, default=1_000_000, help="of ours")
    asked_for.add_argument("--tickets", type=int, default=10_000, help="of theirs")
    asked_for.add_argument("--times", type=int, default=30, help="each row is asked of either")
    return asked_for.parse_args(words)


Side = tuple[Server, Mapping[str, Any]]


def _measure(sides: tuple[Side, Side], *, times: int) -> list[str]:
    """Tell every row; return the names of those that take too long."""
    taken = {}
    for row in ROWS:
        both = asked(row, *sides)
        taken[row] = tuple(median(each) for each in by_turns(both, times=times))
        for proof, each, (_, world) in zip(row.proof or (), both, sides, strict=False):
            each.server.ask(proof(world), cookie=each.cookie)
    pace = median(theirs / row.given[0] for row, (_, theirs) in taken.items())
    broken = []
    for row, (ours, theirs) in taken.items():
        told = _row(row, ours, theirs, pace=pace)
        _tell(told)
        if not told["holds"]:
            broken.append(row.name)
    _tell({"name": "peers.pace", "value": round(pace, 3), "unit": "of the machine of the given figures"})
    if broken:
        print(f"Slower than promised: {', '.join(broken)}", file=sys.stderr)
    return broken


def _row(row: Row, ours: float, theirs: float, *, pace: float) -> dict[str, Any]:
    """The best is the quickest: django-helpdesk as it was measured, the others at this machine's pace."""
    _, redmine, tracker = row.given
    best = min(theirs, redmine * pace, tracker * pace)
    return {
        "name": f"peers.{row.name}",
        "unit": "ms",
        "value": round(ours, 1),
        "django_helpdesk": round(theirs, 1),
        "given": dict(zip(("django_helpdesk", "redmine", "request_tracker"), row.given, strict=True)),
        "best": round(best, 1),
        "ratio": round(ours / best, 3),
        "limit": round(row.of_the_best, 3),
        "holds": ours <= row.of_the_best * best,
    }


def _install() -> Path:
    """Put django-helpdesk into its own folder, where it is not there yet; return its Python."""
    python, done = PLACE / "bin" / "python", PLACE / "installed"
    wanted = [PEER, *(f"{name}=={version(name)}" for name in SERVED_BY)]
    if not done.exists() or done.read_text(encoding="utf-8").split() != wanted:
        uv = ROOT / ".venv" / "bin" / "uv"
        _run([str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(PLACE)], os.environ)
        _run([str(uv), "pip", "install", "--quiet", "--python", str(python), *wanted], os.environ)
        done.write_text("\n".join(wanted), encoding="utf-8")
    return python


def _peer_environment(folder: Path, url: str) -> dict[str, str]:
    """A database beside ours on the same server, and what its settings read."""
    own = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS peer")
        connection.execute("CREATE DATABASE peer")
    own["dbname"] = "peer"
    (folder / "peer").mkdir(exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": f"{PROJECT}.settings",
        "PEER_DATABASE_URL": psycopg.conninfo.make_conninfo(**own),
        "PEER_FOLDER": str(folder / "peer"),
    }


@contextmanager
def _served(python: list[str], application: str, env: Mapping[str, str], *, asks: str) -> Iterator[int]:
    port = free_ports()
    command = [
        *(*python, "-m", "uvicorn", f"{application}:application", "--lifespan", "off"),
        *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
        # A slow answer of the other lets no connection end: both stay open.
        *("--timeout-keep-alive", "600"),
    ]
    with subprocess.Popen(command, cwd=ROOT, env={**env, "BATON_PROCESS": "web"}) as run:
        try:
            ready = health.answers(f"http://127.0.0.1:{port}{asks}")
            if not health.wait(ready, within=READY_WITHIN, give_up=lambda: run.poll() is not None):
                raise SystemExit(f"{application} did not start.")
            yield port
        finally:
            run.terminate()


def _run(command: list[str], env: Mapping[str, str]) -> str:
    """Run it; return what it says last, and stop with it where it fails."""
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:4])} ended with {done.returncode}.")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def _tell(figure: Mapping[str, Any]) -> None:
    print(json.dumps(figure), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
