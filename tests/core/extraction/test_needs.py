"""Gating spares work and never changes what is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.cues import CUES
from escalation.extraction.entities import RULES
from escalation.extraction.needs import may_match, needs, pieces

WORDS = """
I we tried restarted the server and it did not help error 0x80070005 please call me at 9am ET since Friday
12/05/2024 version 3.4.1 of Chrome on Windows 11 is fine maybe because CHG0012345 10.1.2.3:8080 can't open
https://a.example.com/x ERR_FAILED "Access denied" funktioniert nicht dringend urgent customers waiting
probably caused by ping db-prod-02 @ana rc=9 HTTP 503 INC0012345
"""
SPEECH = st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


@given(SPEECH)
def test_a_cue_that_matches_is_never_gated_away(text: str) -> None:
    held = pieces(text)

    for cue in CUES:
        assert may_match(cue.wanted, held) or not cue.pattern.search(text.lower()), cue.pattern.pattern


@given(SPEECH)
def test_a_rule_that_matches_is_never_gated_away(text: str) -> None:
    held = pieces(text)

    for rule in RULES:
        assert may_match(rule.wanted, held) or not rule.pattern.search(text), rule.pattern.pattern


@pytest.mark.parametrize(
    ("pattern", "hit", "miss"),
    [
        (r"\b(?:tried|tested)\b", "we TRIED it", "we did it"),
        (r"colou?r", "what a color", "what a shade"),
        (r"\d{3}", "503", "none"),
        (r"(?:ab|cd)+x", "cdabx", "efgh"),
        (r"[„“]x", "“x", "y"),
    ],
)
def test_a_text_without_the_pieces_is_not_tried(pattern: str, hit: str, miss: str) -> None:
    wanted = needs(re.compile(pattern, re.IGNORECASE))

    assert may_match(wanted, pieces(hit))
    assert not may_match(wanted, pieces(miss))


def test_a_pattern_that_promises_nothing_is_always_tried() -> None:
    assert needs(re.compile(r"\w+")) is None
    assert may_match(None, frozenset())
