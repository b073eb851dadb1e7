"""Rules as lines of text: what is written is read back, and a slip is named by its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.upkeep.written import (
    NotReadable,
    pairs_of,
    tables_of,
    wording_of,
    written_pairs,
    written_tables,
    written_wording,
)

names = st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True)
values = st.from_regex(r"[A-Za-z0-9{}.,:=' -]{1,30}", fullmatch=True).map(str.strip).filter(bool)


@given(st.dictionaries(names, values))
def test_defaults_are_always_read_back_as_they_were_written(given_pairs):
    assert pairs_of(written_pairs(given_pairs)) == given_pairs


@given(st.dictionaries(names, st.dictionaries(names, values, min_size=1)))
def test_tables_are_always_read_back_as_they_were_written(given_tables):
    assert tables_of(written_tables(given_tables)) == given_tables
    assert wording_of(written_wording(given_tables)) == given_tables


def test_an_empty_line_says_nothing():
    assert pairs_of("\n contact_type = phone \n\n") == {"contact_type": "phone"}


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (pairs_of, "a = b\ncontact_type phone", "Line 2"),
        (pairs_of, "a = b\na = c", "Line 2: a is there twice"),
        (pairs_of, "= b", "contact_type = phone"),
        (tables_of, "category = network", "category: vpn = network"),
        (tables_of, "category: vpn = a\ncategory: vpn = b", "there twice"),
        (wording_of, "resolved = Done.", "resolved en"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_an_example(read, text, words):
    with pytest.raises(NotReadable, match=words):
        read(text)
