"""A short `make faults-form`: typing goes on while the parts of Baton are killed, and nothing is lost."""

import json
import os
import subprocess
import sys

from tests.journeys.running import NOT_HANDED_ON, ROOT

WITHIN_S = 300


def test_nothing_is_lost_or_sent_twice_through_eight_kills():
    run = subprocess.run(
        [sys.executable, "-m", "launch.bench.faults", "--kills", "8", "--seed", "7"],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key not in NOT_HANDED_ON},
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    told = [json.loads(line) for line in run.stdout.splitlines()]
    figures = {each["name"]: each for each in told if "name" in each}
    assert figures, run.stderr
    assert figures["faults.all"]["value"] == 8
    assert [each for each in figures.values() if each.get("holds") is False] == []
    assert run.returncode == 0
