"""The table is the only way from one status to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.lifecycle.diagram import mermaid
from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.table import MOVE_WORDS, TRANSITIONS, NotAllowedNow, after, allowed
from escalation.lifecycle.words import OPEN, STATUS_TITLES, Move, Status


@given(st.lists(st.sampled_from(list(Move)), max_size=30))
def test_a_handoff_never_leaves_the_table(moves: list[Move]):
    status = Status.DRAFT
    for move in moves:
        try:
            following = after(status, move)
        except NotAllowedNow:
            assert move not in allowed(status)
        else:
            assert TRANSITIONS[status, move] is following
            status = following


def test_a_refusal_says_what_is_and_what_cannot_be():
    with pytest.raises(NotAllowedNow, match="This handoff is draft, so it cannot be accepted now"):
        after(Status.DRAFT, Move.ACCEPT)


def test_every_status_can_be_reached_and_every_move_is_used():
    assert {Status.DRAFT, *TRANSITIONS.values()} == set(Status)
    assert {move for _, move in TRANSITIONS} == set(Move) == set(MOVE_WORDS)


def test_an_open_handoff_can_always_end():
    for status in OPEN - {Status.QUEUED}:
        assert {Move.RESOLVE, Move.BOUNCE} <= set(allowed(status))


def test_every_word_has_a_title():
    assert set(STATUS_TITLES) == set(Status)
    assert set(REASON_TITLES) == set(BounceReason)


def test_the_diagram_shows_every_transition():
    lines = mermaid().splitlines()

    assert len(lines) == 2 + len(TRANSITIONS)
    assert "    queued --> delivered: deliver" in lines
