"""`manage.py bench_live_writer`: the process that writes for `bench_live`. Jobs in, moments out."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from escalation.management.live_bench.writing import Job, as_values


class Command(BaseCommand):
    """Write what is asked for."""

    help = "Writes for bench_live, which starts it: one job a line on standard input."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say that it is ready, then do one job after the other."""
        self._answer([])
        for line in sys.stdin:
            self._answer(as_values(Job(**json.loads(line)).do()))

    def _answer(self, values: list[Any]) -> None:
        self.stdout.write(json.dumps(values))
        self.stdout.flush()
