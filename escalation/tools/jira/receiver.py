"""Jira as the tool in which an issue is created (``contract.Receiver``)."""

from escalation.tools.jira.catalog import catalog
from escalation.tools.jira.people import people
from escalation.tools.jira.search import find
from escalation.tools.jira.translate import translate
from escalation.tools.jira.write import create

__all__ = ["catalog", "create", "find", "people", "translate"]
