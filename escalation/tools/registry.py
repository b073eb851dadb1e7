"""Which tools does this Baton know?

The one list. A new tool is a folder with a `tool.py`, a line here and its proof; the contract suite finds it
here and proves it (docs/adding-a-tool.md).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from escalation.tools.contract import Tool
from escalation.tools.jira.tool import JIRA
from escalation.tools.language_model.tool import LANGUAGE_MODEL
from escalation.tools.servicenow.tool import SERVICENOW
from escalation.tools.slack.tool import SLACK
from escalation.tools.zendesk.tool import ZENDESK


class UnknownTool(LookupError):
    """A connection names a tool that this Baton has no folder for."""


_TOOLS: Final = (ZENDESK, SERVICENOW, JIRA, SLACK, LANGUAGE_MODEL)
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
