"""`make chaos`: handoffs over two hops into failing tools, while every process is killed at random.

Web server, workers, schedulers, broker and database are killed with SIGKILL, one at a time, and started
again as a service manager would. The people (`manage.py chaos_load`) go on as people do. Afterwards every
record, every note and every line is counted in the tools and in the rows. One JSON line for each broker;
exit code 1 when anything is missing, double or silent.
"""

import argparse
import contextlib
import json
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from launch.bench.chaos import brokers
from launch.bench.chaos.fleet import Fleet, a_fleet

BEGUN, CALM = "begun", "calm"
LOOKS_EVERY_S = 0.5


def trial(*, broker: str, handoffs: int, seconds: float, kill_every_s: float, seed: int) -> bool:
    """Run it with one broker and print its line; say whether everything held."""
    chance = random.Random(seed)  # noqa: S311  # chance for a trial, not for a secret
    words = ["--handoffs", str(handoffs), "--seconds", str(seconds)]
    with (
        tempfile.TemporaryDirectory(prefix="baton-chaos-", ignore_cleanup_errors=True) as folder,
        a_fleet(Path(folder), broker=broker) as fleet,
        fleet.popen("chaos_load", *words) as people,
    ):
        kills, ended, last = _play(fleet, people, chance, kill_every_s)
    held = people.returncode == 0
    said: dict[str, object] = {
        "broker": broker,
        "seed": seed,
        "held": held,
        "killed": dict(sorted(kills.items())),
    }
    if ended:
        said["ended_by_themselves"] = dict(sorted(ended.items()))
    if last.startswith("{"):
        said |= json.loads(last)
    print(json.dumps(said), flush=True)
    return held


def trouble_s(*, minutes: float, brokers: int) -> float:
    """Return how long all is in trouble with each broker: half of the time, for what waits takes the rest."""
    return 60 * minutes / brokers / 2


def _play(
    fleet: Fleet, people: subprocess.Popen[str], chance: random.Random, kill_every_s: float
) -> tuple[Counter[str], Counter[str], str]:
    """Kill from when the people begin until they say it shall be calm; return who, and their last line."""
    kills: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    heard: queue.Queue[str] = queue.Queue()
    # Only the listening is done aside: a process lives as long as the thread that started it.
    threading.Thread(target=_listen, args=(people, heard), daemon=True).start()
    figures, kill_at = "", None
    while True:
        with contextlib.suppress(queue.Empty):
            last = heard.get(timeout=LOOKS_EVERY_S)
            if not last:
                break
            if last in {BEGUN, CALM}:
                kill_at = time.monotonic() + kill_every_s if last == BEGUN else None
            if not last.startswith("{"):
                print(f"{fleet.broker}: {last}; {kills.total()} killed", file=sys.stderr, flush=True)
            figures = last
        ended.update(fleet.revive())
        if kill_at is not None and time.monotonic() > kill_at:
            part = chance.choice(fleet.parts)
            fleet.kill(part)
            kills[part] += 1
            kill_at = time.monotonic() + kill_every_s * chance.uniform(0.5, 1.5)
    return kills, ended, figures


def _listen(people: subprocess.Popen[str], heard: queue.Queue[str]) -> None:
    for line in people.stdout or ():
        heard.put(line.strip())
    heard.put("")


def main() -> int:
    """Take brokers, size and bounds from the command line."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument(
        "--broker", action="append", choices=sorted(brokers.PACKAGES), help="both, if not said"
    )
    words.add_argument("--handoffs", type=int, default=10_000, help="with each broker, at most")
    words.add_argument("--minutes", type=float, default=10.0, help="for all of it; half of them in trouble")
    words.add_argument("--seconds", type=float, help="of trouble with each broker, instead of by --minutes")
    words.add_argument("--kill-every", type=float, default=6.0, help="seconds between two kills")
    words.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    asked = words.parse_args()
    chosen = asked.broker or sorted(brokers.PACKAGES)
    seconds = asked.seconds or trouble_s(minutes=asked.minutes, brokers=len(chosen))
    try:
        held = [
            trial(
                broker=broker,
                handoffs=asked.handoffs,
                seconds=seconds,
                kill_every_s=asked.kill_every,
                seed=asked.seed,
            )
            for broker in chosen
        ]
    except brokers.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
