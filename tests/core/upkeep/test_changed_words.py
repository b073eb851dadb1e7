"""Inside of a line the words that are others are marked, and nothing of the texts is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.upkeep.changed_words import changed_words, near

TEXTS = st.text(alphabet="ab ,.é漢\n", max_size=40)


def marked(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = changed_words(before, after)
    return [run.text for run in old if run.changed], [run.text for run in new if run.changed]


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Contact by phone, today", "Contact by walk-in, today", ["phone"], ["walk-in"]),
        ("Impact: 2", "Impact: 1", ["2"], ["1"]),
        ("It was seen by one", "It was seen twice", ["by one"], ["twice"]),
        ("The VPN drops", "The VPN drops again", [], [" again"]),
        ("ネットワーク障害です", "ネットワーク停止です", ["障害"], ["停止"]),
        ("Same words", "Same words", [], []),
    ],
    ids=["a word", "a number", "two in a row", "more", "no spaces", "nothing"],
)
def test_only_the_other_words_are_marked(before, after, old, new):
    assert marked(before, after) == (old, new)


@pytest.mark.parametrize(("before", "after"), [("Network", "Storage team"), ("", "new"), ("old", "")])
def test_where_most_is_other_nothing_is_marked(before, after):
    assert marked(before, after) == ([], [])


@given(before=TEXTS, after=TEXTS)
def test_the_runs_are_the_texts_and_unmarked_runs_are_in_both(before, after):
    old, new = changed_words(before, after)

    assert "".join(run.text for run in old) == before
    assert "".join(run.text for run in new) == after
    assert all(run.text for run in (*old, *new))


def test_a_text_too_long_to_compare_is_shown_as_it_is():
    assert marked("word " * 3000, "word " * 2999 + "other") == ([], [])


def test_of_a_long_line_what_stands_beside_the_change_is_left():
    long = "The account is active and the browser is supported. " * 6
    old, new = changed_words(f"{long}Seen by phone. {long}", f"{long}Seen by mail. {long}")

    told = ["".join(run.text for run in near(each)) for each in (old, new)]

    for text, word in zip(told, ("phone", "mail"), strict=True):
        assert f"Seen by {word}. The account" in text
        assert text.startswith(" \u2026 ")
        assert text.endswith(" \u2026 ")
        assert len(text) < 200


def test_a_short_line_stays_whole():
    old, _ = changed_words("Contact by phone, today", "Contact by mail, today")

    assert near(old) == old
