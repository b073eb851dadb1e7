"""Is this issue already known: which past item is the same?

BM25 finds some, then each is weighed again: titles against titles and against bodies, rare words
shared, what it belonged to, how long ago it was (the same trouble comes back within weeks), an id that is
named outright. The weights are round numbers set by hand; docs/linking.md says how they were checked.
"""

import math
import re
from collections.abc import Callable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from escalation.linking.entries import Similar
from escalation.linking.history import History, Places, Profiles, terms
from escalation.linking.question import Question

FOUND = 130
_AGREEING = 0.4
_RARE = 5.0  # the BM25 weight from which a shared word is rare
_NONE = 2.0  # how fast "none of these" gains on a best find that shares less than half of what the text says
_LONG_AGO = 1000.0  # days, where a date is missing
_ID = re.compile(r"\b[A-Za-z][A-Za-z0-9_]*-?\d+\b")

Array = NDArray[np.float64]


def same_issue(
    raw: str,
    question: Question,
    *,
    history: History,
    limit: int,
    agreeing: Callable[[Places], Array] = lambda items: np.zeros(len(items)),
) -> tuple[Similar, ...]:
    """Give past items with the chance that they are the same issue, best first.

    ``agreeing`` says of items how far they belong to what the text belongs to (`agreement`).
    """
    named = {match.group().lower() for match in _ID.finditer(raw[:8000])}
    items, likeness = history.nearest(question.text, limit=FOUND)
    items, likeness = _with_named(items, likeness, named, history)
    if not len(items):
        return ()
    profiles = history.profiles(items)
    outright = np.array([history.examples[item].id.lower() in named for item in items.tolist()])
    values = _values(question, items, likeness, history=history, profiles=profiles)
    values += _AGREEING * agreeing(items)
    values[outright] += 20.0
    chances = _chances(values, question, likeness, history)
    found = []
    for row in np.lexsort((items, -values))[:limit].tolist():
        example = history.examples[int(items[row])]
        because = [f"{example.id} is named in the text"] if outright[row] else []
        if shared := _shared(question, profiles.words[profiles.owners == row], history):
            because.append("shares: " + ", ".join(shared))
        found.append(Similar(example_id=example.id, score=float(chances[row]), because=tuple(because)))
    return tuple(found)


def _with_named(items: Places, likeness: Array, named: set[str], history: History) -> tuple[Places, Array]:
    """Add the items whose ids the text names, whatever their words."""
    places = {history.places.get(name) for raw in named for name in (raw, raw.upper())} - {None}
    missing = [place for place in places if place is not None and place not in set(items.tolist())]
    more = np.array(sorted(missing), np.int64)
    return np.concatenate([items, more]), np.concatenate([likeness, np.zeros(len(more))])


def _values(
    question: Question, items: Places, likeness: Array, *, history: History, profiles: Profiles
) -> Array:
    title, body = (history.numbers(said) for said in (question.text.title, question.text.body))
    by_title = _Side(title, profiles, len(items), history)
    by_body = _Side(body, profiles, len(items), history)
    either = np.isin(profiles.words, np.union1d(title, body)) & (by_title.worth > _RARE)
    rare = np.bincount(profiles.owners[either], minlength=len(items))
    sizes = np.log((len(body) + 10.0) / (profiles.sizes + 10.0))
    values: Array = (
        3.6 * likeness / max(float(likeness.max()), 1e-9)
        + 2.0 * by_title.cosine(in_title=True)
        + 1.5 * by_title.cosine(in_title=False)
        + 3.0 * by_body.cosine(in_title=True)
        + 0.6 * np.log1p(rare)
        - 0.5 * np.log1p(_days(question.at, items, history))
        - 0.3 * np.abs(sizes)
    )
    return values


class _Side:
    """The title or the body of a text beside the words of many items."""

    def __init__(self, said: Places, profiles: Profiles, count: int, history: History) -> None:
        self.worth = history.weights(profiles.words)
        self._length = float((history.weights(said) ** 2).sum())
        self._hit = np.isin(profiles.words, said)
        self._profiles, self._count = profiles, count

    def cosine(self, *, in_title: bool) -> Array:
        """Give the cosine with each item's title or body."""
        part = self._profiles.in_title if in_title else ~self._profiles.in_title
        owners, squares = self._profiles.owners, self.worth**2
        length = np.bincount(owners[part], weights=squares[part], minlength=self._count)
        both = np.bincount(owners[part & self._hit], weights=squares[part & self._hit], minlength=self._count)
        return np.asarray(both / np.sqrt(np.maximum(length * self._length, 1e-9)))


def _days(asked: datetime | None, items: Places, history: History) -> Array:
    if asked is None:
        return np.full(len(items), _LONG_AGO)
    past = (history.examples[item].at for item in items.tolist())
    days = [_LONG_AGO if at is None else abs(asked.timestamp() - at.timestamp()) / 86400.0 for at in past]
    return np.array(days)


def _chances(values: Array, question: Question, likeness: Array, history: History) -> Array:
    """Share one chance among the finds; most texts are new, the more so the less they share with any."""
    worth = sum(history.weight(term) for term in terms(question.text))
    covered = float(likeness.max()) / max(worth, 1e-9)
    none = math.exp(_NONE * (1.0 - 2.0 * min(covered, 1.0)))
    raised = np.exp(values - values.max())
    return np.asarray(raised / (raised.sum() + none))


def _shared(question: Question, words: Places, history: History) -> list[str]:
    mine = set(words.tolist())
    said = dict.fromkeys((*question.text.title, *question.text.body))
    both = [word for word in said if (n := history.number(word)) is not None and n in mine]
    rarest = sorted(both, key=lambda word: -history.weight(word))[:4]
    return [question.text.written.get(word, word) for word in rarest]
