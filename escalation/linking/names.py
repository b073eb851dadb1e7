"""Which entries does a text call by name, in full, in part or by another word for the same thing?

Works from the first handoff on: it needs the catalog and no history. One inverted index over names and
aliases, one over descriptions; work is bounded by ``BUDGET``, rarest words first, however large the
catalog.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

import numpy as np
from numpy.typing import NDArray

from escalation.linking import concepts
from escalation.linking.entries import CatalogEntry
from escalation.linking.words import Text, line, stem, words

BUDGET = 25_000
_PREFIX = 4  # letters that must agree before a part of a word counts
_REMEMBERED = 20_000  # words that were typed, with the names that begin so
_MANY = 20  # names that one word may begin: more than that, and it tells them apart no more
_PART = 0.7  # what such a part is worth
# Endings that names glue to a word: ioslib is the library for ios.
_GLUED = ("lib", "box", "kit", "gui", "app", "api", "svc", "service", "server", "db", "io")

# Words that stand in reports about anything: a name made of them alone is hardly meant in passing.
_COMMON = frozenset(
    words(
        "test release client server service system user data file application app web page build core"
        " master main model report support tool other general common base runtime code function project"
        " work request issue problem error update version default"
    )
)
_IN_PASSING = 0.4
# Names of the place where everything goes that fits nowhere else.
_CATCH_ALL = frozenset(words("core general main base common platform runtime other misc all"))

Array = NDArray[np.float32]
_Posting = tuple[NDArray[np.int32], Array]


@dataclass(frozen=True, kw_only=True, slots=True)
class NameMatch:
    """How far each entry is named: arrays over all entries of the kind, each value 0 to 1."""

    title: Array
    body: Array
    description: Array
    concept_title: Array
    concept_body: Array


class Names:
    """The names, aliases and descriptions of the entries of one kind."""

    def __init__(self, entries: Sequence[CatalogEntry], *, rarity: Callable[[str], float]) -> None:
        """Index entries; ``rarity`` says how much a word is worth in this company's texts."""
        self.size = len(entries)
        self._matched: tuple[Text, NameMatch] | None = None
        self.phrases = [tuple(line(n) for n in (e.name, *e.aliases) if n.strip()) for e in entries]
        spread = Counter(w for e in entries for w in set(words(e.name)))

        def worth(word: str) -> float:  # a word in every name of the catalog tells nothing
            return rarity(word) / math.sqrt(max(1, spread[word]))

        rows = [(place, row) for place, entry in enumerate(entries) for row in _rows(entry)]
        own = [set(words(entry.name)) for entry in entries]
        self.catch_all = np.array([bool(w & _CATCH_ALL) / max(1, len(w)) for w in own], np.float32)
        self._passing = np.array([_IN_PASSING if w <= _COMMON else 1.0 for w in own], np.float32)
        self._owner = np.array([place for place, _ in rows] or [0], np.int32)
        self._named = _postings((row for _, row in rows), worth=worth)
        told = (tuple(dict.fromkeys(words(e.description, limit=60))) for e in entries)
        self._told = _postings(told, worth=rarity)
        self._prefixes: dict[str, list[str]] = defaultdict(list)
        for word in self._named:
            for size in range(max(_PREFIX, (len(word) + 1) // 2), len(word)):
                self._prefixes[word[:size]].append(word)
        self._parts: dict[str, tuple[str, ...]] = {}
        self._concepts = _postings(
            (_concepts(e.name) for e in entries),
            worth=lambda _: 1.0,
        )

    def match(self, text: Text) -> NameMatch:
        """Say how far each entry is named in the title, in the body, and by its description or a concept."""
        if self._matched is None or self._matched[0] is not text:  # a lesson is ranked and then counted
            self._matched = (text, self._match(text))
        return self._matched[1]

    def _match(self, text: Text) -> NameMatch:
        title, body = self._spoken(text.title), self._spoken(text.body)
        plain = dict.fromkeys(text.title, 1.0) | {w: 0.3 for w in text.body if w not in text.title}
        return NameMatch(
            title=self._named_by(title),
            body=self._named_by(body) * self._passing,
            description=np.minimum(_collect(self._told, plain, self.size), 1.0),
            concept_title=_collect(self._concepts, _spoken_of(text.title, each=0.6), self.size),
            concept_body=_collect(self._concepts, _spoken_of(text.body, each=0.25), self.size),
        )

    def _named_by(self, spoken: dict[str, float]) -> Array:
        rows, shares = _affordable(self._named, spoken)
        found = np.zeros(self.size, np.float32)
        if len(rows):
            by_row = np.bincount(rows, weights=shares)
            np.maximum.at(found, self._owner[rows], by_row[rows].astype(np.float32))
        return np.minimum(found, 1.0)

    def _spoken(self, said: tuple[str, ...]) -> dict[str, float]:
        """Give the words of names that a text says, with 1 for the word itself and less for a part of it."""
        found: dict[str, float] = {}
        for first, second in zip_longest(said, said[1:], fillvalue=""):
            for word in (first, stem(first + second) if second else first):
                if word in self._named:
                    found[word] = 1.0
        for word in dict.fromkeys(said):
            for name in self._part_of(word):
                found.setdefault(name, _PART)
        return found

    def _part_of(self, word: str) -> tuple[str, ...]:
        """Give the words of names that begin as this does; each is looked up once while one is typing."""
        known = self._parts.get(word)
        if known is None:
            begun = (word[:size] for size in range(max(_PREFIX, (len(word) + 1) // 2), len(word)))
            known = (*self._prefixes.get(word, [])[:_MANY], *(w for w in begun if w in self._named))
            if len(self._parts) >= _REMEMBERED:
                self._parts.clear()
            self._parts[word] = known
        return known


def _rows(entry: CatalogEntry) -> Iterable[tuple[str, ...]]:
    """Give every way to say an entry's name: as written, its aliases, its glued parts, in one word."""
    for written in (entry.name, *entry.aliases):
        plain = tuple(dict.fromkeys(words(written)))
        yield plain
        parts = tuple(dict.fromkeys(p for word in written.replace("-", " ").split() for p in _unglued(word)))
        if parts and parts != plain:
            yield parts
        if len(plain) > 1 and sum(map(len, plain)) <= 16:
            yield (stem("".join(plain)),)


def _concepts(name: str) -> tuple[str, ...]:
    """Give the concepts a name stands for; a pair of words ("sign in") stands before the words in it."""
    said = words(name)
    known = concepts.by_name()
    paired = [c for pair in pairwise(said) for c in known.get("_".join(pair), ())]
    return tuple(str(concept) for concept in paired or [c for word in said for c in known.get(word, ())])


def _unglued(word: str) -> tuple[str, ...]:
    low = word.lower()
    for ending in _GLUED:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return (stem(low[: -len(ending)]), stem(ending))
    return words(word)


def _postings(rows: Iterable[tuple[str, ...]], *, worth: Callable[[str], float]) -> dict[str, _Posting]:
    """Invert rows of words: word → the rows that hold it and its share of each row's worth."""
    cached: dict[str, float] = {}
    places: dict[str, list[int]] = defaultdict(list)
    shares: dict[str, list[float]] = defaultdict(list)
    for place, row in enumerate(rows):
        for word in row:
            if word not in cached:
                cached[word] = worth(word)
        total = sum(cached[word] for word in row)
        for word in row:
            places[word].append(place)
            shares[word].append(cached[word] / total if total else 0.0)
    return {w: (np.array(places[w], np.int32), np.array(shares[w], np.float32)) for w in places}


def _collect(postings: dict[str, _Posting], spoken: Mapping[str, float], size: int) -> Array:
    rows, shares = _affordable(postings, spoken)
    if not len(rows):
        return np.zeros(size, np.float32)
    return np.bincount(rows, weights=shares, minlength=size).astype(np.float32)


def _affordable(postings: dict[str, _Posting], spoken: Mapping[str, float]) -> _Posting:
    """Give the rows that hold what is spoken, one by one with their shares, rarest words first."""
    found = [(posting, much) for word, much in spoken.items() if (posting := postings.get(word))]
    found.sort(key=lambda one: len(one[0][0]))
    spent = np.cumsum([len(posting[0]) for posting, _ in found])
    taken = found[: max(1, int(np.searchsorted(spent, BUDGET, side="right")))]
    if not taken:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    rows = np.concatenate([posting[0] for posting, _ in taken])
    return rows, np.concatenate([posting[1] * much for posting, much in taken])


# Every kind of entry is asked for the same text, one after the other.
@lru_cache(maxsize=8)
def _spoken_of(said: tuple[str, ...], *, each: float) -> Mapping[str, float]:
    """Give the concepts a text speaks of; more different words make it surer, never more than 1."""
    evidence: dict[int, set[str]] = defaultdict(set)
    for first, second in zip_longest(said, said[1:], fillvalue=""):
        for key in (first, f"{first}_{second}"):
            for concept in concepts.by_text().get(key, ()):
                evidence[concept].add(key)
    return {str(concept): 1.0 - (1.0 - each) ** len(keys) for concept, keys in evidence.items()}
