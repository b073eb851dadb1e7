"""`manage.py bench_link`: how fast does linking answer, and what does it cost, at the size of a big company?

One JSON line per figure. Catalog and history are made up from a fixed seed, with word frequencies that fall
as they do in language. Times are of the processor, on one core: what else the machine does is not counted.
"""

import json
import os
import resource
from collections.abc import Iterator
from time import process_time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before NumPy is loaded: the promise is for one core

import numpy as np  # noqa: E402

from escalation.linking.entries import CatalogEntry, EntryKind, Example  # noqa: E402
from escalation.linking.index import LinkIndex  # noqa: E402

KIND = EntryKind.CONFIGURATION_ITEM
_WORDS = 60_000
_TITLE, _BODY = 9, 110  # words: about the middle of what people write


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


class Invented:
    """A company of a given size: hosts and services with names, and items that say some of them."""

    def __init__(self, *, entries: int) -> None:
        """Make the catalog."""
        self._random = np.random.default_rng(20)
        self._words = [_word(number) for number in range(_WORDS)]
        self.catalog = tuple(self._entries(entries))

    def example(self, number: int) -> Example:
        """Make one item about one entry: its name's words now and then, other words otherwise."""
        place = int(len(self.catalog) * self._random.random() ** 3)
        entry = self.catalog[place]
        spoken = self._spoken(_TITLE + _BODY)
        if self._random.random() < 0.5:
            spoken[: 1 + number % 2] = entry.name.split("-")[: 1 + number % 2]
        text = f"{' '.join(spoken[:_TITLE])}\n{' '.join(spoken[_TITLE:])}"
        return Example(id=f"TICKET-{number}", text=text, entry_ids=(entry.id,))

    def _entries(self, count: int) -> Iterator[CatalogEntry]:
        for number in range(count):
            name = "-".join((*self._spoken(2), f"{number % 97:02d}"))
            yield CatalogEntry(
                id=f"ci-{number}",
                kind=KIND,
                name=name,
                description=" ".join(self._spoken(8)),
                hosts=(f"{name}-{number}.example.com",),
            )

    def _spoken(self, count: int) -> list[str]:
        # Zipf's law, cut off: the tenth word is said a tenth as often as the first.
        ranks = np.exp(self._random.random(count) * np.log(_WORDS)).astype(int) - 1
        return [self._words[rank] for rank in ranks]


def _word(number: int) -> str:
    syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()  # noqa: SIM905
    spelled = ""
    number += 400
    while number:
        number, rest = divmod(number, len(syllables))
        spelled += syllables[rest]
    return spelled


def _timed(ask: Any, examples: list[Example]) -> list[float]:
    taken = []
    for example in examples:
        start = process_time()
        ask(example.text)
        taken.append(1000 * (process_time() - start))
    return taken


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
