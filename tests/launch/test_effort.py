"""Does the model count what Card, Moran and Newell count? By their operators, without a browser."""

import pytest

from launch.bench.hand import Effort, keys_of


def test_a_shifted_sign_is_two_keys():
    assert keys_of("vpn") == 3
    assert keys_of("VPN") == 6
    assert keys_of("why?") == 5


def test_typing_a_line_costs_its_keys_and_one_decision():
    effort = Effort()
    effort.decisions += 1
    effort.press(keys_of("vpn drops"))

    assert effort.seconds == pytest.approx(1.35 + 9 * 0.28)


def test_the_hand_moves_to_the_mouse_once_and_back_once():
    effort = Effort()
    effort.press(3)
    effort.click()
    effort.click()
    effort.press(1)

    assert (effort.keys, effort.points, effort.homings) == (6, 2, 2)
    assert effort.seconds == pytest.approx(6 * 0.28 + 2 * 1.10 + 2 * 0.40)


def test_waiting_counts_in_the_model_and_reading_beside_it():
    effort = Effort(waited_s=2.0, words_to_read=238)

    assert effort.seconds == pytest.approx(2.0)
    assert effort.reading_s == pytest.approx(60.0)
