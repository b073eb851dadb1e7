"""Jira as the tool in which comments are written and changes are seen (``contract.Mirror``)."""

from escalation.tools.jira.poll import poll
from escalation.tools.jira.read import read
from escalation.tools.jira.write import find_note, note

__all__ = ["find_note", "note", "poll", "read"]
