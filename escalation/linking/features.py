"""What does a learned model see of a text: three views of it, each a short vector of unit length.

Features are hashed into ``WIDTH`` slots with a fixed checksum (not ``hash``, which differs per process),
so an index built twice is the same index. Measured: 2^16 slots lose nothing against a full vocabulary.
"""

import math
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from escalation.linking.words import Text

WIDTH = 1 << 16
VIEWS = ("whole", "title", "body")

Vector = tuple[NDArray[np.int32], NDArray[np.float32]]  # slots and values
Counts = dict[str, float]


def whole(text: Text) -> Counts:
    """Weigh all words, the title's double, with pairs of neighbours; the first word often names the part."""
    counts: Counts = {}
    for word in text.body:
        counts[word] = counts.get(word, 0.0) + 1.0
    for word in text.title:
        counts[word] = counts.get(word, 0.0) + 2.0
        counts["t:" + word] = counts.get("t:" + word, 0.0) + 1.0
    _pairs(counts, text.title, 1.5)
    _pairs(counts, text.body, 0.7)
    if text.title:
        counts["first:" + text.title[0]] = 1.0
    return counts


def title(text: Text) -> Counts:
    """Weigh the title's words, their pairs, and the runs of four and five letters in them."""
    counts: Counts = {}
    for word in text.title:
        counts[word] = counts.get(word, 0.0) + 1.0
        for run in _runs(word):
            counts[run] = counts.get(run, 0.0) + 0.5
    _pairs(counts, text.title, 1.0)
    return counts


def body(text: Text) -> Counts:
    """Weigh the description's words and their pairs."""
    counts: Counts = {}
    for word in text.body:
        counts[word] = counts.get(word, 0.0) + 1.0
    _pairs(counts, text.body, 0.7)
    return counts


def views(text: Text) -> tuple[Counts, Counts, Counts]:
    """Give the counts of every view, in the order of ``VIEWS``."""
    return whole(text), title(text), body(text)


@lru_cache(maxsize=400_000)
def slot(feature: str) -> tuple[int, float]:
    """Give a feature's slot and sign; the sign makes two features that share a slot cancel, not add up."""
    checksum = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
    return checksum & (WIDTH - 1), (-1.0 if checksum >> 31 else 1.0)


def slots(counts: Counts) -> Vector:
    """Give slots and damped counts, without rarity and length."""
    where = np.empty(len(counts), np.int32)
    value = np.empty(len(counts), np.float32)
    for place, (feature, count) in enumerate(counts.items()):
        where[place], sign = slot(feature)
        value[place] = sign * (1.0 + math.log(count) if count >= 1.0 else count)
    return where, value


def unit(vector: Vector, rarity: NDArray[np.float32]) -> Vector:
    """Weigh by rarity and bring to length one."""
    where, value = vector
    weighed = value * rarity[where]
    length = float(np.sqrt(weighed @ weighed))
    return where, (weighed / length if length else weighed)


def rarity(frequencies: NDArray[np.float32], total: int) -> NDArray[np.float32]:
    """Give the inverse document frequency of every slot."""
    weights: NDArray[np.float32] = (np.log((1.0 + total) / (1.0 + frequencies)) + 1.0).astype(np.float32)
    return weights


def stacked(vectors: Sequence[Vector]) -> sp.csr_matrix:
    """Give vectors as the rows of one matrix."""
    ends = np.cumsum([0, *(len(where) for where, _ in vectors)])
    where: NDArray[np.int32] = np.concatenate([w for w, _ in vectors] or [np.empty(0, np.int32)])
    value: NDArray[np.float32] = np.concatenate([v for _, v in vectors] or [np.empty(0, np.float32)])
    return sp.csr_matrix((value, where, ends), shape=(len(vectors), WIDTH))


def _pairs(counts: Counts, words: tuple[str, ...], weight: float) -> None:
    for first, second in pairwise(words):
        pair = f"{first}_{second}"
        counts[pair] = counts.get(pair, 0.0) + weight


def _runs(word: str) -> Iterator[str]:
    marked = f"<{word}>"
    for size in (4, 5):
        for start in range(len(marked) - size + 1):
            yield "#" + marked[start : start + size]
