"""A web process is set up so that nothing of Python's own holds up its lines for long."""

import subprocess
import sys

ASK = """
import gc, sys
import config.asgi
from config.pauses import SWITCH_S, THRESHOLDS
assert gc.get_threshold() == THRESHOLDS
assert sys.getswitchinterval() == SWITCH_S
assert gc.get_freeze_count() > 100_000, gc.get_freeze_count()
assert "escalation.web.handoff" in sys.modules, "pages would be loaded with the first request"
"""


def test_the_web_process_keeps_what_it_starts_with_out_of_the_collectors_sight():
    asked = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)

    assert asked.returncode == 0, asked.stderr
