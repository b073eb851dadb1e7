"""Which past items read like this one?

An inverted index that takes items at any time: BM25 (Robertson and Zaragoza, 2009) over words, title
words and title pairs. ``BUDGET`` bounds the work of one question, rarest words first, whatever the size
of the history.
"""

import math
from array import array
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from escalation.linking.entries import Example
from escalation.linking.words import Text

BUDGET = 60_000
_SATURATION, _LENGTH = 1.2, 0.75  # BM25's usual k1 and b
_TIMES = 8  # bits of a posting that hold how often; the other 24 hold the item: 16 million items

Places = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Profiles:
    """The different words of some items, end to end: word number, which of the items, in its title or not."""

    words: Places
    owners: Places
    in_title: NDArray[np.bool_]
    sizes: NDArray[np.float64]  # different words in each item's body


@dataclass(slots=True)
class History:
    """Past items in the order they were learned; a corrected item keeps its place."""

    examples: list[Example] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _postings: "list[array[int]]" = field(default_factory=list)
    _lengths: "array[float]" = field(default_factory=lambda: array("f"))
    _words: "array[int]" = field(default_factory=lambda: array("I"))  # of all items, title then body
    _ends: "array[int]" = field(default_factory=lambda: array("Q", [0]))  # two per item
    _total: float = 0.0

    def add(self, example: Example, text: Text) -> int:
        """Keep one item and give its place; the same id again replaces what it is linked to."""
        known = self.places.get(example.id)
        if known is not None:
            self.examples[known] = example
            return known
        place = len(self.examples)
        self.examples.append(example)
        self.places[example.id] = place
        counts = terms(text)
        for term, count in counts.items():
            number = self._numbers.setdefault(term, len(self._postings))
            if number == len(self._postings):
                self._postings.append(array("I"))
            self._postings[number].append(place << _TIMES | min(count, 255))
        self._lengths.append(float(sum(counts.values())))
        self._total += self._lengths[-1]
        for said in (text.title, text.body):
            self._words.extend(self._numbers[word] for word in dict.fromkeys(said))
            self._ends.append(len(self._words))
        return place

    def number(self, word: str) -> int | None:
        """Give the number of a word, if any item holds it."""
        return self._numbers.get(word)

    def weight(self, term: str) -> float:
        """Give the BM25 weight of a word: high when few items hold it."""
        number = self._numbers.get(term)
        count = 0 if number is None else len(self._postings[number])
        return math.log(1.0 + (len(self.examples) - count + 0.5) / (count + 0.5))

    def numbers(self, said: tuple[str, ...]) -> Places:
        """Give the numbers of the different words among these that any item holds."""
        found = (self._numbers.get(word) for word in dict.fromkeys(said))
        return np.array([number for number in found if number is not None], np.int64)

    def weights(self, numbers: Places) -> NDArray[np.float64]:
        """Give the BM25 weights of words by their numbers."""
        counts = np.array([len(self._postings[number]) for number in numbers.tolist()], np.float64)
        return np.asarray(np.log(1.0 + (len(self.examples) - counts + 0.5) / (counts + 0.5)))

    def profiles(self, items: Places) -> Profiles:
        """Give the different words of some items; ``owners`` counts within ``items``."""
        ends = np.frombuffer(self._ends, np.uint64)
        first, middle, last = (ends[2 * items + step].astype(np.int64) for step in range(3))
        sizes = last - first
        owners = np.repeat(np.arange(len(items)), sizes)
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        where = np.repeat(first, sizes) + within
        return Profiles(
            words=np.frombuffer(self._words, np.uint32)[where].astype(np.int64),
            owners=owners,
            in_title=where < np.repeat(middle, sizes),
            sizes=(last - middle).astype(np.float64),
        )

    def nearest(self, text: Text, *, limit: int) -> tuple[Places, NDArray[np.float64]]:
        """Give the places and BM25 scores of the items most like a text, best first."""
        size = len(self.examples)
        taken = self._affordable(text)
        if not taken:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        sizes = np.array([len(posting) for posting in taken])
        packed = np.concatenate([np.frombuffer(posting, np.uint32) for posting in taken])
        items, times = packed >> _TIMES, (packed & 255).astype(np.float64)
        lengths = np.frombuffer(self._lengths, np.float32)[items] / max(self._total / size, 1e-9)
        worth = np.repeat(np.log(1.0 + (size - sizes + 0.5) / (sizes + 0.5)), sizes)
        worth *= times * (_SATURATION + 1) / (times + _SATURATION * (1 - _LENGTH + _LENGTH * lengths))
        scores = np.bincount(items, weights=worth, minlength=size).astype(np.float64)
        best = np.argpartition(-scores, min(limit, size) - 1)[:limit].astype(np.int64)
        best = best[scores[best] > 0]
        best = best[np.lexsort((best, -scores[best]))]
        return best, scores[best]

    def _affordable(self, text: Text) -> "list[array[int]]":
        """Give the postings of a text's words, the rarest first, within the budget."""
        numbers = (self._numbers.get(term) for term in terms(text))
        found = sorted((self._postings[n] for n in numbers if n is not None), key=len)
        spent = np.cumsum([len(posting) for posting in found])
        return found[: max(1, int(np.searchsorted(spent, BUDGET, side="right")))] if found else []


def terms(text: Text) -> dict[str, int]:
    """Count what the index holds of a text."""
    counts: dict[str, int] = {}
    for word in text.body:
        counts[word] = counts.get(word, 0) + 1
    for word in text.title:
        counts[word] = counts.get(word, 0) + 2
        counts["t:" + word] = counts.get("t:" + word, 0) + 1
    for first, second in pairwise(text.title):
        pair = f"{first}_{second}"
        counts[pair] = counts.get(pair, 0) + 1
    return counts
