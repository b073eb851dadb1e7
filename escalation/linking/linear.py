"""Which entries do the words of a text point to, learned from all history at once?

Ridge regression, one output per entry that history names, solved by conjugate gradients in its dual form
(Saunders et al., 1998). A correction is one exact dual coordinate step: no refit, the next answer knows it.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from escalation.linking.features import WIDTH, Vector

PENALTY = 1.0
ROUNDS = 10  # measured: 8 rounds are as good as 25
NEWEST = 20_000  # items that a fit looks at: older ones no longer describe the house
COLUMNS = 256  # entries that get an output: the most frequent; the rest live on names and neighbours

Matrix = NDArray[np.float32]


class Linear:
    """One view's outputs for the columns (entries with history) of one kind."""

    def __init__(self) -> None:
        """Start without any column: every score is empty."""
        self.count = 0
        self._weights: Matrix = np.zeros((WIDTH, 0), np.float32)
        self._mean: Matrix = np.zeros(0, np.float32)

    def fit(self, rows: sp.csr_matrix, targets: Matrix, trust: Matrix) -> None:
        """Learn from vectors (items × slots), targets (items × columns) and each item's weight (0..1]."""
        self._mean = np.average(targets, axis=0, weights=trust).astype(np.float32)
        duals = _solve(rows, targets - self._mean, PENALTY / trust)
        self.count = targets.shape[1]
        self._weights = np.ascontiguousarray(rows.T @ duals, dtype=np.float32)

    def scores(self, vector: Vector) -> Matrix:
        """Give one score per column: about the share by which the text raises the entry's chance."""
        where, value = vector
        found: Matrix = value @ self._weights[where, : self.count]
        return found

    def step(self, vector: Vector, columns: list[int], *, count: int) -> None:
        """Learn one corrected item at once; ``count`` is the number of columns from now on."""
        self._widen(count)
        target = np.zeros(self.count, np.float32)
        target[columns] = 1.0
        self.lean(vector, target)

    def lean(self, vector: Vector, target: Matrix) -> None:
        """Move what a text scores towards a target for each column (1 for right, a chance for a guess)."""
        where, value = vector
        wanted = target - self._mean[: self.count]
        missing = (wanted - self.scores(vector)) / (float(value @ value) + PENALTY)
        # Two features in one slot: the later one wins here, which is as rare as it is harmless.
        self._weights[where, : self.count] += value[:, None] * missing

    def pull(self, vector: Vector, column: int) -> Matrix:
        """Give what each feature of the text adds to one column, in the vector's order: the reasons."""
        where, value = vector
        pulled: Matrix = value * self._weights[where, column]
        return pulled

    def _widen(self, count: int) -> None:
        room = self._weights.shape[1]
        if count > room:
            spare = np.zeros((WIDTH, max(16, count - room)), np.float32)
            self._weights = np.hstack([self._weights, spare])
        if count > len(self._mean):
            self._mean = np.concatenate([self._mean, np.zeros(count - len(self._mean), np.float32)])
        self.count = max(self.count, count)


def _solve(rows: sp.csr_matrix, wanted: Matrix, penalty: Matrix) -> Matrix:
    """Solve (rows · rowsᵀ + diag(penalty)) · duals = wanted for all columns together."""
    turned = rows.T.tocsr()
    duals = np.zeros_like(wanted, dtype=np.float32)
    rest = wanted.astype(np.float32)
    way = rest.copy()
    size = (rest * rest).sum(axis=0)
    for _ in range(ROUNDS):
        moved = rows @ (turned @ way) + penalty[:, None] * way
        reach = size / np.maximum((way * moved).sum(axis=0), 1e-12)
        duals += way * reach
        rest -= moved * reach
        left = (rest * rest).sum(axis=0)
        if float(left.max(initial=0.0)) < 1e-4:
            break
        way = rest + way * (left / np.maximum(size, 1e-12))
        size = left
    return duals
