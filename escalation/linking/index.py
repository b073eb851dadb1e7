"""Which catalog entries, and which past items, does a text mean?

The one door of the package. Everything learned lives in memory and comes from the catalog and the
examples given: an index built twice from the same is the same. `learn` is one step, not a fit: the next
`rank` knows it.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import partial

import numpy as np
from numpy.typing import NDArray

from escalation.linking import known, reasons, training
from escalation.linking.agreement import agreement
from escalation.linking.entries import CatalogEntry, EntryKind, Example, Link, Similar
from escalation.linking.fusion import Case
from escalation.linking.history import History
from escalation.linking.overheard import fading
from escalation.linking.question import Question, Rarity, ask
from escalation.linking.shelf import Shelf, Table
from escalation.linking.signals import FROM_HISTORY

REMEMBERED = 600  # ranked items that a refit of the fusion looks at
REFIT = 25  # learned items between two refits of the fusion
YOUNG = 40  # past items below which they are no evidence by themselves
FULL_FIT = 1_500  # items up to which growth refits everything at once: well under a second

UNPROVEN = 0.25  # how much less sure an answer is that learned from guesses, before any answer is known


class LinkIndex:
    """Catalog entries and past items, ready to be asked."""

    def __init__(self, entries: Iterable[CatalogEntry]) -> None:
        """Start from names alone; `build` also takes a history."""
        self._history = History()
        self._rarity = Rarity()
        by_kind: dict[EntryKind, list[CatalogEntry]] = defaultdict(list)
        for entry in entries:
            by_kind[entry.kind].append(entry)
        self._shelves = {kind: Shelf(kind, found, history=self._history) for kind, found in by_kind.items()}
        self._cases: dict[EntryKind, deque[Case]] = {k: deque(maxlen=REMEMBERED) for k in by_kind}
        self._learned = 0
        self._foreseen: dict[str, dict[EntryKind, float]] = {}  # what an item that waits weighs, by kind
        self._weighed = 0  # of them at the last refit of the fusion
        self._fitted = 0
        self._ranked: dict[EntryKind, tuple[Question, Table]] = {}  # of each kind the last, to overhear it
        self._asked: tuple[tuple[str, datetime | None, int], Question] | None = None

    @classmethod
    def build(cls, entries: Iterable[CatalogEntry], examples: Sequence[Example] = ()) -> "LinkIndex":
        """Build an index from a catalog and past items in any order (by time where all have one)."""
        index = cls(entries)
        if examples:
            index._study(_in_time(examples))
        return index

    def learn(self, example: Example, *, refit: bool = True) -> None:
        """Take in one resolved, confirmed or corrected item; the same id again replaces what it meant.

        The next `rank` knows it. Without ``refit`` what it means for the weights waits for `catch_up`.
        """
        before = self._history.places.get(example.id)
        question = self._question(example.text, example.at)
        weights = self._foreseen.pop(example.id, {})
        for kind, shelf in self._shelves.items():
            if before is not None:
                shelf.tally.move(shelf.labels(self._history.examples[before]))
            if labels := shelf.labels(example):
                with shelf.tally.without(labels, weights[kind]) if kind in weights else nullcontext():
                    case = shelf.case(question, labels)
                    self._cases[kind].append(case)
                    shelf.sureness.note(case, shelf.fusion.probabilities(case.signals))
                shelf.take_in(question.text, question.vectors[0], labels, foreseen=kind in weights)
                shelf.step(question, labels)
        self._history.add(example, question.text)
        self._learned += 1
        if refit:
            self.catch_up()

    def rank(
        self, text: str, *, kind: EntryKind, at: datetime | None = None, limit: int = 20
    ) -> tuple[Link, ...]:
        """Rank the entries of a kind for a text, best first; `at` is when it was written."""
        shelf = self._shelves.get(kind)
        if shelf is None:
            return ()
        question = self._question(text, at)
        table = shelf.table(question)
        self._ranked[kind] = question, table
        chances = shelf.fusion.probabilities(table.signals)
        chances = shelf.sureness.adjust(table.places, chances, table.signals)
        chances = _modest(chances, table.signals, shelf, len(self._history.examples))
        chances = _unproven(chances, shelf, len(self._history.examples))
        chances = _hosts_first(chances, table.places, table.hosts)
        best = np.lexsort((table.places, -chances))[:limit]
        return tuple(
            Link(
                entry_id=(entry := shelf.entries[int(table.places[row])]).id,
                kind=kind,
                name=entry.name,
                score=float(chances[row]),
                because=reasons.because(shelf, question, table, int(row)) if rank < reasons.TOLD else (),
            )
            for rank, row in enumerate(best)
        )

    def similar(self, text: str, *, limit: int = 10, at: datetime | None = None) -> tuple[Similar, ...]:
        """Rank past items by the chance that they are the same issue as a text."""
        question = self._question(text, at)
        agreeing = partial(agreement, self._shelves.values(), question)
        return known.same_issue(text, question, history=self._history, limit=limit, agreeing=agreeing)

    def overhear(self, text: str, *, at: datetime | None = None) -> None:
        """Take in a text whose answer nobody gave, which helps while few answers are known.

        Versions are left out: what is meant by them changes with every release, not with the words.
        """
        if not fading(len(self._history.examples)):
            return
        question = self._question(text, at)
        for kind, shelf in self._shelves.items():
            if kind is not EntryKind.VERSION:
                asked, table = self._ranked.get(kind, (None, None))
                shelf.overhear(question, table if table and asked is question else shelf.table(question))

    def _question(self, text: str, at: datetime | None) -> Question:
        key = (text, at, self._learned)
        if self._asked is None or self._asked[0] != key:
            self._asked = (key, ask(text, at=at, history=self._history, rarity=self._rarity))
        return self._asked[1]

    def _study(self, examples: Sequence[Example]) -> None:
        shelves = list(self._shelves.values())
        self._rarity, cases = training.replay(examples, history=self._history, shelves=shelves)
        for kind, found in zip(self._shelves, cases, strict=True):
            self._cases[kind].extend(found[-REMEMBERED:])
        self._fitted = len(examples)

    def foresee(self, example: Example) -> None:
        """Count at once what an item belongs to, which costs nothing; `learn` does the rest of it later."""
        if example.id not in self._foreseen:
            self._foreseen[example.id] = {
                kind: shelf.tally.foresee(labels)
                for kind, shelf in self._shelves.items()
                if (labels := shelf.labels(example))
            }

    def catch_up(self) -> None:
        """Refit what has grown: everything while small, later only how the signals count; often nothing."""
        size = len(self._history.examples)
        if size <= FULL_FIT and size >= max(training.FEWEST, self._fitted * 1.3):
            corpus = training.collect(self._history.examples)
            self._rarity, self._fitted = corpus.rarity, size
            for shelf in self._shelves.values():
                shelf.name(rarity=self._history.weight)
                training.fit(shelf, self._history.examples, corpus)
        if self._learned - self._weighed >= REFIT:
            self._weighed = self._learned
            for kind, shelf in self._shelves.items():
                shelf.fusion.fit(tuple(self._cases[kind]))
                shelf.sureness.fit()


def _in_time(examples: Sequence[Example]) -> list[Example]:
    dated = [example.at.timestamp() for example in examples if example.at]
    if len(dated) < len(examples):
        return list(examples)
    return [examples[place] for place in np.argsort(dated, kind="stable")]


def _modest(
    chances: NDArray[np.float64], signals: NDArray[np.float32], shelf: Shelf, size: int
) -> NDArray[np.float64]:
    """Draw what a short history says towards what the catalog alone says: three past items prove little."""
    if size >= YOUNG:
        return chances
    alone = signals.copy()
    alone[:, FROM_HISTORY] = 0.0
    part = size / YOUNG
    return part * chances + (1.0 - part) * shelf.fusion.probabilities(alone)


def _unproven(chances: NDArray[np.float64], shelf: Shelf, size: int) -> NDArray[np.float64]:
    """Make answers less sure, in the same order, as far as they rest on texts that nobody answered."""
    if not shelf.hears:
        return chances
    flat = chances ** (1.0 / (1.0 + UNPROVEN * fading(size)))
    return np.asarray(flat / flat.sum())


def _hosts_first(
    chances: np.ndarray[tuple[int], np.dtype[np.float64]],
    places: np.ndarray[tuple[int], np.dtype[np.intp]],
    hosts: dict[int, str],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Let entries with a host in the text share what is left above all others: the record says so itself."""
    hit = np.array([int(place) in hosts for place in places])
    if not hit.any() or hit.all():
        return chances
    own = chances[hit].sum()
    target = max(float(own), 0.97)
    chances = chances.copy()
    chances[hit] *= target / max(float(own), 1e-12)
    chances[~hit] *= (1.0 - target) / max(1.0 - float(own), 1e-12)
    return chances
