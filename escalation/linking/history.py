"""Which past items read like this one?

An inverted index that takes items at any time: BM25 (Robertson and Zaragoza, 2009) over words, title words and
title pairs. ``BUDGET`` bounds the work of one question, rarest words first, whatever the size of the history.
"""

import math
from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from escalation.linking.entries import Example
from escalation.linking.words import Text

BUDGET = 80_000
_SATURATION, _LENGTH = 1.2, 0.75  # BM25's usual k1 and b
_TIMES = 8  # bits of a posting that hold how often; the other 24 hold the item: 16 million items


@dataclass(slots=True)
class History:
    """Past items in the order they were learned; a corrected item keeps its place."""

    examples: list[Example] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    _postings: "dict[str, array[int]]" = field(default_factory=dict)
    _lengths: "array[float]" = field(default_factory=lambda: array("f"))
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
            self._postings.setdefault(term, array("I")).append(place << _TIMES | min(count, 255))
        self._lengths.append(float(sum(counts.values())))
        self._total += self._lengths[-1]
        return place

    def frequency(self, word: str) -> int:
        """Give the number of items that hold a word."""
        found = self._postings.get(word)
        return len(found) if found else 0

    def weight(self, term: str) -> float:
        """Give the BM25 weight of a word: high when few items hold it."""
        count = self.frequency(term)
        return math.log(1.0 + (len(self.examples) - count + 0.5) / (count + 0.5))

    def nearest(self, text: Text, *, limit: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Give the places and BM25 scores of the items most like a text, best first."""
        size = len(self.examples)
        found = sorted((p for t in terms(text) if (p := self._postings.get(t))), key=len)
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        taken, spent = [], 0
        for posting in found:
            if taken and spent + len(posting) > BUDGET:
                break
            taken.append(posting)
            spent += len(posting)
        sizes = np.array([len(posting) for posting in taken])
        packed = np.concatenate([np.frombuffer(posting, np.uint32) for posting in taken])
        items, times = packed >> _TIMES, (packed & 255).astype(np.float64)
        lengths = np.frombuffer(self._lengths, np.float32)[items] / max(self._total / size, 1e-9)
        worth = np.repeat(np.log(1.0 + (size - sizes + 0.5) / (sizes + 0.5)), sizes)
        worth *= times * (_SATURATION + 1) / (times + _SATURATION * (1 - _LENGTH + _LENGTH * lengths))
        scores = np.bincount(items, weights=worth, minlength=size)
        best = np.argpartition(-scores, min(limit, size) - 1)[:limit]
        best = best[scores[best] > 0]
        best = best[np.lexsort((best, -scores[best]))]
        return best, scores[best]


def terms(text: Text) -> dict[str, int]:
    """Count what the index holds of a text."""
    counts: dict[str, int] = {}
    for word in text.body:
        counts[word] = counts.get(word, 0) + 1
    for word in text.title:
        counts[word] = counts.get(word, 0) + 2
        counts["t:" + word] = counts.get("t:" + word, 0) + 1
    for first, second in zip(text.title, text.title[1:], strict=False):
        pair = f"{first}_{second}"
        counts[pair] = counts.get(pair, 0) + 1
    return counts
