"""How often was each entry right, lately and ever, and how far could its name be trusted?"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

LATELY = 100.0  # items after which a count weighs half
_NAMED = 0.99  # of a name must be said to count as said
_DOUBT = 4.0  # imagined items that an entry's own record must outweigh

Array = NDArray[np.float32]


class Tally:
    """Counts per entry of one kind."""

    def __init__(self, size: int) -> None:
        """Start with nothing counted."""
        self._ever = np.zeros(size)
        self._lately = np.zeros(size)
        self._now = 1.0
        self._said = np.zeros((2, size))  # title, body
        self._meant = np.zeros((2, size))

    def add(self, places: list[int], *, title: Array, body: Array) -> None:
        """Count one item that belongs to these entries; ``title`` and ``body`` say which names it said."""
        self.foresee(places)
        self.said(places, title=title, body=body)

    def foresee(self, places: list[int]) -> float:
        """Count that an item belongs to these entries, and nothing about names; gives what it weighs."""
        self._now *= 2.0 ** (1.0 / LATELY)
        if self._now > 1e12:
            self._lately /= self._now
            self._now = 1.0
        self._ever[places] += 1.0
        self._lately[places] += self._now
        return self._now

    def said(self, places: list[int], *, title: Array, body: Array) -> None:
        """Count which names an item said that belongs to these entries."""
        right = np.zeros(len(self._ever), bool)
        right[places] = True
        for row, said in enumerate((title, body)):
            named = np.flatnonzero(said >= _NAMED)
            self._said[row, named] += 1.0
            self._meant[row, named] += right[named]

    @contextmanager
    def without(self, places: list[int], weight: float) -> Iterator[None]:
        """Look at what was counted before an item that was foreseen with that weight."""
        ever, lately = self._ever[places], self._lately[places]
        self._ever[places] = np.maximum(ever - 1.0, 0.0)
        self._lately[places] = np.maximum(lately - weight, 0.0)
        try:
            yield
        finally:
            self._ever[places], self._lately[places] = ever, lately

    def count(self, places: list[int]) -> None:
        """Count an item of long ago: that it was, and nothing about names."""
        self._ever[places] += 1.0

    def move(self, gone: list[int], *, ever: float = 1.0) -> None:
        """Take back what a corrected item had counted before."""
        self._ever[gone] = np.maximum(self._ever[gone] - ever, 0.0)

    def often(self, places: NDArray[np.intp]) -> Array:
        """Give the logarithm of how often each entry was right, 0 for never."""
        return np.log1p(self._ever[places] / 0.3).astype(np.float32)

    def lately(self, places: NDArray[np.intp]) -> Array:
        """Give the same with the newest items counting most."""
        return np.log1p(self._lately[places] / self._now / 0.3).astype(np.float32)

    def most(self, count: int) -> NDArray[np.intp]:
        """Give the entries that were right most often and most often lately, those never right left out."""
        found = []
        for counts in (self._ever, self._lately):
            best = np.argpartition(-counts, min(count, len(counts)) - 1)[:count]
            found.append(best[counts[best] > 0])
        return np.unique(np.concatenate(found))

    def trust(self, places: NDArray[np.intp], said: Array, *, row: int) -> Array:
        """Give the log-odds that an entry is meant when its whole name is said: title row 0, body row 1."""
        general = (self._meant[row].sum() + 1.0) / (self._said[row].sum() + 2.0)
        chance = (self._meant[row, places] + _DOUBT * general) / (self._said[row, places] + _DOUBT)
        chance = np.clip(chance, 0.01, 0.99)
        odds = np.where(said >= _NAMED, np.log(chance / (1.0 - chance)), 0.0)
        return odds.astype(np.float32)
