"""Whatever is pasted, only what an eye can see is kept, and all of that."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.translation.plain import block

SEEN = st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="[]")
UNSEEN = st.characters(categories=["Cc", "Cs", "Co"], exclude_characters="\t\n\r\v\f\x85")


@given(words=st.text(SEEN), hidden=UNSEEN, place=st.integers(0, 100))
def test_a_character_that_is_not_for_the_eye_goes_and_what_stands_around_it_stays(words, hidden, place):
    place = min(place, len(words))

    assert block(f"<{words[:place]}{hidden}{words[place:]}>") == f"<{words}>"


@given(st.text(st.characters()))
def test_nothing_that_is_not_for_the_eye_is_left_in_any_text(text):
    left = {unicodedata.category(each) for each in block(text) if each != "\n"}

    assert not left & {"Cc", "Cs", "Co", "Cn"}


@pytest.mark.parametrize("text", ["👩\u200d💻", "a\u00a0b", "soft\u00adhyphen", "مرحبا", "e\u0301"])
def test_what_joins_spaces_or_marks_letters_is_kept(text):
    assert block(text) == text


def test_halves_of_a_tag_that_come_together_are_no_tag_either():
    assert "[code]" not in block("[co[code]de]").lower()
