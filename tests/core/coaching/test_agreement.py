"""Agreement between readers, against figures that the literature gives."""

import pytest

from escalation.coaching.agreement import ENOUGH, Agreement, agreement


def by_two(*pairs: tuple[int, int]) -> list[dict[int, int]]:
    return [dict(enumerate(pair)) for pair in pairs]


def test_who_always_agrees_is_relied_on():
    found = agreement(by_two(*[(0, 0), (2, 2)] * 6))

    assert (found.alpha, found.read_twice, found.same) == (pytest.approx(1), 12, 12)
    assert found.words == "can be relied on"


def test_the_figure_is_krippendorffs():
    # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example A: two observers, ten
    # units, two categories: 0.095. With two categories the ordinal alpha is the nominal one.
    one, other = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)

    found = agreement(by_two(*zip(one, other, strict=True)))

    assert found.alpha == pytest.approx(0.095, abs=0.001)
    assert found.words == "readers mean different things: talk"


def test_a_yes_against_a_no_weighs_more_than_against_a_partly():
    same = [(0, 0), (1, 1), (2, 2)] * 4

    near, far = agreement(by_two(*same, (1, 2))), agreement(by_two(*same, (0, 2)))

    assert near.alpha is not None
    assert far.alpha is not None
    assert near.alpha > far.alpha


def test_few_handoffs_say_nothing():
    found = agreement(by_two(*[(0, 2)] * (ENOUGH - 1)))

    assert found.alpha is None
    assert found.words == "said from 10 handoffs on that two people have read"


def test_the_same_answer_everywhere_cannot_be_told_from_chance():
    found = agreement(by_two(*[(2, 2)] * 20))

    assert (found.alpha, found.same) == (None, 20)
    assert found.words == "all answers are the same: nothing to tell apart"


def test_one_reader_alone_does_not_count_and_readers_may_change():
    found = agreement([{1: 2}, *by_two(*[(0, 0), (2, 2)] * 3), *[{3: 1, 4: 1}] * 5])

    assert (found.read_twice, found.alpha) == (11, pytest.approx(1))


@pytest.mark.parametrize(("alpha", "words"), [(0.8, "can be relied on"), (0.7, "with reservations")])
def test_the_limits_are_krippendorffs_own(alpha, words):
    assert Agreement(alpha=alpha, read_twice=12, same=9).words == words
