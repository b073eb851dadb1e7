"""Which roles does ServiceNow play, and by which module?"""

from typing import Final

from escalation.tools.contract import Tool
from escalation.tools.servicenow import (
    files,
    interpret,
    mirror,
    past,
    receiver,
    schema,
    statuses,
    trial,
    upkeep,
)
from escalation.tools.servicenow.setup import SETUP

SERVICENOW: Final = Tool(
    kind="servicenow",
    label="ServiceNow",
    setup=SETUP,
    receiver=receiver,
    mirror=mirror,
    hooks=interpret,
    upkeep=upkeep,
    files=files,
    schema=schema,
    statuses=statuses,
    writes=trial,
    past=past,
    catalog_tells_changes=True,
    placed_by=("assignment_group", "cmdb_ci", "business_service"),
    named_by=("cmdb_ci", "business_service"),
    assigned_by="assignment_group",
)
