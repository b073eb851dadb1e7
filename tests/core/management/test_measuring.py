"""A figure says what it is held against, and whether what was promised holds."""

import json
from io import StringIO

import pytest

from escalation.management.measuring import Measured, Promise, Sheet, alternately, percentile, timed


def test_a_figure_beside_its_baseline_says_the_ratio():
    figure = Measured(
        name="send", value=12.0, unit="ms", baseline=4.0, limit=3.0, promise=Promise.RATIO_AT_MOST
    )

    assert json.loads(figure.as_json()) == {
        "name": "send",
        "value": 12.0,
        "unit": "ms",
        "baseline": 4.0,
        "ratio": 3.0,
        "limit": 3.0,
        "limit_on": "ratio_at_most",
        "holds": True,
    }


@pytest.mark.parametrize(
    ("promise", "limit", "holds"),
    [
        (Promise.AT_MOST, 9.9, False),
        (Promise.AT_MOST, 10.0, True),
        (Promise.AT_LEAST, 10.1, False),
        (Promise.RATIO_AT_LEAST, 0.5, True),
        (Promise.RATIO_AT_LEAST, 0.51, False),
    ],
)
def test_a_limit_is_kept_or_broken(promise, limit, holds):
    figure = Measured(name="intake", value=10, unit="1/s", baseline=20, limit=limit, promise=promise)

    assert figure.holds is holds


def test_a_ratio_without_a_baseline_is_neither_kept_nor_broken():
    figure = Measured(name="intake", value=10, unit="1/s", limit=1, promise=Promise.RATIO_AT_MOST)

    assert figure.holds is None


def test_a_sheet_prints_a_line_at_once_and_remembers_what_is_broken():
    out = StringIO()
    sheet = Sheet(out)

    sheet.tell(Measured(name="slow", value=2, unit="ms", limit=1))
    sheet.tell(Measured(name="fast", value=1, unit="ms", limit=1))

    assert [json.loads(line)["name"] for line in out.getvalue().splitlines()] == ["slow", "fast"]
    assert [each.name for each in sheet.broken] == ["slow"]


def test_calls_are_timed_after_some_that_do_not_count():
    calls: list[int] = []

    taken = timed(lambda: calls.append(1), times=4, warm=2)

    assert (len(taken), len(calls)) == (4, 6)


def test_calls_beside_each_other_take_turns():
    order: list[str] = []

    alternately([lambda: order.append("ours"), lambda: order.append("bare")], times=2, warm=0)

    assert order == ["ours", "bare", "ours", "bare"]


def test_a_percentile_lies_between_its_neighbours_and_needs_a_value():
    assert percentile([4, 1, 3, 2], 0.5) == 2.5

    with pytest.raises(ValueError, match="Nothing was measured"):
        percentile([], 0.5)
