"""Does every line get its answer, whatever stands in it?"""

import json

import pytest

from escalation.capture.protocol import translate_answer
from escalation.extraction.protocol import extract_answer, prefill_answer
from escalation.management.answering import BadLine, answers

BROKEN = (
    "nonsense",
    "[1]",
    "null",
    '"text"',
    "{}",
    '{"id": 7}',
    "[" * 100_000,
    '{"id": 1, "text": 5}',
)


def shout(row):
    if not isinstance(row.get("text"), str):
        raise BadLine("text: it is a text.")
    return {"id": row["id"], "text": row["text"].upper()}


def test_each_line_is_answered_in_order_and_a_blank_one_is_no_line():
    said = ['{"id": 1, "text": "löschen"}', "", "  \n", '{"id": 2, "text": "x"}']

    assert list(answers(said, shout)) == ['{"id": 1, "text": "LÖSCHEN"}', '{"id": 2, "text": "X"}']


@pytest.mark.parametrize("answer", [shout, extract_answer, prefill_answer, translate_answer])
def test_a_broken_line_is_answered_with_its_error_and_the_next_one_is_read(answer):
    found = [json.loads(line) for line in answers(BROKEN, answer)]

    assert len(found) == len(BROKEN)
    assert [each["id"] for each in found] == [None, None, None, None, None, 7, None, 1]
    assert all(each["error"] for each in found)


def test_half_a_character_is_refused_and_not_written():
    (line,) = answers(['{"id": "\\ud800", "text": "x"}'], shout)

    assert line.isascii()
    assert "error" in json.loads(line)
