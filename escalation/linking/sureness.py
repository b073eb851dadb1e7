"""How sure is the first answer really? A second look at the chance that `fusion` gave it.

A logistic regression on a few views of that chance and on a record: how often each entry was right lately
when it stood first, beside what was promised then. It starts as the chance itself and moves only as far as
answers whose outcome became known ask for. It changes scores and never the order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from escalation.linking.fusion import Case, Fusion

HOLD = 2.0  # how much the views resist being heard at all
REMEMBERED = 1_500  # known outcomes that a fit looks at
FEWEST = 40  # known outcomes below which the chance stays as it is
HALF_LIFE = 150.0  # answers after which a record weighs half
_DOUBT = 3.0  # imagined answers that an entry's own record must outweigh
UNSAID = 0.8  # the most that a first answer gets whose telling signal is silent: it is asked, not filled in
_FADES = 0.98  # of a record with each new answer: some fifty count
_FAITH = 5.0  # imagined promises that were kept
_EDGE = 1e-4  # chances are kept so far from 0 and 1
_REACH = 3.0  # views beyond so many deviations say no more

Array = NDArray[np.float64]


@dataclass(slots=True)
class Standing:
    """What became of the answers that put one entry first, the newest counting most."""

    given: float = 0.0
    right: float = 0.0
    promised: float = 0.0
    at: int = 0

    def fade(self, now: int) -> None:
        """Let what is past count less."""
        kept = 0.5 ** ((now - self.at) / HALF_LIFE)
        self.given, self.right, self.promised = self.given * kept, self.right * kept, self.promised * kept
        self.at = now


@dataclass(slots=True)
class Sureness:
    """The record of first answers of one kind and what it teaches about the next."""

    said: int | None = None  # the signal that must speak, or a first answer is held to its like's record
    _kept: float = 0.0  # of answers first without it: how many were right, fading
    _promised: float = 0.0  # and how many were promised to be
    _standings: dict[int, Standing] = field(default_factory=dict)
    _given: float = 2.5  # all answers, fading; it starts as three right of five
    _right: float = 1.5
    _now: int = 0  # answers noted
    _fitted: int = 0  # of them at the last fit
    _views: list[Array] = field(default_factory=list)
    _hits: list[float] = field(default_factory=list)
    _weights: Array | None = None
    _middle: Array = field(default_factory=lambda: np.zeros(0))
    _spread: Array = field(default_factory=lambda: np.ones(0))

    def study(self, cases: Sequence[Case], fusion: Fusion) -> None:
        """Learn from ranked past items, oldest first."""
        for case, chances in zip(cases, fusion.unseen(cases), strict=True):
            self.note(case, chances)
        self.fit()

    def note(self, case: Case, chances: Array) -> None:
        """Take in what became of one answer, given before its outcome was known; `fit` learns from it."""
        if len(chances) < 2:
            return
        top = int(np.argmax(chances))
        place, promised, right = int(case.places[top]), float(chances[top]), float(case.right[top])
        view = self._view(place, chances)
        if self._is_unsaid(case.signals[top]):
            self._kept = self._kept * _FADES + right
            self._promised = self._promised * _FADES + self._raised(view)
        self._views.append(view)
        self._hits.append(right)
        self._now += 1
        own = self._standings.setdefault(place, Standing())
        own.fade(self._now)
        own.given, own.right, own.promised = own.given + 1.0, own.right + right, own.promised + promised
        self._given, self._right = self._given * 0.98 + 1.0, self._right * 0.98 + right

    def fit(self) -> None:
        """Weigh the views by the newest outcomes, once there are twice as many as at the last fit.

        Scores that move with every answer can't be compared with each other: the record is always
        current, its weights rest.
        """
        if self._now < max(FEWEST, 2 * self._fitted):
            return
        self._fitted = self._now
        del self._views[:-REMEMBERED], self._hits[:-REMEMBERED]
        views, hits = np.array(self._views), np.array(self._hits)
        self._middle, self._spread = views.mean(axis=0), views.std(axis=0) + 1e-9
        self._weights = _fitted(self._scaled(views), hits, start=views[:, 0])

    def adjust(
        self, places: NDArray[np.intp], chances: Array, signals: NDArray[np.float32] | None = None
    ) -> Array:
        """Give the first entry its true chance and share the rest among the others, in the same order."""
        if len(chances) < 2:
            return chances
        top = int(np.argmax(chances))
        unsaid = signals is not None and self._is_unsaid(signals[top])
        if self._weights is None and not unsaid:
            return chances
        sure = self._raised(self._view(int(places[top]), chances))
        if unsaid:
            sure = min(UNSAID, sure * (self._kept + _FAITH) / (self._promised + _FAITH), sure)
        shared: Array = np.minimum(chances * (1.0 - sure) / max(1.0 - chances[top], _EDGE), sure)
        shared[top] = sure
        return shared

    def _is_unsaid(self, signals: NDArray[np.float32]) -> bool:
        return self.said is not None and not signals[self.said]

    def _raised(self, view: Array) -> float:
        """Give the chance of the first answer as the views would have it."""
        raised = view[0]
        if self._weights is not None:
            raised += self._weights[0] + float(self._scaled(view) @ self._weights[1:])
        return float(1.0 / (1.0 + np.exp(-raised)))

    def _view(self, place: int, chances: Array) -> Array:
        """Give the log-odds of the first, its lead, the disorder of all; then its record and everybody's."""
        second, first = np.partition(chances, -2)[-2:]
        everybody = self._right / self._given
        own = self._standings.get(place)
        if own is None:
            record, surprise = everybody, 0.0
        else:
            own.fade(self._now)
            record = (own.right + _DOUBT * everybody) / (own.given + _DOUBT)
            surprise = (own.right - own.promised) / (own.given + 5.0)
        disorder = -float(chances @ np.log(chances + 1e-12))
        lead = float(np.log(max(first, _EDGE) / max(second, _EDGE)))
        return np.array([_odds(first), lead, disorder, _odds(record), surprise, _odds(everybody)])

    def _scaled(self, views: Array) -> Array:
        return np.asarray(np.clip((views - self._middle) / self._spread, -_REACH, _REACH))


def _odds(chance: float) -> float:
    kept = min(max(float(chance), _EDGE), 1.0 - _EDGE)
    return float(np.log(kept / (1.0 - kept)))


def _fitted(views: Array, hits: Array, *, start: Array) -> Array:
    """Find what to add to the log-odds ``start``: one constant and a weight for each view."""

    def loss(weights: Array) -> tuple[float, Array]:
        raised = start + weights[0] + views @ weights[1:]
        missed = 1.0 / (1.0 + np.exp(-raised)) - hits
        held = HOLD * float(weights[1:] @ weights[1:]) + 0.1 * float(weights[0] ** 2)
        slope = np.concatenate([[missed.sum() + 0.2 * weights[0]], views.T @ missed + 2 * HOLD * weights[1:]])
        return float((np.logaddexp(0.0, raised) - hits * raised).sum()) + held, slope

    found: Array = minimize(loss, np.zeros(views.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return found
