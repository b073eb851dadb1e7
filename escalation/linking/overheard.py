"""What do texts tell whose answer nobody gave?

A catalog without a history knows names alone. The first hundred texts teach it more than names: what is
said beside "Replication" (peer, sink, lag) points to it where the name is missing. Each text is kept with
the chances it was given, never with a choice made from them, and one ridge regression learns from those
(self-training, Scudder, 1965). It is a help for the first weeks only: it fades with every known answer
(``fading``) and is silent from ``ENOUGH`` on, because a guess must never outvote a person.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from escalation.linking import features
from escalation.linking.features import Vector, stacked
from escalation.linking.linear import Linear

FEWEST = 40  # texts below which they tell nothing
MOST = 1_000  # of the newest texts that a fit looks at
GROWTH = 1.5  # how many times as many texts make a new fit worth its time; between two fits it takes steps
HALF, ENOUGH = 50, 500  # known answers that halve what was overheard, and that end it
COLUMNS = 64  # entries that get an output: those that were likeliest

Array = NDArray[np.float32]
_Heard = tuple[Vector, NDArray[np.intp], Array]


def fading(known: int) -> float:
    """Give how much of it is heard, 0 to 1, when so many answers are known."""
    return HALF / (HALF + known) if known < ENOUGH else 0.0


class Overheard:
    """Texts with the chances that the entries of one kind were given."""

    def __init__(self) -> None:
        """Start with nothing heard."""
        self._heard: deque[_Heard] = deque(maxlen=MOST)
        self._total = 0
        self._fitted = 0
        self._columns: dict[int, int] = {}  # place → column
        self._linear = Linear()
        self._rarity = np.ones(features.WIDTH, np.float32)

    @property
    def speaks(self) -> bool:
        """Whether enough was heard."""
        return self._fitted > 0

    def hear(self, vector: Vector, places: NDArray[np.intp], chances: NDArray[np.float64]) -> None:
        """Take in one text: its plain ``vector`` (``features.slots``) and the chance of each place."""
        likely = np.flatnonzero(chances > 1.0 / 1000)
        self._heard.append((vector, places[likely], chances[likely].astype(np.float32)))
        self._total += 1
        if self._total >= max(FEWEST, GROWTH * self._fitted):
            self._fit()
        elif self._fitted:
            self._linear.lean(features.unit(vector, self._rarity), self._target(self._heard[-1]))

    def scores(self, vector: Vector, places: NDArray[np.intp]) -> Array:
        """Give by how much a text raises the chance of each place; 0 where nothing is known of it."""
        found = np.zeros(len(places), np.float32)
        if self._fitted:
            columns = np.array([self._columns.get(int(place), -1) for place in places], np.intp)
            raised = self._linear.scores(features.unit(vector, self._rarity))
            found[columns >= 0] = raised[columns[columns >= 0]]
        return found

    def _fit(self) -> None:
        self._fitted = self._total
        likely: dict[int, float] = {}
        seen = np.zeros(features.WIDTH, np.float32)
        for (where, _), places, chances in self._heard:
            seen[where] += 1.0
            for place, chance in zip(places.tolist(), chances.tolist(), strict=True):
                likely[place] = likely.get(place, 0.0) + chance
        best = sorted(likely, key=lambda place: (-likely[place], place))[:COLUMNS]
        self._columns = {place: column for column, place in enumerate(best)}
        self._rarity = features.rarity(seen, len(self._heard))
        rows = stacked([features.unit(vector, self._rarity) for vector, _, _ in self._heard])
        targets = np.stack([self._target(each) for each in self._heard])
        self._linear = Linear()
        self._linear.fit(rows, targets, np.ones(len(self._heard), np.float32))

    def _target(self, heard: _Heard) -> Array:
        target = np.zeros(len(self._columns), np.float32)
        _, places, chances = heard
        for place, chance in zip(places.tolist(), chances.tolist(), strict=True):
            column = self._columns.get(place)
            if column is not None:
                target[column] = chance
        return target
