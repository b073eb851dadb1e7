"""Do two people who read the same handoff answer alike, more than chance would have it? Pure.

Krippendorff's alpha for ordinal answers: it bears missing answers and any number of readers, and takes a
"no" against a "yes" more seriously than against a "partly". From 0.8 on answers can be relied on, from 0.667
on with reservations (K. Krippendorff, Content Analysis, 2nd ed. 2004, p. 241).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import krippendorff
import numpy as np

RELIABLE: Final = 0.8
TENTATIVE: Final = 0.667
ENOUGH: Final = 10  # handoffs that two have read; below it, one of them moves the figure too far


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """How far readers agree on one question."""

    alpha: float | None  # 1 always, 0 as by chance, below 0 less than that; None where it cannot be said
    read_twice: int  # handoffs with two answers or more
    same: int  # of which all answers are the same

    @property
    def words(self) -> str:
        """What that means."""
        if self.read_twice < ENOUGH:
            return f"said from {ENOUGH} handoffs on that two people have read"
        if self.alpha is None:
            return "all answers are the same: nothing to tell apart"
        if self.alpha >= RELIABLE:
            return "can be relied on"
        return "with reservations" if self.alpha >= TENTATIVE else "readers mean different things: talk"


def agreement(answers: Sequence[Mapping[int, int]]) -> Agreement:
    """This will compare; each mapping is one handoff's answers (0, 1, 2) by reader."""
    twice = [each for each in answers if len(each) > 1]
    same = sum(len(set(each.values())) == 1 for each in twice)
    values = {value for each in twice for value in each.values()}
    alpha = None
    if len(twice) >= ENOUGH and len(values) > 1:
        readers = sorted({reader for each in twice for reader in each})
        table = np.array([[each.get(reader, np.nan) for each in twice] for reader in readers], dtype=float)
        alpha = float(krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal"))
    return Agreement(alpha=alpha, read_twice=len(twice), same=same)
