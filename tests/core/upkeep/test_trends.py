"""Something got worse: found when it is certain and large, dated by when it turned, silent otherwise."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from escalation.upkeep.trends import LATELY, Seen, longer, more_often

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def seen(share: float, *, days: range, each_day: int = 10) -> list[Seen]:
    """Yes at that share, spread evenly over the days before now."""
    values = [float(int(share * (place + 1)) - int(share * place)) for place in range(len(days) * each_day)]
    return [
        Seen(at=NOW - timedelta(days=days[place // each_day], minutes=place % each_day), value=value)
        for place, value in enumerate(values)
    ]


BEFORE, LATE = range(15, 60), range(1, 14)


def test_what_happens_twice_as_often_is_found_with_both_shares():
    trend = more_often([*seen(0.15, days=BEFORE), *seen(0.4, days=LATE)], now=NOW)

    assert trend is not None
    assert (round(trend.before, 2), round(trend.lately, 2)) == (0.15, 0.4)
    assert trend.sigmas > 3


def test_the_figure_is_that_of_the_two_proportion_test_by_hand():
    trend = more_often([*seen(0.2, days=range(15, 25)), *seen(0.5, days=range(1, 11))], now=NOW)

    # 20 of 100 and 50 of 100: pooled .35, standard error sqrt(.35 * .65 * .02)
    assert trend is not None
    assert trend.sigmas == pytest.approx(0.3 / (0.35 * 0.65 * 0.02) ** 0.5)


@pytest.mark.parametrize(
    ("before", "lately"),
    [
        (seen(0.2, days=BEFORE), seen(0.2, days=LATE)),  # as ever
        (seen(0.4, days=BEFORE), seen(0.15, days=LATE)),  # better
        (seen(0.01, days=BEFORE, each_day=100), seen(0.04, days=LATE, each_day=100)),  # certain, and small
        (seen(0.1, days=BEFORE), seen(0.5, days=range(1, 3))),  # too few to say
        ([], seen(0.5, days=LATE)),
    ],
)
def test_what_is_no_worse_small_or_rare_is_no_finding(before, lately):
    assert more_often([*before, *lately], now=NOW) is None


def test_by_chance_it_alarms_hardly_ever():
    random = Random(7)
    alarms = 0
    for _ in range(400):
        flips = [
            Seen(at=NOW - timedelta(days=random.uniform(0, 60)), value=float(random.random() < 0.3))
            for _ in range(300)
        ]
        alarms += more_often(flips, now=NOW) is not None

    assert alarms <= 3  # three sigma promise one in 740


def test_it_says_since_when():
    turned = [*seen(0.1, days=range(8, 14)), *seen(0.9, days=range(1, 8))]
    trend = more_often([*seen(0.1, days=BEFORE), *turned], now=NOW)

    assert trend is not None
    assert timedelta(days=6) <= NOW - trend.since <= timedelta(days=9)


def spans(seconds: float, *, days: range) -> list[Seen]:
    return [Seen(at=each.at, value=seconds + place % 5) for place, each in enumerate(seen(0, days=days))]


def test_news_that_comes_later_and_later_is_found_by_its_median():
    trend = longer([*spans(2, days=BEFORE), *spans(90, days=LATE)], now=NOW)

    assert trend is not None
    assert (trend.before, trend.lately) == (4, 92)


def test_a_single_late_one_is_no_trend():
    once = [*spans(2, days=LATE)[:-1], Seen(at=NOW - timedelta(days=1), value=9000)]

    assert longer([*spans(2, days=BEFORE), *once], now=NOW) is None


def test_twice_as_long_is_nothing_while_it_is_seconds():
    assert longer([*spans(1, days=BEFORE), *spans(6, days=LATE)], now=NOW) is None


def test_what_lies_before_both_stretches_counts_for_neither():
    old = [Seen(at=NOW - LATELY - timedelta(days=80), value=1.0)] * 500

    assert more_often([*old, *seen(0.2, days=BEFORE), *seen(0.2, days=LATE)], now=NOW) is None
