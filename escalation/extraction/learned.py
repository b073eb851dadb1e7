"""What does experience with some two thousand sentences say about a sentence?

A multinomial logistic regression, trained by ``manage.py train_reading`` on sentences of our own
(``fixtures/training/reading.tsv``) and kept in ``learned.json``. It knows words that no cue lists;
alone it decides nothing: ``reading`` adds its opinion to the votes.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from escalation.knowledge.words import Part

NONE = "none"
SCALE = 100  # weights are kept as whole hundredths: the file stays small and its changes readable


def opinion(found: Mapping[str, float]) -> dict[Part, float]:
    """This will return, per part, how much more likely it is than no evidence at all (log odds)."""
    model = _model()
    totals = list(model["bias"])
    weights: Mapping[str, list[int]] = model["weights"]
    for name, value in found.items():
        row = weights.get(name)
        if row is not None:
            totals = [total + value * weight for total, weight in zip(totals, row, strict=True)]
    scores = dict(zip(model["classes"], totals, strict=True))
    return {part: (scores[part.value] - scores[NONE]) / SCALE for part in Part}


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    model: dict[str, Any] = json.loads((files(__package__) / "learned.json").read_text(encoding="utf-8"))
    return model
