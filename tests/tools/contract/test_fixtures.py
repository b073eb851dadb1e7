"""No fixture without a tool, and every tool that calls us has fixtures."""

import json

from escalation.tools.registry import TOOLS
from tests import recorded

FIXTURES = recorded.ROOT / "fixtures" / "tools"


def test_every_folder_of_fixtures_belongs_to_a_tool():
    assert {each.name for each in FIXTURES.iterdir() if any(each.iterdir())} <= set(TOOLS)


def test_every_tool_that_calls_us_has_an_unknown_event_among_its_fixtures():
    for tool in TOOLS.values():
        files = sorted((FIXTURES / tool.kind / "events").glob("*.json"))
        expected = [each for file in files for each in json.loads(file.read_text())["expected"]]
        if tool.hooks is not None:
            assert any(each.get("kind") == "unknown" for each in expected)


def test_every_tool_tells_its_owner_how_to_connect_it():
    for tool in TOOLS.values():
        assert (
            "What the owner sets up"
            in (recorded.ROOT / "escalation/tools" / tool.kind / "README.md").read_text()
        )
