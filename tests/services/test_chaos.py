"""A short `make chaos`: everything is killed for a minute and a half, and every promise holds."""

import json
import subprocess
import sys

from tests.recorded import ROOT

HANDOFFS = 60
# Half of the minute and a half with each broker. How long the rest takes is the machine's business: the trial
# gives up by itself when nothing moves, and this bound only ends one that hangs.
SECONDS, HANGS_AFTER = 45, 3600
# A killed database takes its time to come back, and nothing else is killed until it has.
KILL_EVERY, LEAST_KILLED = 5, 3


def test_nothing_is_lost_or_doubled_while_everything_is_killed() -> None:
    words = ["--handoffs", str(HANDOFFS), "--seconds", str(SECONDS), "--kill-every", str(KILL_EVERY)]

    run = subprocess.run(
        [sys.executable, "-m", "launch.bench.chaos", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANGS_AFTER,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    told = [each for each in told if "broker" in each]
    assert [each["broker"] for each in told] == ["rabbitmq", "redis"]
    for each in told:
        assert each["wrong"] == {}
        # A machine with much else to do begins fewer of them before all becomes calm.
        assert HANDOFFS // 2 <= each["handoffs"] <= HANDOFFS
        assert sum(each["killed"].values()) >= LEAST_KILLED
