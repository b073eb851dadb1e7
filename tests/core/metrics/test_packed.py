"""Packed sums say what the sums said, however many are added up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.metrics import packed, sketch
from escalation.metrics.cells import CLOCKS, NUMBERS, SPANS
from escalation.metrics.figures import METRICS

sums = st.tuples(st.floats(0, 1e9), st.integers(0, 10**6))
numbers = st.dictionaries(st.sampled_from(packed.SUMMED), sums)
kinds = st.tuples(
    st.sampled_from(["category", "shift"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
)
spans = st.lists(st.tuples(st.integers(0, 2), st.integers(0, sketch.BUCKETS - 1)), max_size=9)


def codes(drawn: list[tuple[int, int]]) -> bytes:
    return sketch.written(np.array([row * sketch.BUCKETS + bucket for row, bucket in drawn], dtype=np.int64))


@st.composite
def briefs(draw: st.DrawFn) -> list[packed.Brief]:
    return [
        packed.Brief(
            dimension=dimension,
            value=value,
            sent=draw(st.integers(1, 9)),
            numbers={key: draw(sums) for key in packed.BRIEF_NUMBERS},
            spans=codes(draw(spans)),
        )
        for dimension, value in draw(st.lists(kinds, unique=True, max_size=4))
    ]


def test_every_sum_and_every_clock_has_its_place():
    assert set(packed.SUMMED) == {*NUMBERS, *CLOCKS}
    assert len(packed.SUMMED) == len(set(packed.SUMMED))


def test_what_a_table_by_kind_shows_can_be_reckoned_from_what_is_kept_in_brief():
    needed = {
        each
        for key in packed.IN_BRIEF
        for each in (key, METRICS[key].whole, METRICS[key].user)
        if each and not (each == key and key in SPANS and not METRICS[key].user)
    }

    assert needed <= {*packed.BRIEF_NUMBERS}
    assert {key for key in packed.IN_BRIEF if key in SPANS} == set(packed.BRIEF_SPANS)


@given(st.lists(numbers, max_size=6))
def test_sums_add_up(drawn):
    added = packed.summed([packed.written(each) for each in drawn])

    for key in packed.SUMMED:
        said = [each[key] for each in drawn if key in each]
        assert added[key] == (pytest.approx(sum(total for total, _ in said)), sum(of for _, of in said))


def test_a_version_that_knows_fewer_measures_or_more_is_read_as_well():
    whole = packed.written(dict.fromkeys(packed.SUMMED, (2.0, 1)))

    added = packed.summed([whole[:32], whole + b"\1" * 16])

    assert added[packed.SUMMED[1]] == (4.0, 2)
    assert added[packed.SUMMED[-1]] == (2.0, 1)


@given(st.lists(briefs(), max_size=5))
def test_kinds_add_up_each_for_itself(drawn):
    together = packed.unfolded(packed.folded(each) for each in drawn)

    every = [each for those in drawn for each in those]
    assert set(together.kinds) == {(each.dimension, each.value) for each in every}
    for row, kind in enumerate(together.kinds):
        those = [each for each in every if (each.dimension, each.value) == kind]
        assert together.sent[row] == sum(each.sent for each in those)
        for place, key in enumerate(packed.BRIEF_NUMBERS):
            total, of = together.numbers[row][place]
            assert total == pytest.approx(sum(each.numbers[key][0] for each in those))
            assert of == sum(each.numbers[key][1] for each in those)
        alone = sketch.together([each.spans for each in those], rows=len(packed.BRIEF_SPANS))
        assert (together.spans[row] == alone).all()


def test_a_count_beyond_the_bits_of_one_code_is_kept_whole():
    often = (np.uint64(7) << np.uint64(32)) | np.uint64(2_000_000)
    each = packed.Brief(
        dimension="shift", value="late", sent=1, numbers={}, spans=np.array([often]).tobytes()
    )

    together = packed.unfolded([packed.folded([each, each])])

    assert together.spans[0].sum() == together.spans[0][0][7] == 4_000_000
    assert len(packed.BRIEF_SPANS) * sketch.BUCKETS <= 2**13


def test_another_layout_is_not_read():
    body = packed.folded([])

    assert packed.readable(body)
    assert not packed.readable(None)
    assert not packed.readable(b"")
    assert not packed.readable(b"\2" + body[1:])


@given(spans, st.permutations([0, 1, 2]))
def test_rows_of_a_sketch_can_be_kept_in_another_order(drawn, order):
    kept = sketch.together([sketch.rows_of(codes(drawn), order)], rows=3)

    whole = sketch.together([codes(drawn)], rows=3)
    assert all((kept[new] == whole[old]).all() for new, old in enumerate(order))
