"""Has something got worse that nobody changed? Two stretches of time are compared, by a stated test. Pure.

Shares by the pooled two-proportion test (NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3), spans by
the rank sum of Mann and Whitney (Annals of Mathematical Statistics 18, 1947) with the normal approximation.
Both alarm at three standard errors, Shewhart's limit: by chance once in 740 looks. What is certain but small
is no finding either: ``LEAST_SHARE`` and ``LEAST_LAG_S`` are what a person would notice. Since when: the turn
of the cumulative sum of differences from before (Page, Biometrika 41, 1954).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import median

import numpy as np

LATELY = timedelta(days=14)
BEFORE = timedelta(days=56)
ENOUGH = 30  # of each stretch; below, the normal approximation promises nothing
SIGMAS = 3.0
LEAST_SHARE = 0.05
LEAST_LAG_S = 10.0
LEAST_GROWTH = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One thing that was looked at: 1 or 0 for yes and no, or seconds."""

    at: datetime
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """What got worse: share or median before and lately, of how many, how surely, and since when."""

    before: float
    lately: float
    before_n: int
    lately_n: int
    sigmas: float
    since: datetime


def more_often(seen: Sequence[Seen], *, now: datetime) -> Trend | None:
    """This will say whether yes has become more frequent; None where it has not, or too little was seen."""
    before, lately = _stretches(seen, now)
    if min(len(before), len(lately)) < ENOUGH:
        return None
    old, new = (sum(each.value for each in stretch) / len(stretch) for stretch in (before, lately))
    pooled = sum(each.value for each in (*before, *lately)) / (len(before) + len(lately))
    error = sqrt(pooled * (1 - pooled) * (1 / len(before) + 1 / len(lately)))
    sigmas = (new - old) / error if error else 0.0
    if sigmas < SIGMAS or new - old < LEAST_SHARE:
        return None
    return _trend(before, lately, old, new, sigmas)


def longer(seen: Sequence[Seen], *, now: datetime) -> Trend | None:
    """This will say whether spans have become longer: their median doubled at least, and by ten seconds."""
    before, lately = _stretches(seen, now)
    if min(len(before), len(lately)) < ENOUGH:
        return None
    old, new = (median(each.value for each in stretch) for stretch in (before, lately))
    sigmas = _rank_sum([each.value for each in before], [each.value for each in lately])
    if sigmas < SIGMAS or new < old * LEAST_GROWTH or new - old < LEAST_LAG_S:
        return None
    return _trend(before, lately, old, new, sigmas)


def _stretches(seen: Sequence[Seen], now: datetime) -> tuple[list[Seen], list[Seen]]:
    turn = now - LATELY
    lately = sorted((each for each in seen if turn <= each.at <= now), key=lambda each: each.at)
    return [each for each in seen if turn - BEFORE <= each.at < turn], lately


def _trend(before: list[Seen], lately: list[Seen], old: float, new: float, sigmas: float) -> Trend:
    return Trend(
        before=old,
        lately=new,
        before_n=len(before),
        lately_n=len(lately),
        sigmas=sigmas,
        since=_since(lately, (old + new) / 2),
    )


def _since(lately: list[Seen], middle: float) -> datetime:
    """The first after the lowest point of the sum: until there it went as before."""
    lowest, total, first = 0.0, 0.0, lately[0].at
    for place, each in enumerate(lately[:-1]):
        total += each.value - middle
        if total < lowest:
            lowest, first = total, lately[place + 1].at
    return first


def _rank_sum(old: list[float], new: list[float]) -> float:
    """How many standard errors the ranks of the new lie above chance; ties share their rank."""
    values = np.array([*old, *new])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    n, m, whole = len(old), len(new), len(values)
    above = float(ranks[n:].sum()) - m * (m + 1) / 2
    ties = float((counts.astype(float) ** 3 - counts).sum()) / (whole * (whole - 1))
    error = sqrt(n * m / 12 * (whole + 1 - ties))
    return (above - n * m / 2) / error if error else 0.0
