"""Which fields does a ticket have before anybody adds one: those the vendor ships, with brand and form.

They are not stored until somebody changes one, so that an account of an earlier day has them too.
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.practice.store import Document, Store
from escalation.practice.zendesk.shapes import BRAND_ID, FORM_ID, PRIORITIES, STATUSES, TYPES

_SINCE: Final = "2025-01-06T09:00:00Z"
_FIRST_ID: Final = 8_447_320_466_000
_OFFERED: Final = {"priority": PRIORITIES, "tickettype": TYPES, "status": STATUSES[:-1]}
_TITLES: Final = {
    "subject": "Subject",
    "description": "Description",
    "status": "Status",
    "tickettype": "Type",
    "priority": "Priority",
    "group": "Group",
    "assignee": "Assignee",
}


def records_of(store: Store, kind: str) -> list[Document]:
    """Give the stored records of a kind, and those the vendor ships that nobody has changed."""
    stored = list(store.all(kind))
    known = {each["id"] for each in stored}
    return [*(each for each in _shipped(kind) if each["id"] not in known), *stored]


def _shipped(kind: str) -> list[dict[str, Any]]:
    if kind == "ticket_field":
        return [_field(place, *pair) for place, pair in enumerate(_TITLES.items())]
    named = {"brand": ("Halden", BRAND_ID), "ticket_form": ("Default form", FORM_ID)}.get(kind)
    if named is None:
        return []
    name, key = named
    common: dict[str, Any] = {"id": key, "name": name, "active": True, "default": True, "created_at": _SINCE}
    return [{**common, "updated_at": _SINCE, **_rest(kind)}]


def _rest(kind: str) -> Mapping[str, Any]:
    if kind == "brand":
        return {"subdomain": "halden", "brand_url": "https://halden.zendesk.com", "has_help_center": False}
    return {"display_name": "Default form", "position": 0, "ticket_field_ids": [], "end_user_visible": True}


def _field(place: int, kind: str, title: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "id": _FIRST_ID + place,
        "type": kind,
        "title": title,
        "raw_title": title,
        "description": "",
        "raw_description": "",
        "position": place,
        "active": True,
        "required": False,
        "required_in_portal": kind in {"subject", "description"},
        "removable": kind in {"tickettype", "priority", "group"},
        "created_at": _SINCE,
        "updated_at": _SINCE,
    }
    offered = [{"name": each.capitalize(), "value": each} for each in _OFFERED.get(kind, ())]
    return field | ({"system_field_options": offered} if offered else {})
