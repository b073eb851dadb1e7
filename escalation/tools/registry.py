"""Which tools does this Baton know?

The one list. A new tool is a folder, a line here, a fixtures folder and a logo; the contract suite finds
it here and proves it (docs/adding-a-tool.md).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from escalation.tools.contract import Tool
from escalation.tools.jira import files as jira_files
from escalation.tools.jira import interpret as jira_hooks
from escalation.tools.jira import mirror as jira_mirror
from escalation.tools.jira import receiver as jira_receiver
from escalation.tools.jira import schema as jira_schema
from escalation.tools.jira import upkeep as jira_upkeep
from escalation.tools.servicenow import files as servicenow_files
from escalation.tools.servicenow import interpret as servicenow_hooks
from escalation.tools.servicenow import mirror as servicenow_mirror
from escalation.tools.servicenow import receiver as servicenow_receiver
from escalation.tools.servicenow import schema as servicenow_schema
from escalation.tools.servicenow import upkeep as servicenow_upkeep
from escalation.tools.slack import chat as slack_chat
from escalation.tools.slack import interpret as slack_hooks
from escalation.tools.slack import source as slack_source
from escalation.tools.slack import upkeep as slack_upkeep
from escalation.tools.zendesk import files as zendesk_files
from escalation.tools.zendesk import interpret as zendesk_hooks
from escalation.tools.zendesk import mirror as zendesk_mirror
from escalation.tools.zendesk import receiver as zendesk_receiver
from escalation.tools.zendesk import source as zendesk_source
from escalation.tools.zendesk import upkeep as zendesk_upkeep


class UnknownTool(LookupError):
    """A connection names a tool that this Baton has no folder for."""


_TOOLS: Final = (
    Tool(
        kind="zendesk",
        label="Zendesk",
        source=zendesk_source,
        receiver=zendesk_receiver,
        mirror=zendesk_mirror,
        hooks=zendesk_hooks,
        upkeep=zendesk_upkeep,
        files=zendesk_files,
    ),
    Tool(
        kind="servicenow",
        label="ServiceNow",
        receiver=servicenow_receiver,
        mirror=servicenow_mirror,
        hooks=servicenow_hooks,
        upkeep=servicenow_upkeep,
        files=servicenow_files,
        schema=servicenow_schema,
        catalog_tells_changes=True,
    ),
    Tool(
        kind="jira",
        label="Jira",
        receiver=jira_receiver,
        mirror=jira_mirror,
        hooks=jira_hooks,
        upkeep=jira_upkeep,
        schema=jira_schema,
        files=jira_files,
        # About one fresh issue in five is not found at once; nobody has seen one hidden for longer.
        search_lags_s=90.0,
    ),
    Tool(
        kind="slack",
        label="Slack",
        source=slack_source,
        hooks=slack_hooks,
        upkeep=slack_upkeep,
        chat=slack_chat,
        greeting=slack_hooks,
    ),
)
TOOLS: Final[Mapping[str, Tool]] = MappingProxyType({each.kind: each for each in _TOOLS})


def tool(kind: str) -> Tool:
    """This will return a tool by its kind; raises ``UnknownTool``."""
    try:
        return TOOLS[kind]
    except KeyError:
        raise UnknownTool(f"This Baton knows no tool “{kind}”.") from None


def label(kind: str) -> str:
    """This will return a tool's name for people; a kind that is no longer known stands for itself."""
    known = TOOLS.get(kind)
    return known.label if known else kind
