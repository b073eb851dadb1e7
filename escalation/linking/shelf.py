"""How does everything known about the entries of one kind bear on one text?

A shelf turns a question into a table, candidates × signals, and takes in what a past item turned out to be.
It never decides: `fusion` does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.linking import signals
from escalation.linking.centroids import Centroids
from escalation.linking.entries import CatalogEntry, EntryKind, Example
from escalation.linking.features import Vector
from escalation.linking.fusion import Case, Fusion
from escalation.linking.history import History
from escalation.linking.hosts import find_hosts
from escalation.linking.linear import COLUMNS, Linear
from escalation.linking.names import NameMatch, Names
from escalation.linking.overheard import Overheard, fading
from escalation.linking.question import Question
from escalation.linking.sureness import Sureness
from escalation.linking.tally import Tally
from escalation.linking.versions import Versions
from escalation.linking.words import Text

ALL = 300  # entries up to which every one is a candidate
SHORTLIST = 60  # beyond that: so many by name, by words, by frequency
_NEAR = (20, 5)  # past items that vote

Voter = tuple[int, float, list[int]]  # a past item, its likeness, the places of its entries


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The candidates for a question (places on the shelf) and their scaled signals."""

    places: NDArray[np.intp]
    signals: NDArray[np.float32]
    hosts: dict[int, str]  # place → the host of its record that the text names
    voters: tuple[Voter, ...]  # the most similar past items that have an entry here, the nearest first


