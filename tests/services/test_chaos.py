"""A short `make chaos`: everything is killed for a minute and a half, and every promise holds."""

import json
import subprocess
import sys

from tests.recorded import ROOT

SECONDS = 90
WITHIN = 900


def test_nothing_is_lost_or_doubled_while_everything_is_killed() -> None:
    words = ["--broker", "redis", "--handoffs", "200", "--seconds", str(SECONDS), "--kill-every", "5"]

    run = subprocess.run(
        [sys.executable, "-m", "launch.bench.chaos", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["wrong"] == {}
    assert told["handoffs"] == 200
    assert sum(told["killed"].values()) >= 8
