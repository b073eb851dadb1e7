"""What does a big company talk about? Hosts, services and items with made-up names, from a fixed seed.

Word frequencies fall as they do in language, so that an index of it works as hard as one of real texts.
"""

from collections.abc import Iterator

import numpy as np

from escalation.linking.entries import CatalogEntry, EntryKind, Example

KIND = EntryKind.CONFIGURATION_ITEM
_WORDS = 60_000
_TITLE, _BODY = 9, 110  # words: about the middle of what people write


class Invented:
    """A company of a given size: hosts and services with names, and items that say some of them."""

    def __init__(self, *, entries: int) -> None:
        """Make the catalog."""
        self._random = np.random.default_rng(20)
        self._words = [_word(number) for number in range(_WORDS)]
        self.catalog = tuple(self._entries(entries))

    def example(self, number: int) -> Example:
        """Make one item about one entry: its name's words now and then, other words otherwise."""
        place = int(len(self.catalog) * self._random.random() ** 3)
        entry = self.catalog[place]
        spoken = self._spoken(_TITLE + _BODY)
        if self._random.random() < 0.5:
            spoken[: 1 + number % 2] = entry.name.split("-")[: 1 + number % 2]
        text = f"{' '.join(spoken[:_TITLE])}\n{' '.join(spoken[_TITLE:])}"
        return Example(id=f"TICKET-{number}", text=text, entry_ids=(entry.id,))

    def _entries(self, count: int) -> Iterator[CatalogEntry]:
        for number in range(count):
            name = "-".join((*self._spoken(2), f"{number % 97:02d}"))
            yield CatalogEntry(
                id=f"ci-{number}",
                kind=KIND,
                name=name,
                description=" ".join(self._spoken(8)),
                hosts=(f"{name}-{number}.example.com",),
            )

    def _spoken(self, count: int) -> list[str]:
        # Zipf's law, cut off: the tenth word is said a tenth as often as the first.
        ranks = np.exp(self._random.random(count) * np.log(_WORDS)).astype(int) - 1
        return [self._words[rank] for rank in ranks]


def _word(number: int) -> str:
    syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()  # noqa: SIM905
    spelled = ""
    number += 400
    while number:
        number, rest = divmod(number, len(syllables))
        spelled += syllables[rest]
    return spelled
