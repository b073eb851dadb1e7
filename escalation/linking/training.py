"""How does an index learn a history so that it knows how far to trust what it learned?

The history is replayed in blocks, oldest first: the regressions are fitted on what came before a block, the
block's items are ranked with that, and those ranks are what the fusion learns from. Nothing is ever ranked
with a model that has seen it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import scipy.sparse as sp

from escalation.linking import features
from escalation.linking.entries import Example
from escalation.linking.features import Vector
from escalation.linking.fusion import Case
from escalation.linking.history import History
from escalation.linking.linear import NEWEST
from escalation.linking.question import Rarity, ask
from escalation.linking.shelf import Shelf
from escalation.linking.words import read

BLOCKS = (0.4, 0.55, 0.7, 0.85)  # where the replay stops to fit
FEWEST = 15  # items a fit needs
CASES = 1_500  # items ranked for the fusion, per kind
# What an item was is known only when it is resolved: the replay knows no more than that either.
LATE, LATE_ITEMS = timedelta(days=30), 50
MOST_LATE = 0.1  # of a history: a small one can't wait a month
HALF_LIFE = 0.5  # of the history's length: an item so far back counts half


@dataclass(slots=True)
class Corpus:
    """The vectors of the newest items of a history, ready to fit: one matrix per view."""

    first: int  # place in the history of the matrices' first row
    rows: tuple[sp.csr_matrix, ...]
    rarity: Rarity

    def vector(self, place: int) -> Vector | None:
        """Give the vector of an item's whole text, if it is among the newest."""
        if place < self.first:
            return None
        rows = self.rows[0]
        part = slice(*rows.indptr[place - self.first : place - self.first + 2])
        return rows.indices[part], rows.data[part]


def replay(
    examples: Sequence[Example], *, history: History, shelves: Sequence[Shelf]
) -> tuple[Rarity, list[list[Case]]]:
    """Teach shelves a history, oldest first; give the rarity of words and the ranked cases of each shelf."""
    corpus = collect(examples)
    cases: list[list[Case]] = [[] for _ in shelves]
    size = len(examples)
    stops = [int(size * part) for part in BLOCKS] if size >= FEWEST else []
    chance = min(1.0, CASES / max(1, size - stops[0])) if stops else 0.0
    due, known = 0.0, 0

    def catch_up(until: int) -> None:
        for place in range(len(history.examples), until):
            _take_in(examples[place], place, history=history, shelves=shelves, corpus=corpus)

    for place, example in enumerate(examples):
        known = _settled(examples, place, since=known)
        catch_up(known)
        if place in stops:
            _fit_all(shelves, examples[:known], corpus, history)
        due += chance if stops and place >= stops[0] else 0.0
        if due >= 1.0:
            due -= 1.0
            question = ask(example.text, at=example.at, history=history, rarity=corpus.rarity)
            for shelf, ranked in zip(shelves, cases, strict=True):
                if labels := shelf.labels(example):
                    ranked.append(shelf.case(question, labels))
    catch_up(size)
    _fit_all(shelves, examples, corpus, history)
    for shelf, ranked in zip(shelves, cases, strict=True):
        shelf.fusion.fit(ranked)
        shelf.sureness.study(ranked, shelf.fusion)
    return corpus.rarity, cases


def _settled(examples: Sequence[Example], place: int, *, since: int) -> int:
    """Give how many items it is known of what they were when the one at ``place`` is written."""
    known = max(since, place - max(1, int(len(examples) * MOST_LATE)))
    while known < place and _is_settled(examples[known], examples[place], apart=place - known):
        known += 1
    return known


def _is_settled(past: Example, now: Example, *, apart: int) -> bool:
    if past.at is None or now.at is None:
        return apart > LATE_ITEMS
    return now.at - past.at >= LATE


def _fit_all(shelves: Sequence[Shelf], examples: Sequence[Example], corpus: Corpus, history: History) -> None:
    for shelf in shelves:
        shelf.name(rarity=history.weight)
        fit(shelf, examples, corpus)


def _take_in(
    example: Example, place: int, *, history: History, shelves: Sequence[Shelf], corpus: Corpus
) -> None:
    text, vector = read(example.text), corpus.vector(place)
    for shelf in shelves:
        if labels := shelf.labels(example):
            if vector is None:
                shelf.tally.count(labels)
            else:
                shelf.take_in(text, vector, labels)
    history.add(example, text)


def collect(examples: Sequence[Example]) -> Corpus:
    """Read the newest items into matrices."""
    first = max(0, len(examples) - NEWEST)
    vectors = [[features.slots(c) for c in features.views(read(e.text))] for e in examples[first:]]
    weights = []
    rows = []
    for view in range(len(features.VIEWS)):
        column = [vector[view] for vector in vectors]
        seen = np.zeros(features.WIDTH, np.float32)
        for where, _ in column:
            seen[where] += 1.0
        rarity = features.rarity(seen, len(column))
        weights.append(rarity)
        rows.append(features.stacked([features.unit(vector, rarity) for vector in column]))
    return Corpus(first=first, rows=tuple(rows), rarity=Rarity(weights=tuple(weights)))


def fit(shelf: Shelf, examples: Sequence[Example], corpus: Corpus) -> None:
    """Fit a shelf's regressions on the items that belong to its entries."""
    window = [shelf.labels(example) for example in examples[corpus.first :]]
    used = [row for row, labels in enumerate(window) if labels]
    if len(used) < FEWEST:
        return
    age = (len(window) - 1 - np.array(used)) / len(window)
    trust = (2.0 ** (-age / HALF_LIFE)).astype(np.float32)
    columns = [shelf.open_columns(window[row]) for row in used]
    targets = np.zeros((len(used), len(shelf.columns)), np.float32)
    for row, mine in enumerate(columns):
        targets[row, mine] = 1.0
    for model, rows in zip(shelf.linear, corpus.rows, strict=True):
        model.fit(rows[used], targets, trust)
