"""Which fields does a ticket have in this tenant now, and which values do they offer?

Administrators switch fields off, rename options and delete groups, brands and forms. What Zendesk calls
required is required to solve a ticket: its API opens one without, so nothing here is demanded of a handoff.
Source: Zendesk developer documentation, "Ticket fields", "Groups", "Brands", "Ticket forms".
"""

from collections.abc import Mapping
from typing import Final

from escalation.tools.described import RemoteField
from escalation.tools.zendesk.lists import listed
from escalation.tools.zendesk.shapes import Document, documents, text
from escalation.tools.zendesk.vocabulary import LABELS, PRIORITIES
from escalation.translation.plain import flat
from escalation.transport.door import Door
from escalation.transport.errors import Refused, Unauthorised

MOST_PAGES: Final = 20
# Zendesk's own fields are told apart by their type; the rest by number.
_SYSTEM: Final = {
    "subject": "subject",
    "description": "comment",  # a ticket's first comment
    "priority": "priority",
    "tickettype": "type",
    "group": "group_id",
    "status": "status",
    "assignee": "assignee_id",
}
# Part of every ticket, and no fields that could be switched off.
_NO_FIELDS: Final = frozenset({"requester", "tags", "external_id"})
# What a rule may name by number: the list that holds it, and what of it counts.
_LISTS: Final = {
    "group_id": ("groups", "Group"),
    "brand_id": ("brands", "Brand"),
    "ticket_form_id": ("ticket_forms", "Form"),
}
_ALWAYS: Final = frozenset({"subject", "comment", "type", "priority"})


def fields(door: Door, *, defaults: Mapping[str, str] | None = None) -> tuple[RemoteField, ...]:  # noqa: ARG001 - every ticket has the same
    """This will read the fields of a ticket that are switched on. Raises ``TransportError``."""
    rows = [each for each in _all(door, "ticket_fields") if each.get("active") is not False]
    lists = {name: _names(door, plural) for name, (plural, _) in _LISTS.items()}
    found = {field.name: field for field in (_field(each, lists) for each in rows)}
    for name, (_, label) in _LISTS.items():
        if name not in found and name != "group_id":
            found[name] = RemoteField(name=name, label=label, choices=lists[name])
    return tuple(found.values())


def filled() -> Mapping[str, bool]:
    """This will name the fields we may fill, and whether we always do."""
    return {name: name in _ALWAYS for name in LABELS if name not in _NO_FIELDS}


def sent() -> Mapping[str, frozenset[str]]:
    """This will name the values we send by ourselves."""
    return {"priority": frozenset(PRIORITIES.values()), "type": frozenset({"incident"})}


def _field(row: Document, lists: Mapping[str, Mapping[str, str] | None]) -> RemoteField:
    kind = text(row.get("type"))
    name = _SYSTEM.get(kind) or text(row.get("id"))
    options = documents(row.get("system_field_options")) or documents(row.get("custom_field_options"))
    offered = {text(each.get("value")): flat(text(each.get("name"))) for each in options}
    listed = lists.get(name)
    choices = (offered or None) if listed is None else listed
    return RemoteField(name=name, label=flat(text(row.get("title"))) or name, choices=choices)


def _names(door: Door, plural: str) -> Mapping[str, str] | None:
    """Number to name of what is in use; None where the plan has none, or our identity may not see them."""
    try:
        rows = _all(door, plural)
    except (Refused, Unauthorised):
        return None
    gone = [each for each in rows if each.get("deleted") is True or each.get("active") is False]
    return {text(each.get("id")): flat(text(each.get("name"))) for each in rows if each not in gone}


def _all(door: Door, plural: str) -> list[Document]:
    return list(listed(door, f"/api/v2/{plural}", plural, most_pages=MOST_PAGES))
