"""A short `make chaos`: everything is killed for a minute and a half, and every promise holds."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.recorded import ROOT

BROKERS = ("rabbitmq", "redis")
HANDOFFS = 40
# Half of the minute and a half with each broker. How long the rest takes is the machine's business: the trial
# gives up by itself when nothing moves, and this bound only ends one that hangs.
SECONDS, HANGS_AFTER = 45, 1500
# A killed database takes its time to come back, and nothing else is killed until it has.
KILL_EVERY, LEAST_KILLED = 5, 3


def test_nothing_is_lost_or_doubled_while_everything_is_killed() -> None:
    # Both at once: most of the time is waiting until what was killed may be tried again.
    with ThreadPoolExecutor(max_workers=len(BROKERS)) as pool:
        told = dict(zip(BROKERS, pool.map(trial, BROKERS), strict=True))

    for broker, figures in told.items():
        assert figures["broker"] == broker
        assert figures["wrong"] == {}
        # A machine with much else to do begins fewer of them before all becomes calm.
        assert HANDOFFS // 2 <= figures["handoffs"] <= HANDOFFS
        assert sum(figures["killed"].values()) >= LEAST_KILLED


def trial(broker: str) -> dict[str, Any]:
    """Play one trial and return what it counted in the end."""
    words = ["--handoffs", str(HANDOFFS), "--seconds", str(SECONDS), "--kill-every", str(KILL_EVERY)]
    run = subprocess.run(
        [sys.executable, "-m", "launch.bench.chaos", "--broker", broker, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANGS_AFTER,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    (figures,) = [each for each in lines if "broker" in each]
    return dict(figures)
