"""What is looked up about a text once, whatever kinds of entries are then asked for?"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from escalation.linking import features
from escalation.linking.features import Counts, Vector
from escalation.linking.history import History
from escalation.linking.hosts import find_bare, find_hosts
from escalation.linking.words import Text, read

NEIGHBOURS = 60  # looked at, so that twenty remain that have an entry of the kind asked for
HOST_LIMIT = 20_000  # characters searched for hosts


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A text with its vectors, its nearest past items and the hosts it names."""

    text: Text
    at: datetime | None
    counts: tuple[Counts, Counts, Counts]
    plain: Vector  # of the whole text, before rarity and length
    vectors: tuple[Vector, Vector, Vector]
    items: NDArray[np.int64]
    likeness: NDArray[np.float64]
    hosts: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(slots=True)
class Rarity:
    """How rare each feature is, per view; kept as at the last fit, so that old and new scores agree."""

    weights: tuple[NDArray[np.float32], ...] = tuple(
        np.ones(features.WIDTH, np.float32) for _ in features.VIEWS
    )


def ask(raw: str, *, at: datetime | None, history: History, rarity: Rarity) -> Question:
    """Read a text and look it up in the history."""
    text = read(raw)
    counts = features.views(text)
    items, likeness = history.nearest(text, limit=NEIGHBOURS)
    plain = [features.slots(count) for count in counts]
    first, second, third = (
        features.unit(slots, weights) for slots, weights in zip(plain, rarity.weights, strict=True)
    )
    return Question(
        text=text,
        at=at,
        counts=counts,
        plain=plain[0],
        vectors=(first, second, third),
        items=items,
        likeness=likeness,
        hosts=find_hosts(raw[:HOST_LIMIT]),
        bare=find_bare(raw[:HOST_LIMIT]),
    )
