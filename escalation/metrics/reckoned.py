"""Which values are worth reckoning? Those that somebody looks at, each of them once. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")


class Reckoned(Mapping[str, V]):
    """Values under their keys, each reckoned when it is asked for: a table shows six of thirty."""

    def __init__(self, keys: Collection[str], reckon: Callable[[str], V]) -> None:
        """Take the keys there are, and how the value of one is found."""
        self._keys, self._reckon = keys, reckon
        self._known: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._known:
            if key not in self._keys:
                raise KeyError(key)
            self._known[key] = self._reckon(key)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
