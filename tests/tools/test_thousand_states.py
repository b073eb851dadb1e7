"""The contract suite's dice thrown for longer, so that the suite itself stays quick to run."""

from tests.tools.contract.test_translate import hold_random_states_against_every_tool


def test_a_thousand_random_states_are_accounted_for_by_every_tool_and_always_the_same():
    hold_random_states_against_every_tool(1000, seed=20261123)
