"""Is an empty phrase pointed at, and a full sentence left in peace?"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.guard.phrases import empty_phrases

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "eval" / "empty_phrases"


def labelled(part: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]


def figures(part: str) -> tuple[float, float]:
    hits = flagged = empty = 0
    for row in labelled(part):
        start = row["text"].find(row["empty"])
        end = start + len(row["empty"])
        spans = empty_phrases(row["text"])
        right = [span for span in spans if row["empty"] and span.start < end and start < span.end]
        flagged += len(spans)
        hits += len(right)
        empty += bool(row["empty"])
    return hits / flagged, hits / empty


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_the_hint_is_nearly_always_right_and_finds_most(part: str) -> None:
    precision, recall = figures(part)

    assert precision >= 0.9  # U17 asks for 0.8; 1.0 was measured on both parts
    assert recall >= 0.9


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("VPN not working. Please investigate.", ["not working", "Please investigate"]),
        ("VPN not working since 09:10. Please investigate.", ["Please investigate"]),
        ("Wie besprochen. Der Dienst startet nach dem Update nicht.", ["Wie besprochen"]),
        ("", []),
    ],
)
def test_the_span_is_exact(text: str, phrase: list[str]) -> None:
    assert [text[span.start : span.end] for span in empty_phrases(text)] == phrase


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_spans_stay_inside(text: str) -> None:
    for span in empty_phrases(text):
        assert 0 <= span.start < span.end <= len(text)