class Shelf:
    """The entries of one kind with all that was learned about them."""

    def __init__(self, kind: EntryKind, entries: Sequence[CatalogEntry], *, history: History) -> None:
        """Put entries on the shelf; ``history`` is shared by all shelves."""
        self.kind = kind
        self.entries = tuple(entries)
        self.places = {entry.id: place for place, entry in enumerate(entries)}
        self.columns: dict[int, int] = {}  # place → column of the learned models
        self.linear = (Linear(), Linear(), Linear())
        versions = kind is EntryKind.VERSION
        self.fusion = Fusion(start=signals.START_VERSIONS if versions else signals.START)
        # A version nobody wrote is first by habit alone, and habits end with every release.
        self.sureness = Sureness(said=signals.COLUMN["said"] if versions else None)
        self.tally = Tally(len(entries))
        self._history = history
        self._centroids = Centroids()
        self._overheard = Overheard()
        self._versions = Versions(entries) if kind is EntryKind.VERSION else None
        self._hosts = _host_index(entries)
        self.name(rarity=lambda _: 1.0)

    def name(self, *, rarity: Callable[[str], float]) -> None:
        """Index the names anew, words weighed by how rare they are in this company's texts."""
        self._names = Names(self.entries, rarity=rarity)

    def labels(self, example: Example) -> list[int]:
        """Give the places of the entries an item belongs to, as far as they are on this shelf."""
        return [place for entry in example.entry_ids if (place := self.places.get(entry)) is not None]

    def labels_of(self, item: int) -> list[int]:
        """Give the same of a past item by its place in the history."""
        return self.labels(self._history.examples[item])

    def open_columns(self, labels: Iterable[int]) -> list[int]:
        """Give the columns of these places, opening new ones while there is room."""
        found = []
        for place in labels:
            if place not in self.columns and len(self.columns) < COLUMNS:
                self.columns[place] = len(self.columns)
            if place in self.columns:
                found.append(self.columns[place])
        return found

    def take_in(self, text: Text, vector: Vector, labels: list[int], *, foreseen: bool = False) -> None:
        """Count one item that belongs to these places; ``vector`` is the view of the whole text."""
        match = self._names.match(text)
        count = self.tally.said if foreseen else self.tally.add
        count(labels, title=match.title, body=match.body)
        columns = self.open_columns(labels)
        self._centroids.add(vector, columns, count=len(self.columns))

    def step(self, question: Question, labels: list[int]) -> None:
        """Teach the regressions one item."""
        columns = self.open_columns(labels)
        for model, vector in zip(self.linear, question.vectors, strict=True):
            model.step(vector, columns, count=len(self.columns))

    @property
    def hears(self) -> bool:
        """Whether texts without an answer were enough to say something."""
        return self._overheard.speaks

    def overhear(self, question: Question, table: Table) -> None:
        """Keep a text whose answer nobody gave, with the chances it is given now."""
        self._overheard.hear(question.plain, table.places, self.fusion.probabilities(table.signals))

    def case(self, question: Question, labels: list[int]) -> Case:
        """Rank an item by what was known before it, for the fusion to learn from."""
        table = self.table(question)
        return Case(places=table.places, signals=table.signals, right=np.isin(table.places, labels))

    def table(self, question: Question) -> Table:
        """Give the candidates and their signals."""
        match = self._names.match(question.text)
        voters = self._voters(question, near=max(_NEAR))
        votes = [_votes(voters[:near]) for near in _NEAR]
        learned = [model.scores(v) for model, v in zip(self.linear, question.vectors, strict=True)]
        learned.append(self._centroids.scores(question.vectors[0])[: len(self.columns)])
        hosts = self._hosts_said(question)
        places = self._candidates(match, votes[0], learned[0], hosts)
        table = np.zeros((len(places), signals.WIDTH), np.float32)
        self._fill_learned(table, places, learned)
        self._fill_votes(table, places, votes)
        self._fill_names(table, places, match, question)
        if heard := fading(len(self._history.examples)):
            table[:, signals.COLUMN["overheard"]] = heard * self._overheard.scores(question.plain, places)
        for row, place in enumerate(places):
            if int(place) in hosts:
                table[row, signals.COLUMN["host"]] = 1.0
        if self._versions:
            lately = self.tally.lately(np.arange(len(self.entries)))
            told = self._versions.signals(question.text, at=question.at, lately=lately)
            for name in ("said", "said_family", "fresh", "family_lately"):
                table[:, signals.COLUMN[name]] = getattr(told, name)[places]
        table *= signals.SCALE.astype(np.float32)
        return Table(places=places, signals=table, hosts=hosts, voters=voters)

    def _voters(self, question: Question, *, near: int) -> tuple[Voter, ...]:
        found = []
        for item, likeness in zip(question.items.tolist(), question.likeness.tolist(), strict=True):
            if labels := self.labels(self._history.examples[item]):
                found.append((item, likeness, labels))
                if len(found) == near:
                    break
        return tuple(found)

    def past(self, item: int) -> str:
        """Say which past item it is: its title, or its id where it has none."""
        example = self._history.examples[item]
        return f"“{example.title}”" if example.title else example.id

    def _hosts_said(self, question: Question) -> dict[int, str]:
        if not self._hosts:
            return {}
        said = (*question.hosts, *question.bare)
        return {place: host for host in reversed(said) for place in self._hosts.get(host, ())}

    def _candidates(
        self, match: NameMatch, votes: dict[int, float], learned: NDArray[np.float32], hosts: dict[int, str]
    ) -> NDArray[np.intp]:
        size = len(self.entries)
        if size <= ALL:
            return np.arange(size)
        by_name = match.title * 2.0 + match.body + match.description
        by_concept = match.concept_title + match.concept_body
        chosen = [_best(by_name, SHORTLIST), _best(by_concept, SHORTLIST // 4), self.tally.most(SHORTLIST)]
        columns = np.fromiter(self.columns, np.intp, len(self.columns))[: len(learned)]
        if len(columns):
            chosen.append(columns[np.argsort(-learned)[:SHORTLIST]])
        chosen.append(np.fromiter((*votes, *list(hosts)[:SHORTLIST]), np.intp))
        return np.unique(np.concatenate(chosen))

    def _fill_learned(
        self, table: NDArray[np.float32], places: NDArray[np.intp], learned: list[NDArray[np.float32]]
    ) -> None:
        columns = np.array([self.columns.get(int(place), -1) for place in places], np.intp)
        for name, scores in zip(("whole", "title", "body", "centroid"), learned, strict=True):
            known = (columns >= 0) & (columns < len(scores))
            table[known, signals.COLUMN[name]] = scores[columns[known]]

    def _fill_votes(
        self, table: NDArray[np.float32], places: NDArray[np.intp], votes: list[dict[int, float]]
    ) -> None:
        for name, shares in zip(("neighbours", "nearest"), votes, strict=True):
            if shares:
                table[:, signals.COLUMN[name]] = [shares.get(int(place), 0.0) for place in places]
        table[:, signals.COLUMN["often"]] = self.tally.often(places)
        table[:, signals.COLUMN["lately"]] = self.tally.lately(places)

    def _fill_names(
        self, table: NDArray[np.float32], places: NDArray[np.intp], match: NameMatch, question: Question
    ) -> None:
        title, body = match.title[places], match.body[places]
        columns = signals.COLUMN
        table[:, columns["name_title"]], table[:, columns["name_body"]] = title, body
        table[:, columns["catch_all"]] = self._names.catch_all[places]
        table[:, columns["description"]] = match.description[places]
        table[:, columns["concept_title"]] = match.concept_title[places]
        table[:, columns["concept_body"]] = match.concept_body[places]
        table[:, columns["trust_title"]] = self.tally.trust(places, title, row=0)
        table[:, columns["trust_body"]] = self.tally.trust(places, body, row=1)
        for row in np.flatnonzero(np.maximum(title, body) > 0.5):
            phrases = self._names.phrases[int(places[row])]
            said = question.text.title_line, question.text.body_line
            table[row, columns["phrase_title"]] = any(phrase in said[0] for phrase in phrases)
            table[row, columns["phrase_body"]] = any(phrase in said[1] for phrase in phrases)
            table[row, columns["starts"]] = said[0].startswith(phrases)


def _votes(voters: Sequence[Voter]) -> dict[int, float]:
    votes: dict[int, float] = defaultdict(float)
    total = sum(likeness**2 for _, likeness, _ in voters)
    for _, likeness, labels in voters:
        for place in labels:
            votes[place] += likeness**2 / total / len(labels)
    return votes


def _best(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    best = np.argpartition(-values, min(count, len(values)) - 1)[:count]
    return best[values[best] > 0]


def _host_index(entries: Sequence[CatalogEntry]) -> dict[str, tuple[int, ...]]:
    """Map each host of a record to the places it stands in; a machine's bare name counts where unique."""
    found: dict[str, list[int]] = defaultdict(list)
    bare: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        record = " ".join((entry.name, entry.description, *entry.aliases))
        for host in dict.fromkeys((*(h.lower() for h in entry.hosts), *find_hosts(record))):
            found[host].append(place)
            first = host.split(".")[0]
            if len(first) >= 4 and not first.isdigit():
                bare[first].append(place)
    for first, places in bare.items():
        if first not in found and len(set(places)) == 1:
            found[first] = places[:1]
    return {host: tuple(places) for host, places in found.items()}
