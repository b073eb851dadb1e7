"""What is claimed to pay back, and what is not."""

import pytest

from escalation.metrics.payback import Assumed, payback, together_s
from escalation.metrics.summing import Figure

ASSUMED = Assumed(effort_s=300, rebuild_s=2700)


def figure(value: float | None, n: int = 40) -> Figure:
    return Figure(value=value, p90=None, n=n)


def test_it_is_what_level_two_saves_for_what_level_one_spends():
    found = payback(assumed=ASSUMED, effort=figure(420, n=50), rebuild=figure(1500))

    assert found is not None
    assert (found.spent_s, found.saved_s, found.ratio) == (120, 1200, 10)
    assert found.net_s == 1200 * 40 - 120 * 50


def test_what_costs_no_time_has_no_ratio_and_is_pure_gain():
    found = payback(assumed=ASSUMED, effort=figure(180), rebuild=figure(1500))

    assert found is not None
    assert found.ratio is None
    assert found.net_s == (1200 + 120) * 40


def test_a_loss_is_said_as_one():
    found = payback(assumed=ASSUMED, effort=figure(420), rebuild=figure(3000))

    assert found is not None
    assert found.ratio == pytest.approx(-2.5)
    assert found.net_s < 0


@pytest.mark.parametrize(
    ("effort", "rebuild"),
    [(figure(420, n=9), figure(1500)), (figure(420), figure(1500, n=9)), (figure(None, n=0), figure(1500))],
)
def test_few_handoffs_claim_nothing(effort, rebuild):
    assert payback(assumed=ASSUMED, effort=effort, rebuild=rebuild) is None


def test_what_cannot_be_reckoned_is_not_in_the_sum():
    one = payback(assumed=ASSUMED, effort=figure(420), rebuild=figure(1500))
    assert one is not None

    assert together_s([one, None]) == one.net_s
    assert together_s([None]) is None
