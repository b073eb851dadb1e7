"""`manage.py bench_link`: how fast does linking answer, and what does it cost, at the size of a big company?

One JSON line per figure. Catalog and history are made up from a fixed seed, with word frequencies that fall
as they do in language. Times are of the processor, on one core: what else the machine does is not counted.
"""

import json
import os
import resource
from time import process_time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before NumPy is loaded: the promise is for one core

import numpy as np  # noqa: E402

from escalation.linking.entries import Example  # noqa: E402
from escalation.linking.index import LinkIndex  # noqa: E402
from escalation.management.invented import KIND, Invented  # noqa: E402


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

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build, ask, correct, and print."""
        made = Invented(entries=options["entries"])
        size = {"entries": options["entries"], "items": options["items"]}
        examples = [made.example(number) for number in range(options["items"])]
        before = _resident()
        start = process_time()
        index = LinkIndex.build(made.catalog, examples)
        self._tell("link.build_s", process_time() - start, size)
        self._tell("link.memory_mb", _resident() - before, size)
        texts = [made.example(options["items"] + number) for number in range(options["texts"])]
        ranked = _timed(lambda text: index.rank(text, kind=KIND), texts)
        self._tell("link.rank_ms_p50", float(np.percentile(ranked, 50)), size)
        self._tell("link.rank_ms_p95", float(np.percentile(ranked, 95)), size)
        known = _timed(index.similar, [made.example(-1 - n) for n in range(100)])
        self._tell("link.similar_ms_p95", float(np.percentile(known, 95)), size)
        learned = []
        for text in texts[:60]:
            start = process_time()
            index.learn(text)
            index.rank(text.text, kind=KIND)
            learned.append(process_time() - start)
        self._tell("link.learn_to_rank_ms_max", 1000 * max(learned), size)

    def _tell(self, figure: str, value: float, size: dict[str, int]) -> None:
        self.stdout.write(json.dumps({"figure": figure, "value": round(value, 3), **size}))
        self.stdout.flush()


def _timed(ask: Any, examples: list[Example]) -> list[float]:
    taken = []
    for example in examples:
        start = process_time()
        ask(example.text)
        taken.append(1000 * (process_time() - start))
    return taken


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
