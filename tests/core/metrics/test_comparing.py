"""What is called better or worse, and what chance may have done."""

import numpy as np
import pytest

from escalation.metrics.comparing import beside
from escalation.metrics.figures import METRICS
from escalation.metrics.summing import Figure, around_the_middle

DRAWS = 2000


def span(value: float | None, n: int = 40, *, within: float = 0.05) -> Figure:
    """A median that is known to that part of it."""
    bounds = None if value is None else (value * (1 - within), value * (1 + within))
    return Figure(value=value, p90=value, n=n, bounds=bounds)


def share(value: float, n: int) -> Figure:
    return Figure(value=value, p90=None, n=n)


@pytest.mark.parametrize(
    ("now", "before", "change", "verdict"),
    [
        (span(60), span(100), -0.4, "better"),
        (span(109), span(100), 0.09, ""),
        (span(109, 100_000), span(100, 100_000), 0.09, ""),  # sure, and no news
        (span(130), span(100), 0.3, "worse"),
        (span(130, n=9), span(100), None, ""),
        (span(130), span(100, n=9), None, ""),
        (span(130, 12, within=0.3), span(100, 12, within=0.3), 0.3, ""),  # neither is known well enough
        (span(130), None, None, ""),
        (span(130), span(0), None, ""),
    ],
)
def test_a_span_is_better_or_worse_beyond_a_tenth_and_beyond_chance(now, before, change, verdict):
    found = beside(METRICS["effort"], now, before)

    assert (found.change, found.verdict) == (change if change is None else pytest.approx(change), verdict)


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (share(4 / 43, 43), share(1 / 47, 47), ""),  # four returns after one
        (share(0.3, 10), share(0.21, 207), ""),
        (share(0.06, 193), share(0.21, 207), "better"),
        (share(0.21, 207), share(0.06, 193), "worse"),
        (share(0.2, 100), share(0.0, 100), "worse"),  # from nothing there is no percentage, and yet a change
        (share(0.0, 100), share(0.0, 100), ""),
        (share(1.0, 20), share(1.0, 20), ""),
        (share(0.0, 9), share(1.0, 9), ""),
    ],
)
def test_a_share_moves_by_points_and_beyond_chance(now, before, verdict):
    found = beside(METRICS["returned"], now, before)

    assert found.verdict == verdict
    if min(now.n, before.n) >= 10:
        assert found.change == pytest.approx(now.value - before.value)


def test_of_what_is_neither_good_nor_bad_nothing_is_said():
    assert beside(METRICS["waiting_s"], share(0.5, 400), share(0.1, 400)).verdict == ""


def test_what_must_be_zero_is_said_of_a_single_handoff():
    assert beside(METRICS["undisclosed"], share(1, 1), None).verdict == "worse"
    assert beside(METRICS["undisclosed"], share(0, 400), share(2, 400)).verdict == ""


SHAPES = {
    "one hump": lambda random, size: random.lognormal(6, 0.8, size),
    # What is not done by the evening lies until the morning.
    "two humps": lambda random, size: random.lognormal(5, 0.4, size) + (random.random(size) > 0.55) * 40_000,
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("n", "m"), [(10, 10), (20, 20), (12, 200), (200, 200)])
def test_chance_alone_is_seldom_taken_for_a_change_of_spans(shape, n, m):
    random = np.random.default_rng(7)

    def drawn(of: int) -> list[Figure]:
        spans = SHAPES[shape](random, (DRAWS, of))
        low, high = around_the_middle(of)
        found = np.percentile(spans, (50, 90, low * 100, high * 100), axis=-1).T.tolist()
        return [Figure(value=a, p90=b, n=of, bounds=(c, d)) for a, b, c, d in found]

    pairs = zip(drawn(n), drawn(m), strict=True)
    said = sum(beside(METRICS["to_resolved"], *pair).verdict != "" for pair in pairs)

    assert said / DRAWS < 0.015


def test_a_change_of_spans_that_is_one_is_found():
    random = np.random.default_rng(7)
    found = 0
    for _ in range(200):
        now, before = random.lognormal(6, 0.5, 100), random.lognormal(6.4, 0.5, 100)
        low, high = around_the_middle(100)
        figures = [
            Figure(value=a, p90=None, n=100, bounds=(b, c))
            for a, b, c in (np.percentile(each, (50, low * 100, high * 100)) for each in (now, before))
        ]
        found += beside(METRICS["effort"], *figures).verdict == "better"

    assert found > 180


@pytest.mark.parametrize(("n", "rate"), [(20, 0.2), (50, 0.1), (200, 0.5)])
def test_chance_alone_is_seldom_taken_for_a_change_of_shares(n, rate):
    drawn = np.random.default_rng(7).binomial(n, rate, (DRAWS, 2)) / n
    verdicts = [
        beside(METRICS["returned"], *(share(each, n) for each in pair)).verdict for pair in drawn.tolist()
    ]

    assert sum(map(bool, verdicts)) / DRAWS < 0.02
