"""Which roles does Jira play, and by which module?"""

from typing import Final

from escalation.tools.contract import Tool
from escalation.tools.jira import (
    files,
    interpret,
    links,
    mirror,
    past,
    raising,
    receiver,
    rights,
    schema,
    statuses,
    upkeep,
)
from escalation.tools.jira.setup import SETUP

JIRA: Final = Tool(
    kind="jira",
    label="Jira",
    setup=SETUP,
    receiver=receiver,
    finisher=raising,
    mirror=mirror,
    hooks=interpret,
    upkeep=upkeep,
    hearing=upkeep,
    schema=schema,
    rights=rights,
    statuses=statuses,
    past=past,
    files=files,
    links=links,
    # About one fresh issue in five is not found at once; nobody has seen one hidden for longer.
    search_lags_s=90.0,
    placed_by=("components",),
    named_by=("components",),
)
