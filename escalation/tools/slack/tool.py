"""Which roles does Slack play, and by which module?"""

from typing import Final

from escalation.tools.contract import Tool
from escalation.tools.slack import chat, interpret, source, upkeep
from escalation.tools.slack.setup import SETUP

SLACK: Final = Tool(
    kind="slack",
    label="Slack",
    setup=SETUP,
    source=source,
    hooks=interpret,
    upkeep=upkeep,
    chat=chat,
    greeting=interpret,
)
