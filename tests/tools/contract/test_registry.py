"""Every tool of the registry is whole: its roles, its folder, its proof."""

import ast
import inspect

import pytest

from escalation.tools import contract, described, health, history, rating, registry, trying
from tests import recorded
from tests.architecture import sources
from tests.tools.contract.proofs import PROOFS

ROLES = {
    "source": contract.Source,
    "receiver": contract.Receiver,
    "finisher": contract.Finisher,
    "mirror": contract.Mirror,
    "hooks": contract.Hooks,
    "upkeep": health.Upkeep,
    "hearing": health.Hearing,
    "files": contract.Files,
    "schema": described.Schema,
    "rights": health.Rights,
    "statuses": contract.Statuses,
    "links": contract.WebLinks,
    "chat": contract.Chat,
    "greeting": contract.Greeting,
    "drafter": contract.Drafter,
    "ratings": rating.Ratings,
    "writes": trying.Writes,
    "past": history.History,
}
tools = pytest.mark.parametrize("tool", registry.TOOLS.values(), ids=lambda each: each.kind)


@tools
@pytest.mark.parametrize("role", ROLES)
def test_a_role_offers_every_function_of_its_protocol_with_its_parameters(tool, role):
    part = getattr(tool, role)
    wanted = dict(inspect.getmembers(ROLES[role], inspect.isfunction))
    wanted = {name: function for name, function in wanted.items() if not name.startswith("_")}

    for name, function in wanted.items() if part is not None else ():
        asked = inspect.signature(function).parameters.values()
        by_name = {each.name for each in asked if each.kind is each.KEYWORD_ONLY}
        assert by_name <= inspect.signature(getattr(part, name)).parameters.keys()


@tools
def test_a_tool_has_a_folder_and_a_proof(tool):
    assert (recorded.ROOT / "escalation/tools" / tool.kind / "__init__.py").is_file()
    assert tool.kind in PROOFS
    assert tool.hooks is None or PROOFS[tool.kind].sign is not None
    assert tool.receiver is None or PROOFS[tool.kind].limits


def test_an_unknown_tool_is_named_and_its_label_is_itself():
    with pytest.raises(registry.UnknownTool, match="pagerduty"):
        registry.tool("pagerduty")
    assert registry.label("pagerduty") == "pagerduty"
    assert registry.label("servicenow") == "ServiceNow"


@pytest.mark.parametrize(
    "tool", [each for each in registry.TOOLS.values() if each.schema], ids=lambda each: each.kind
)
def test_what_places_or_names_a_record_is_a_field_that_the_translation_fills(tool):
    said = {*tool.placed_by, *tool.named_by, *filter(None, (tool.assigned_by,))}

    assert said
    assert said <= set(tool.schema.filled())


def test_no_room_but_the_tools_own_asks_for_a_field_by_its_name():
    """A fifth tool would be forgotten there."""
    theirs = {name for each in registry.TOOLS.values() for name in (*each.placed_by, *each.named_by)}
    rooms = ("capture", "coaching", "dispatch", "inbound", "outbox", "reception", "upkeep", "web")
    named = [
        (path, node.value)
        for path in sources.product_modules()
        if path.startswith(tuple(f"escalation/{each}/" for each in rooms))
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Constant) and node.value in theirs
    ]

    assert named == []
