"""Which roles does Minimal play, and by which module?"""

from typing import Final

from escalation.tools.minimal import interpret, receiver

from escalation.tools.contract import Tool

MINIMAL: Final = Tool(
    kind="minimal",
    label="Minimal",
    receiver=receiver,
    hooks=interpret,
    placed_by=("team",),
)
