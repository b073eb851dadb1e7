"""Every tool of the registry is whole: its roles, its folder, its proof."""

import inspect

import pytest

from escalation.tools import contract, described, health, history, rating, registry, trying
from tests import recorded
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
