"""How well are updates read that nobody tuned for? The floors are a little under what was measured."""

import pytest

from tests.core.sayable.labelled import labelled, measure

# Of each set: the share that is right, and the share that is right of what is said with certainty.
FLOORS = {
    "development": (0.95, 0.95),
    "held_out": (0.85, 0.9),
    "fresh_develop": (0.95, 0.95),
    "fresh_locked": (0.9, 0.95),
    "fresh_third": (0.95, 0.95),
    "fresh_fourth": (0.8, 0.85),
    "harbour_develop": (0.95, 0.95),
    "harbour_locked": (0.9, 0.95),
    "quay": (0.4, 0.95),
}


@pytest.mark.parametrize("part", FLOORS)
def test_most_updates_are_read_right_and_nearly_all_that_are_said_to_be_sure(part: str) -> None:
    figures, (right, precision) = measure(part), FLOORS[part]

    assert figures.right / figures.updates >= right
    assert figures.certain_right / figures.certain >= precision


@pytest.mark.parametrize("part", FLOORS)
def test_nothing_is_called_solved_that_is_not(part: str) -> None:
    assert measure(part).overclaimed == []


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_no_time_is_promised_that_the_update_does_not_promise(part: str) -> None:
    assert measure(part).times_invented == []


def test_the_set_has_enough_updates_of_every_language() -> None:
    updates = labelled("development") + labelled("held_out")

    assert len(updates) >= 120
    for language in ("de", "fr", "es", "ja"):
        assert sum(update.language == language for update in updates) >= 8
