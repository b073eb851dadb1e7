"""Medians out of buckets: right to one part in a hundred, whatever was put together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.metrics import sketch, summing

spans = st.lists(st.floats(0, 1e9), min_size=1, max_size=60)


def body(values: list[float]) -> bytes:
    return sketch.written(sketch.buckets(np.array(values, dtype=float)))


@given(spans, spans, st.sampled_from([0.5, 0.9]))
def test_two_days_together_are_the_percentile_of_both(first, second, share):
    counts = sketch.together([body(first), body(second)], rows=1)[0]

    exact = summing.percentile(first + second, share)
    assert sketch.percentile(counts, share) == pytest.approx(
        exact, rel=1.01 * sketch.EXACT, abs=sketch.SHORTEST
    )
    assert counts.sum() == len(first + second)


def test_of_nothing_there_is_no_percentile():
    assert sketch.percentile(sketch.together([], rows=1)[0], 0.5) is None


@given(st.lists(st.lists(st.floats(0, 1e7), max_size=30), min_size=1, max_size=6), st.floats(0, 1))
def test_many_at_once_say_what_each_says_alone(drawn, share):
    counts = np.array(
        [np.bincount(sketch.buckets(np.array(each)), minlength=sketch.BUCKETS) for each in drawn], dtype=float
    )

    many = sketch.many_percentiles(counts, (share, 0.9))

    for row, each in zip(many.tolist(), counts, strict=True):
        alone = sketch.percentiles(each, (share, 0.9))
        assert [None if np.isnan(value) else value for value in row] == alone
