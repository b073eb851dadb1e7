"""Is this issue already known: which past item is the same?

BM25 finds, then each find is weighed again: shared rare words, the titles side by side, an id that is named
outright, and how long ago it was. Answers that would fit anything score low.
"""

import math
import re
from datetime import datetime

from escalation.linking.entries import Example, Similar
from escalation.linking.history import History
from escalation.linking.question import Question
from escalation.linking.words import words

_ID = re.compile(r"\b[A-Za-z][A-Za-z0-9_]*-?\d+\b")
_YEARS_TO_FORGET = 3.0


def same_issue(raw: str, question: Question, *, history: History, limit: int) -> tuple[Similar, ...]:
    """Give past items with the chance that they are the same issue, best first."""
    named = {match.group().lower() for match in _ID.finditer(raw[:8000])}
    asked = set(question.text.title) | set(question.text.body)
    whole = sum(history.weight(word) for word in asked) or 1.0
    title = _weights(question.text.title, history)
    found = []
    for item, likeness in zip(question.items.tolist(), question.likeness.tolist(), strict=True):
        example = history.examples[item]
        other = words(example.text.partition("\n")[0][:300])
        alike = _cosine(title, _weights(other, history))
        outright = example.id.lower() in named
        value = (
            math.log1p(likeness)
            + 1.0 * alike
            - 0.3 * _years(question.at, example.at)
            + (100.0 if outright else 0.0)
        )
        score = 0.99 if outright else _chance(likeness / whole, alike)
        shared = sorted(asked & set(words(example.text)), key=lambda word: -history.weight(word))[:4]
        because = (f"{example.id} is named in the text",) if outright else ()
        found.append((value, Similar(example_id=example.id, score=score, because=(*because, *_said(shared)))))
    found.sort(key=lambda pair: -pair[0])
    return _falling([similar for _, similar in found[:limit]])


def _weights(said: tuple[str, ...], history: History) -> dict[str, float]:
    return {word: history.weight(word) for word in said}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    both = sum(weight * other[word] for word, weight in one.items() if word in other)
    size = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return both / size if size else 0.0


def _years(asked: datetime | None, past: datetime | None) -> float:
    if asked is None or past is None or (asked.tzinfo is None) != (past.tzinfo is None):
        return 0.0
    return min(abs((asked - past).days) / 365.0, _YEARS_TO_FORGET)


def _chance(coverage: float, alike: float) -> float:
    """Hand-set: half sure where half the text's worth in words is shared and the titles are alike."""
    return 1.0 / (1.0 + math.exp(3.0 - 2.0 * min(coverage, 2.0) - 3.0 * alike))


def _said(shared: list[str]) -> tuple[str, ...]:
    return ("shares: " + ", ".join(shared),) if shared else ()


def _falling(found: list[Similar]) -> tuple[Similar, ...]:
    """Keep scores from rising down the list: the order has seen more than the score."""
    ceiling = 1.0
    kept = []
    for similar in found:
        ceiling = min(ceiling, similar.score)
        kept.append(Similar(example_id=similar.example_id, score=ceiling, because=similar.because))
    return tuple(kept)
