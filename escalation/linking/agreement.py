"""Is a past item about what a text is about, going by the entries it belonged to?

Two reports of the same trouble may share few words and still belong to the same component: people who mark
duplicates agree on it nine times in ten. What the text belongs to is not known yet, so each entry counts by
its chance.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from escalation.linking.entries import EntryKind
from escalation.linking.history import Places
from escalation.linking.question import Question
from escalation.linking.shelf import Shelf

# Versions and changes pass; the same trouble comes back in the next one.
_PASSING = frozenset({EntryKind.VERSION, EntryKind.CHANGE})
_LEAST = 0.05  # chance that the same trouble was filed under something quite different
_UNKNOWN = 0.3  # what an item counts that belongs to nothing of the kind
_SHARP, _HABIT = 6.0, 0.3  # as the fusion starts: the regression's scale, and how much frequency adds


def agreement(shelves: Iterable[Shelf], question: Question, items: Places) -> NDArray[np.float64]:
    """Give a logarithm for each past item: high where its entries are likely this text's entries too.

    Several kinds of entries count as their mean; all 0 as long as nothing was learned.
    """
    found = [
        _of_one(shelf, question, items)
        for shelf in shelves
        if shelf.kind not in _PASSING and shelf.linear[0].count
    ]
    return np.mean(found, axis=0) if found else np.zeros(len(items))


def _of_one(shelf: Shelf, question: Question, items: Places) -> NDArray[np.float64]:
    scores = shelf.linear[0].scores(question.vectors[0]).astype(np.float64)
    places = np.fromiter(shelf.columns, np.intp, len(shelf.columns))[: len(scores)]
    raised = _SHARP * scores + _HABIT * shelf.tally.often(places)
    chances = np.exp(raised - raised.max())
    chances /= chances.sum()
    chance = dict(zip(places.tolist(), chances.tolist(), strict=True))
    labels = (shelf.labels_of(item) for item in items.tolist())
    shared = [sum(chance.get(place, 0.0) for place in own) if own else _UNKNOWN for own in labels]
    return np.log(_LEAST + np.array(shared))
