"""ServiceNow as the tool in which an incident is created (``contract.Receiver``)."""

from escalation.tools.servicenow.catalog import catalog
from escalation.tools.servicenow.find import find
from escalation.tools.servicenow.people import people
from escalation.tools.servicenow.translate import translate
from escalation.tools.servicenow.write import create

__all__ = ["catalog", "create", "find", "people", "translate"]
