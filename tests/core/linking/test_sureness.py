"""A score is read as P(correct), so what it promised is held against what came of it."""

import numpy as np
import pytest

from escalation.linking.fusion import Case
from escalation.linking.sureness import FEWEST, Sureness

HONEST, BOASTFUL, OTHER = 0, 1, 2  # places on a shelf
PLACES = np.arange(3)


def answer(first: int, *, right: bool) -> tuple[Case, np.ndarray]:
    """Give one answer that put an entry first with chance 0.8, and whether it was right."""
    chances = np.full(3, 0.1)
    chances[first] = 0.8
    signals = np.zeros((3, 1), np.float32)
    return Case(places=PLACES, signals=signals, right=(first == PLACES) == right), chances


def after(outcomes: list[tuple[int, bool]]) -> Sureness:
    sureness = Sureness()
    for first, right in outcomes:
        sureness.note(*answer(first, right=right))
        sureness.fit()
    return sureness


@pytest.fixture
def experienced() -> Sureness:
    """Two entries that both promised 0.8: one was always right, the other every second time."""
    turns = range(3 * FEWEST)
    return after([(BOASTFUL, turn % 2 == 0) if turn % 3 == 0 else (HONEST, True) for turn in turns])


def test_without_outcomes_the_chance_stays_as_it_is() -> None:
    _, chances = answer(HONEST, right=True)
    assert (Sureness().adjust(PLACES, chances) == chances).all()


def test_an_entry_that_promised_too_much_is_believed_less(experienced: Sureness) -> None:
    believed = [
        experienced.adjust(PLACES, answer(first, right=True)[1])[first] for first in (HONEST, BOASTFUL)
    ]
    assert believed[0] > 0.85
    assert believed[1] < 0.7


def test_the_order_never_changes(experienced: Sureness) -> None:
    chances = np.array([0.1, 0.5, 0.4])
    adjusted = experienced.adjust(PLACES, chances)
    assert (np.argsort(-adjusted, kind="stable")[0], adjusted[1] >= adjusted[2]) == (1, True)
    assert adjusted[2] > adjusted[0]
    assert adjusted.max() <= 1.0
    assert adjusted.sum() <= 1.0 + 1e-9


def test_a_single_candidate_needs_no_second_look(experienced: Sureness) -> None:
    alone = np.array([1.0])
    assert (experienced.adjust(np.array([HONEST]), alone) == alone).all()


def test_a_handful_of_outcomes_proves_nothing() -> None:
    young = after([(BOASTFUL, False)] * (FEWEST - 1))
    _, chances = answer(BOASTFUL, right=True)
    assert (young.adjust(PLACES, chances) == chances).all()
