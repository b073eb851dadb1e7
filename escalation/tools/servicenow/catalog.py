"""What does ServiceNow know by name: groups, services, configuration items and changes?

Table after table, each by ascending ``sys_id``, so that rows written meanwhile shift no page. The cursor
is "table:last sys_id"; a page may be empty of entries and yet not be the last.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from escalation.linking.entries import CatalogEntry, EntryKind
from escalation.tools.contract import CatalogPage
from escalation.tools.servicenow.relations import Relations, changes_to_items, services_of_items
from escalation.tools.servicenow.table import Row, Search, rows
from escalation.tools.servicenow.times import moment
from escalation.transport.door import Door

PAGE: Final = 100
_HOST: Final = re.compile(r"\b(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_ITEM: Final = (
    "sys_id", "name", "short_description", "fqdn", "ip_address", "sys_class_name", "operational_status",
    "install_status", "support_group", "assignment_group",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shelf:
    """One table of the catalog: what is read of it, and how a row becomes an entry (None: retired)."""

    table: str
    fields: tuple[str, ...]
    entry: Callable[[Row, Relations], CatalogEntry | None]
    related: Callable[[Door, Iterable[str]], Relations]
    narrowed: str = ""


def catalog(door: Door, *, cursor: str, since: datetime | None = None) -> CatalogPage:
    """This will return the next page; "" begins, and a page's cursor "" ends.

    ``since`` narrows it to rows written from then on. A relation that is new alone does not touch its rows:
    only a reading of everything sees it.
    """
    name, _, last = cursor.partition(":")
    place = next((place for place, each in enumerate(_SHELVES) if each.table == name), 0)
    shelf = _SHELVES[place]
    last = last if name == shelf.table else ""
    found = rows(door, _search(door, shelf, last, since))
    if not found:
        following = _SHELVES[place + 1].table if place + 1 < len(_SHELVES) else ""
        return CatalogPage(entries=(), cursor=f"{following}:" if following else "")
    relations = shelf.related(door, [each["sys_id"] for each in found])
    made = {each["sys_id"]: shelf.entry(_with_aliases(door, each), relations) for each in found}
    return CatalogPage(
        entries=tuple(each for each in made.values() if each is not None),
        cursor=f"{shelf.table}:{found[-1]['sys_id']}",
        gone=tuple(sys_id for sys_id, each in made.items() if each is None),
    )


def _search(door: Door, shelf: _Shelf, last: str, since: datetime | None) -> Search:
    alias_field = door.settings.get("alias_field", "") if shelf.table.startswith("cmdb_ci") else ""
    changed = f"^sys_updated_on>={since.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if since else ""
    return Search(
        table=shelf.table,
        query=f"sys_id>{last}{changed}{shelf.narrowed}^ORDERBYsys_id",
        fields=(*shelf.fields, *((alias_field,) if alias_field else ())),
        holds=lambda each: str(each.get("sys_id", "")) > last,
        limit=PAGE,
    )


def _with_aliases(door: Door, each: Row) -> Row:
    """A customer's own field for other names of an item, as "u_aliases", is read where settings name it."""
    return {**each, "aliases": each.get(door.settings.get("alias_field", ""), "")}


def hosts_in(*texts: str) -> tuple[str, ...]:
    """This will return the domains and addresses that stand in the texts, in lower case."""
    found = [host.lower() for text in texts for host in (*_HOST.findall(text), *_ADDRESS.findall(text))]
    return tuple(dict.fromkeys(found))


def _item(each: Row, relations: Relations) -> CatalogEntry | None:
    if each.get("operational_status") == "6" or each.get("install_status") == "7" or not each.get("name"):
        return None
    service = str(each.get("sys_class_name", "")).startswith(("cmdb_ci_service", "service_offering"))
    owners = (each.get("support_group", ""), each.get("assignment_group", ""))
    return CatalogEntry(
        id=each["sys_id"],
        kind=EntryKind.BUSINESS_SERVICE if service else EntryKind.CONFIGURATION_ITEM,
        name=each["name"],
        description=each.get("short_description", ""),
        aliases=tuple(filter(None, (name.strip() for name in str(each["aliases"]).split(",")))),
        hosts=hosts_in(each.get("fqdn", ""), each.get("ip_address", ""), each.get("short_description", "")),
        related=tuple(dict.fromkeys(filter(None, (*owners, *relations.get(each["sys_id"], ()))))),
    )


def _group(each: Row, _: Relations) -> CatalogEntry | None:
    if each.get("active") == "false" or not each.get("name"):
        return None
    return CatalogEntry(
        id=each["sys_id"],
        kind=EntryKind.ASSIGNMENT_GROUP,
        name=each["name"],
        description=each.get("description", ""),
    )


def _change(each: Row, relations: Relations) -> CatalogEntry | None:
    # 4 is Canceled: what was never implemented broke nothing.
    if each.get("state") == "4" or not each.get("number"):
        return None
    about = (each.get("cmdb_ci", ""), *relations.get(each["sys_id"], ()), each.get("business_service", ""))
    description = str(each.get("short_description", ""))
    return CatalogEntry(
        id=each["sys_id"],
        kind=EntryKind.CHANGE,
        name=each["number"],
        description=description,
        hosts=hosts_in(description),
        starts_at=moment(each.get("work_start") or each.get("start_date", "")),
        ends_at=moment(each.get("work_end") or each.get("end_date", "")),
        related=tuple(dict.fromkeys(filter(None, about))),
    )


def _none(_: Door, __: Iterable[str]) -> Relations:
    return {}


# cmdb_ci holds the services too: they are its child classes.
_SHELVES: Final = (
    _Shelf(
        table="sys_user_group",
        fields=("sys_id", "name", "description", "active"),
        entry=_group,
        related=_none,
    ),
    _Shelf(table="cmdb_ci", fields=_ITEM, entry=_item, related=services_of_items),
    _Shelf(
        table="change_request",
        fields=(
            "sys_id", "number", "short_description", "state", "cmdb_ci", "business_service",
            "work_start", "work_end", "start_date", "end_date",
        ),
        entry=_change,
        related=changes_to_items,
        # Older changes explain no fresh trouble, and there may be a hundred thousand of them.
        narrowed="^sys_updated_onRELATIVEGE@dayofweek@ago@90",
    ),
)  # fmt: skip
