"""Which roles does Zendesk play, and by which module?"""

from typing import Final

from escalation.tools.contract import Tool
from escalation.tools.zendesk import (
    files,
    hearing,
    interpret,
    mirror,
    ratings,
    receiver,
    schema,
    sidebar,
    source,
    statuses,
    trial,
    upkeep,
)
from escalation.tools.zendesk.setup import SETUP

ZENDESK: Final = Tool(
    kind="zendesk",
    label="Zendesk",
    setup=SETUP,
    source=source,
    receiver=receiver,
    mirror=mirror,
    hooks=interpret,
    upkeep=upkeep,
    hearing=hearing,
    files=files,
    statuses=statuses,
    schema=schema,
    ratings=ratings,
    writes=trial,
    embedded=sidebar,
    placed_by=("group_id",),
    assigned_by="group_id",
)
