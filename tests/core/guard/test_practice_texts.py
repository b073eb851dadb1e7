"""How often does the guard cry wolf on texts as people write them? Counted on the practice world."""

from pathlib import Path

from escalation.guard.phrases import empty_phrases
from escalation.guard.secrets import secrets

FOLDER = Path(__file__).resolve().parents[3] / "escalation" / "practice" / "world" / "data"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.txt"))]


def test_the_practice_texts_hold_next_to_nothing_that_is_taken_for_a_secret() -> None:
    found = [text[one.start : one.end] for text in TEXTS for one in secrets(text)]

    assert len(TEXTS) >= 15
    assert len(found) <= len(TEXTS) // 20, found  # none was found when this was written


def test_whole_conversations_are_hardly_ever_interrupted_by_a_hint() -> None:
    hints = [text[span.start : span.end] for text in TEXTS for span in empty_phrases(text)]

    assert len(hints) <= len(TEXTS) // 5, hints
