"""`manage.py train_reading`: learn again which part a sentence belongs to.

Reads `fixtures/training/reading.tsv`, writes `escalation/extraction/learned.json`. Needed after a change of
the sentences, of a cue or of `extraction/features.py`; `eval_extract` tells whether it was for the better.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from escalation.extraction.cues import votes
from escalation.extraction.entities import entities
from escalation.extraction.features import features
from escalation.extraction.learned import SCALE
from escalation.extraction.reading import strip_address

SEEN = 2  # a pair of words counts when it was seen twice; single words always do
SMALLEST = 3  # hundredths; smaller weights change nothing


class Command(BaseCommand):
    """Trains on our own sentences only."""

    help = "Learns from fixtures/training/reading.tsv which part a sentence belongs to."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read, fit, write."""
        rows = list(_rows(settings.BASE_DIR / "fixtures" / "training" / "reading.tsv"))
        described = [features_of(speaker, text) for _, speaker, text in rows]
        counts = Counter(name for found in described for name in found)
        kept = [
            {
                name: value
                for name, value in found.items()
                if not name.startswith("b ") or counts[name] >= SEEN
            }
            for found in described
        ]
        vectorizer = DictVectorizer()
        fitted = LogisticRegression(C=2.0, max_iter=1000).fit(
            vectorizer.fit_transform(kept), [part for part, _, _ in rows]
        )
        target = settings.BASE_DIR / "escalation" / "extraction" / "learned.json"
        target.write_text(_written(vectorizer, fitted), encoding="utf-8")
        self.stdout.write(f"Learned from {len(rows)} sentences, {len(vectorizer.vocabulary_)} features.")


def features_of(speaker: str, text: str) -> dict[str, float]:
    """This will describe a sentence as `reading` does."""
    body = strip_address(text)
    kinds = {entity.kind for entity in entities(text)}
    return features(body, speaker=speaker, votes=votes(body), kinds=kinds)


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            part, speaker, text = line.split("\t")
            yield part, speaker, text


def _written(vectorizer: Any, fitted: Any) -> str:
    """One feature a line, in the order of the alphabet, so that a change can be read."""
    names = vectorizer.get_feature_names_out()
    rows = {
        str(name): [round(float(weight) * SCALE) for weight in fitted.coef_[:, column]]
        for column, name in enumerate(names)
    }
    told = {name: row for name, row in rows.items() if max(map(abs, row)) >= SMALLEST}
    weights = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(told[name])}" for name in sorted(told)
    )
    bias = json.dumps([round(float(value) * SCALE) for value in fitted.intercept_])
    classes = json.dumps([str(name) for name in fitted.classes_])
    return f'{{"classes": {classes},\n"bias": {bias},\n"weights": {{\n{weights}\n}}}}\n'
