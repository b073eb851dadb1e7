"""What speaks for an entry, and how much it counts before a company's own history has been heard?

One column per signal, each scaled so that one unit is a typical difference of two entries. The weights
are round numbers set by hand; `fusion` moves them to what the history shows. Order is the columns' order.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Signal(NamedTuple):
    """One column: its name, the factor that scales its raw value, and its weight without history."""

    name: str
    scale: float
    weight: float


SIGNALS: tuple[Signal, ...] = (
    # -- learned from history
    Signal("whole", 6.0, 0.5),  # ridge regression over all words
    Signal("title", 6.0, 0.45),  # the same over the title's words and parts of words
    Signal("body", 6.0, 0.25),
    Signal("centroid", 8.0, 0.5),  # likeness to the middle of the entry's past items
    Signal("neighbours", 5.0, 0.5),  # share among the twenty most similar past items
    Signal("nearest", 4.0, 0.1),  # share among the five most similar
    Signal("often", 1.0, 0.2),  # logarithm of how often it was right
    Signal("lately", 1.0, 0.25),  # the same, counting the newest hundred most
    # -- from the catalog alone
    Signal("name_title", 4.0, 0.6),  # how much of its name the title says
    Signal("name_body", 4.0, 0.3),
    Signal("phrase_title", 3.0, 0.3),  # the name word for word
    Signal("phrase_body", 3.0, 0.2),
    Signal("starts", 3.0, 0.7),  # the title begins with it: "[Shell] …", "Billing: …"
    Signal("description", 4.0, 0.8),
    Signal("concept_title", 3.0, 0.5),  # other words for the same thing
    Signal("concept_body", 3.0, 0.4),
    Signal("catch_all", 1.0, 0.7),  # the place for what fits nowhere else
    # -- how far its name could be trusted when it was said before
    Signal("trust_title", 1.0, 0.1),
    Signal("trust_body", 1.0, 0.0),
    # -- from texts without an answer
    Signal("overheard", 8.0, 1.0),  # its words stand where its name stood in other texts
    # -- hosts
    Signal("host", 10.0, 1.0),  # a host of its record stands in the text
    # -- versions only
    Signal("said", 5.0, 0.8),  # its number stands in the text
    Signal("said_family", 3.0, 0.5),  # 1.8 for 1.8.10
    Signal("fresh", 2.0, 0.5),  # released shortly before, or not yet
    Signal("family_lately", 1.0, 0.3),  # its line of versions was right lately
)
WIDTH = len(SIGNALS)
SCALE: NDArray[np.float64] = np.array([signal.scale for signal in SIGNALS])
START: NDArray[np.float64] = np.array([signal.weight for signal in SIGNALS])
# Versions come and go: what was right lately and what is just out speaks louder than any word.
_FOR_VERSIONS = {
    "whole": 0.3,
    "title": 0.1,
    "body": 0.1,
    "centroid": 0.0,
    "neighbours": 0.2,
    "nearest": 0.0,
    "often": -0.6,
    "lately": 1.0,
    "name_title": 0.2,
    "name_body": 0.0,
    "fresh": 1.8,
    "family_lately": 0.4,
}
START_VERSIONS: NDArray[np.float64] = np.array([_FOR_VERSIONS.get(s.name, s.weight) for s in SIGNALS])
COLUMN = {signal.name: place for place, signal in enumerate(SIGNALS)}
# What is 0 as long as nothing was learned.
FROM_HISTORY = [COLUMN[name] for name in ("whole", "title", "body", "centroid", "neighbours", "nearest")]
FROM_HISTORY += [COLUMN[name] for name in ("often", "lately", "family_lately")]
