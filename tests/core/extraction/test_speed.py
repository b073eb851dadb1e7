"""Hostile and huge texts cost time in proportion to their length, whatever they are made of.

The bounds are far above what is measured (see docs/extraction.md): they catch a pattern that explodes.
"""

import pytest

from escalation.extraction.entities import entities
from escalation.extraction.paste import conversation_from_text
from escalation.extraction.prefill import Prefill, prefill
from escalation.knowledge.state import Source
from tests.core.extraction.conversations import EASTERN, FINANCE_DASHBOARD, NOW, said, talk
from tests.pace import stays_within

LOG = "2026-09-29 04:11:12,001 ERROR org.example.Foo: failed on a.b.com 10.0.0.1 code 0x800f080d\n"
PIECES = [
    "a",
    "a.",
    "a-",
    "1.",
    " ",
    "'\"",
    "/a",
    "a:",
    "@",
    "http://",
    "E_",
    "error ",
    "0x",
    "\\",
    "> ",
    "\n",
]


def filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_no_run_of_characters_makes_a_pattern_explode(piece: str) -> None:
    text = filled(piece, 50_000)

    def work() -> None:
        entities(text)
        prefill(talk(said(text)))

    assert stays_within(work, seconds=2)


@pytest.mark.parametrize("piece", [LOG, "I tried it and it did not help. "], ids=["log", "prose"])
def test_a_million_characters_are_read_in_two_seconds(piece: str) -> None:
    text = filled(piece, 1_000_000)
    found: list[Prefill] = []

    def work() -> None:
        entities(text)
        found.append(prefill(talk(said(text))))

    assert stays_within(work, seconds=2)
    assert all(len(each.candidates) <= 80 for each in found)


def test_a_huge_paste_is_taken_apart_in_two_seconds() -> None:
    text = "Ana: no signal\nLeo: which floor?\n" * 6000
    source = Source(tool="text", reference="")

    assert stays_within(lambda: conversation_from_text(text, source=source, at=NOW, zone=EASTERN), seconds=2)


def test_an_ordinary_ticket_is_read_in_the_blink_of_an_eye() -> None:
    prefill(FINANCE_DASHBOARD)

    assert stays_within(lambda: [prefill(FINANCE_DASHBOARD) for _ in range(10)], seconds=0.5)
