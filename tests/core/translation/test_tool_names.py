"""A tool is called by its name wherever people read of it, whether or not it is connected here."""

import pytest

from escalation.tools.registry import TOOLS
from escalation.translation.tool_names import called


@pytest.mark.parametrize("kind", [kind for kind, each in TOOLS.items() if each.mirror or each.chat])
def test_each_tool_that_people_write_in_is_called_as_it_calls_itself(kind):
    assert called(kind) == TOOLS[kind].label


@pytest.mark.parametrize(("kind", "name"), [("", ""), ("text", "Text"), ("help_scout", "Help scout")])
def test_what_is_not_known_here_begins_with_a_capital(kind, name):
    assert called(kind) == name
