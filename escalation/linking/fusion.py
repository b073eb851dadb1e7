"""How do the signals together become one probability per entry?

A conditional logit (McFadden, 1974): softmax over the candidates of a text. Its weights start at hand-set
values and move only as far as past items, each ranked by what was known before it, ask for. The
temperature keeps the scores honest: it is fitted on items that the weights have not seen, and never
sharpens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from escalation.linking.signals import START

HOLD = 20.0  # how many items' worth the starting weights resist
SMALLEST = 12  # fewer ranked items than this say nothing
DRIFT = 1.15  # tomorrow differs from yesterday: fitted certainty is always a little too high
COLD_TEMPERATURE = 1.0
FOLDS = 4  # parts of the past, each judged by weights fitted on the others

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One ranked past item: its candidates, their signals (candidates × signals), which were right."""

    places: NDArray[np.intp]
    signals: NDArray[np.float32]
    right: NDArray[np.bool_]


@dataclass(slots=True)
class Fusion:
    """The weights of one kind."""

    start: Array = field(default_factory=START.copy)
    weights: Array = field(init=False)
    _before: Array = field(init=False)  # fitted on the older part only, for the temperature
    temperature: float = COLD_TEMPERATURE

    def __post_init__(self) -> None:
        """Begin with the starting weights."""
        self.weights = self.start.copy()
        self._before = self.start.copy()

    def probabilities(self, signals: NDArray[np.float32]) -> Array:
        """Give each candidate's chance to be right (sum 1)."""
        return _softmax(signals @ self.weights / self.temperature)

    def fit(self, cases: Sequence[Case]) -> None:
        """Learn from past items, oldest first."""
        usable = [case for case in cases if _tells(case)]
        if len(usable) < SMALLEST:
            return
        split = int(len(usable) * 0.7)
        # A refit goes on from the last one: a few steps instead of a whole way.
        self._before = _fitted(usable[:split], self.start, since=self._before)
        self.temperature = DRIFT * _temperature(usable[split:], self._before)
        self.weights = _fitted(usable, self.start, since=self.weights)

    def unseen(self, cases: Sequence[Case]) -> list[Array]:
        """Give past items' chances by weights that have not seen them."""
        fold = [place * FOLDS // max(1, len(cases)) for place in range(len(cases))]
        found: list[Array] = []
        for number in sorted(set(fold)):
            known = [c for c, f in zip(cases, fold, strict=True) if f != number and _tells(c)]
            weights = _fitted(known, self.start) if len(known) >= SMALLEST else self.start
            mine = (c for c, f in zip(cases, fold, strict=True) if f == number)
            found += [_softmax(case.signals @ weights / self.temperature) for case in mine]
        return found


def _tells(case: Case) -> bool:
    return bool(case.right.any() and not case.right.all())


def _softmax(values: Array) -> Array:
    raised = np.exp(values - values.max())
    shares: Array = raised / raised.sum()
    return shares


def _fitted(cases: Sequence[Case], start: Array, *, since: Array | None = None) -> Array:
    signals = np.concatenate([case.signals for case in cases]).astype(np.float64)
    right = np.concatenate([case.right for case in cases]).astype(np.float64)
    sizes = np.array([len(case.right) for case in cases])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def shares(raised: Array) -> Array:
        return np.asarray(raised / np.repeat(np.maximum(np.add.reduceat(raised, first), 1e-300), sizes))

    def loss(weights: Array) -> tuple[float, Array]:
        values = signals @ weights
        raised = np.exp(values - np.repeat(np.maximum.reduceat(values, first), sizes))
        chance = shares(raised)
        hit = np.maximum(np.add.reduceat(chance * right, first), 1e-300)
        slope = signals.T @ (chance - shares(np.maximum(raised * right, 1e-300 * right)))
        away = weights - start
        return float(-np.log(hit).sum() + HOLD * away @ away), slope + 2 * HOLD * away

    found: Array = minimize(
        loss, start if since is None else since, jac=True, method="L-BFGS-B", options={"maxiter": 60}
    ).x
    return found


def _temperature(cases: Sequence[Case], weights: Array) -> float:
    """Find the temperature, 1 or more, under which unseen items were least surprising."""
    values = np.concatenate([case.signals @ weights for case in cases])
    right = np.concatenate([case.right for case in cases])
    sizes = np.array([len(case.right) for case in cases])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    values -= np.repeat(np.maximum.reduceat(values, first), sizes)

    def surprise(temperature: float) -> float:
        # Ten imagined items at 1.15 steady a short history.
        held = 10.0 * (np.log(temperature) - np.log(1.15)) ** 2
        raised = np.exp(values / temperature)
        hit = np.add.reduceat(raised * right, first) / np.add.reduceat(raised, first)
        return float(held - np.log(np.maximum(hit, 1e-12)).sum())

    grid = np.linspace(1.0, 2.5, 16)
    return float(grid[int(np.argmin([surprise(float(t)) for t in grid]))])
