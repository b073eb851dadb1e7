"""How like the middle of an entry's past items is a text? Exact after every item, no fit needed."""

import numpy as np
from numpy.typing import NDArray

from escalation.linking.features import WIDTH, Vector


class Centroids:
    """Sums of unit vectors per column."""

    def __init__(self) -> None:
        """Start without any column."""
        self._sums = np.zeros((WIDTH, 0), np.float32)
        self._squares = np.zeros(0)

    def scores(self, vector: Vector) -> NDArray[np.float32]:
        """Give the cosine between a text and each column's middle."""
        where, value = vector
        found = (value @ self._sums[where]) / np.sqrt(np.maximum(self._squares, 1e-9))
        return np.asarray(found, np.float32)

    def add(self, vector: Vector, columns: list[int], *, count: int) -> None:
        """Take one item into the middle of its columns; ``count`` is the number of columns from now on."""
        if count > len(self._squares):
            spare = max(16, count - len(self._squares))
            self._sums = np.hstack([self._sums, np.zeros((WIDTH, spare), np.float32)])
            self._squares = np.concatenate([self._squares, np.zeros(spare)])
        where, value = vector
        length = float(value @ value)
        for column in columns:
            self._squares[column] += 2.0 * float(value @ self._sums[where, column]) + length
            self._sums[where, column] += value
