"""What people stated is kept apart from what a machine found."""

from dataclasses import replace

from escalation.knowledge.state import HEADLINES, headline
from escalation.knowledge.words import PART_TITLES, Origin, Part
from tests.builders import scene


def test_a_suggestion_that_nobody_accepted_is_not_stated():
    state = scene()
    found = replace(state, facts=(replace(state.facts[0], origin=Origin.FOUND), *state.facts[1:]))

    assert found.suggestions() == 1
    assert [fact.id for fact in found.stated().facts] == ["f2", "f3", "f4"]


def test_a_confirmed_suggestion_is_stated():
    state = scene()
    confirmed = replace(state, facts=(replace(state.facts[0], origin=Origin.CONFIRMED),))

    assert confirmed.stated() == confirmed


def test_every_item_can_be_found_by_its_id():
    state = scene()

    assert all(state.find(item.id) is item for _, item in state.items())
    assert state.find("nothing") is None


def test_every_part_has_a_title_and_a_headline():
    assert set(PART_TITLES) == set(HEADLINES) == set(Part)
    assert next(headline(part, item) for part, item in scene().items()) == "Account is active"
