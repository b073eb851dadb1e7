"""Which version is meant: said in the text, its line said, freshly out, or its line in use lately?

A text names the right version in fewer than half of all cases, so time does most of the work: people report
what was released shortly before, or what is about to be.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from escalation.linking.entries import CatalogEntry
from escalation.linking.words import Text

_NUMBER = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+){1,4})(?![\d])")
_FRESH_DAYS = 120.0
Array = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionSignals:
    """Arrays over all versions, 0 to 1 (``family_lately``: a logarithm)."""

    said: Array
    said_family: Array
    fresh: Array
    family_lately: Array


class Versions:
    """The numbers and release dates of the versions of a catalog."""

    def __init__(self, entries: Sequence[CatalogEntry]) -> None:
        """Read the numbers out of the names."""
        self.size = len(entries)
        self._numbers = [number(entry.name) for entry in entries]
        self._released = [_days(entry.released_at) for entry in entries]
        families = [n[:2] if n else (entry.name,) for n, entry in zip(self._numbers, entries, strict=True)]
        names = {family: place for place, family in enumerate(dict.fromkeys(families))}
        self._family = np.array([names[family] for family in families] or [0], np.intp)

    def signals(self, text: Text, *, at: datetime | None, lately: Array) -> VersionSignals:
        """Say how each version stands at a time; ``lately`` is what the tally says of each."""
        told = numbers(f"{text.title_line} {text.body_line}")
        said = np.zeros(self.size, np.float32)
        family = np.zeros(self.size, np.float32)
        for place, own in enumerate(self._numbers):
            if own and told:
                said[place] = float(own in told)
                family[place] = float(
                    any(own[: len(n)] == n or n[: len(own)] == own for n in told if n != own)
                )
        used = np.zeros(int(self._family.max(initial=0)) + 1)
        np.maximum.at(used, self._family[: self.size], lately)
        return VersionSignals(
            said=said,
            said_family=family,
            fresh=self._fresh(_days(at)),
            family_lately=used[self._family[: self.size]].astype(np.float32),
        )

    def _fresh(self, now: float | None) -> Array:
        if now is None:
            return np.zeros(self.size, np.float32)
        ages = [np.nan if day is None else now - day for day in self._released]
        closeness = [0.3 if np.isnan(a) else float(np.exp(-abs(a) / _FRESH_DAYS)) for a in ages]
        return np.array(closeness, np.float32)


def number(name: str) -> tuple[int, ...]:
    """Give the first version number in a name, without trailing zeros beyond the second part."""
    found = sorted(numbers(name), key=len, reverse=True)
    return found[0] if found else ()


def numbers(text: str) -> frozenset[tuple[int, ...]]:
    """Give all dotted numbers of a text, so that 2.0 and 2.0.0 are the same."""
    return frozenset(_plain(match.group(1)) for match in _NUMBER.finditer(text))


def _plain(written: str) -> tuple[int, ...]:
    found = [int(part) for part in written.split(".") if len(part) < 9]
    while len(found) > 2 and found[-1] == 0:
        found.pop()
    return tuple(found)


def _days(at: datetime | None) -> float | None:
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() / 86400.0
