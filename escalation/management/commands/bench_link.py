"""`manage.py bench_link`: how fast does linking answer, and what does it cost, at the size of a big company?

One JSON line per figure; a broken promise ends it with an error. Catalog and history are made up from a
fixed seed, with word frequencies that fall as they do in language. Times are this thread's on
the processor, one core: what else the machine or the process does is not counted.
"""

import os
import resource
from time import thread_time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before NumPy is loaded: the promise is for one core

import numpy as np  # noqa: E402

from escalation.linking.entries import Example  # noqa: E402
from escalation.linking.index import LinkIndex  # noqa: E402
from escalation.management.invented import KIND, Invented  # noqa: E402
from escalation.management.measuring import Measured, Sheet  # noqa: E402

P95_MS, LEARNED_MS = 10.0, 1_000.0


class Command(BaseCommand):
    """Measure linking on one core."""

    help = "Prints linking's speed and memory, one JSON line per figure."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--entries", type=int, default=100_000)
        parser.add_argument("--items", type=int, default=100_000)
        parser.add_argument("--texts", type=int, default=300)
        parser.add_argument("--p95-may-be", type=float, default=P95_MS, help="ms")
        parser.add_argument("--learned-may-be", type=float, default=LEARNED_MS, help="ms")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build, ask, correct, and print."""
        made = Invented(entries=options["entries"])
        self._sheet = Sheet(self.stdout)
        self._tell("entries", options["entries"], "entries")
        self._tell("items", options["items"], "items")
        examples = [made.example(number) for number in range(options["items"])]
        before = _resident()
        start = thread_time()
        index = LinkIndex.build(made.catalog, examples)
        self._tell("build", thread_time() - start, "s")
        self._tell("memory", _resident() - before, "MB")
        texts = [made.example(options["items"] + number) for number in range(options["texts"])]
        ranked = _timed(lambda text: index.rank(text, kind=KIND), texts)
        self._tell("rank_p50", float(np.percentile(ranked, 50)), "ms")
        self._tell("rank_p95", float(np.percentile(ranked, 95)), "ms", at_most=options["p95_may_be"])
        known = _timed(index.similar, [made.example(-1 - n) for n in range(100)])
        self._tell("known_issue_p95", float(np.percentile(known, 95)), "ms")
        learned = []
        for text in texts[:60]:
            start = thread_time()
            index.learn(text)
            index.rank(text.text, kind=KIND)
            learned.append(thread_time() - start)
        self._tell("correction_to_answer_max", 1000 * max(learned), "ms", at_most=options["learned_may_be"])
        if self._sheet.broken:
            broken = ", ".join(each.name for each in self._sheet.broken)
            raise CommandError(f"Promises broken: {broken}")

    def _tell(self, name: str, value: float, unit: str, *, at_most: float | None = None) -> None:
        self._sheet.tell(Measured(name=f"link.{name}", value=value, unit=unit, limit=at_most))


def _timed(ask: Any, examples: list[Example]) -> list[float]:
    taken = []
    for example in examples:
        start = thread_time()
        ask(example.text)
        taken.append(1000 * (thread_time() - start))
    return taken


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
