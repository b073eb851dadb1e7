"""ServiceNow as the tool in which notes are written and changes are seen (``contract.Mirror``)."""

from escalation.tools.servicenow.poll import poll
from escalation.tools.servicenow.read import read
from escalation.tools.servicenow.write import find_note, note

__all__ = ["find_note", "note", "poll", "read"]
