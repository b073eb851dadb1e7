"""How are figures taken and printed? One JSON line for each: what, how much, beside what it is held against.

A figure alone says little on somebody else's machine. Each can carry a ``baseline``, the physical limit
measured in the same run on the same machine, and then a ``ratio`` to it; and a ``limit``, what was promised,
and then whether it ``holds``.
"""

import gc
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter
from typing import Any, Protocol


class Writes(Protocol):
    """Where lines go: a command's standard output."""

    def write(self, text: str, /) -> Any:
        """Write one line."""

    def flush(self) -> Any:
        """Let it be seen."""


class Promise(StrEnum):
    """What the limit is put on, and in which direction."""

    AT_MOST = "value_at_most"
    AT_LEAST = "value_at_least"
    RATIO_AT_MOST = "ratio_at_most"
    RATIO_AT_LEAST = "ratio_at_least"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One figure."""

    name: str
    value: float
    unit: str
    baseline: float | None = None  # in the same unit, from the same run
    limit: float | None = None
    promise: Promise = Promise.AT_MOST

    @property
    def ratio(self) -> float | None:
        """How often the baseline fits into the figure."""
        return self.value / self.baseline if self.baseline else None

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where none was set or the baseline is missing."""
        ratio_counts = self.promise in {Promise.RATIO_AT_MOST, Promise.RATIO_AT_LEAST}
        judged = self.ratio if ratio_counts else self.value
        if self.limit is None or judged is None:
            return None
        at_most = self.promise in {Promise.AT_MOST, Promise.RATIO_AT_MOST}
        return judged <= self.limit if at_most else judged >= self.limit

    def as_json(self) -> str:
        """One line for people and for programs."""
        said: dict[str, Any] = {"name": self.name, "value": round(self.value, 3), "unit": self.unit}
        if self.baseline is not None and self.ratio is not None:
            said |= {"baseline": round(self.baseline, 3), "ratio": round(self.ratio, 3)}
        if self.limit is not None:
            said |= {"limit": self.limit, "limit_on": self.promise.value, "holds": self.holds}
        return json.dumps(said)


class Sheet:
    """The figures of one run, each printed as soon as it is known."""

    def __init__(self, out: Writes) -> None:
        """Print to ``out``."""
        self._out = out
        self.told: list[Measured] = []

    def tell(self, figure: Measured) -> None:
        """This will print the figure and keep it."""
        self.told.append(figure)
        self._out.write(figure.as_json() + "\n")
        self._out.flush()

    @property
    def broken(self) -> tuple[Measured, ...]:
        """The figures whose limit is not kept."""
        return tuple(each for each in self.told if each.holds is False)


def timed(call: Callable[[], Any], *, times: int, warm: int = 3) -> list[float]:
    """This will call it that often, after some calls that do not count, and return milliseconds each."""
    for _ in range(warm):
        call()
    gc.collect()
    taken = []
    for _ in range(times):
        start = perf_counter()
        call()
        taken.append(1000 * (perf_counter() - start))
    return taken


def alternately(calls: Sequence[Callable[[], Any]], *, times: int, warm: int = 3) -> list[list[float]]:
    """This will time several calls turn by turn, so that a busy minute of the machine hits all of them."""
    for call in calls:
        for _ in range(warm):
            call()
    gc.collect()
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(times):
        for place, call in enumerate(calls):
            start = perf_counter()
            call()
            taken[place].append(1000 * (perf_counter() - start))
    return taken


def percentile(values: Iterable[float], share: float) -> float:
    """This will return the value below which that share lies, interpolated; raises where there is none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("Nothing was measured.")
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
