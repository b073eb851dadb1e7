"""What belongs to what in ServiceNow: changes to the items they touch, items to the services they carry.

Both tables may be closed to the integration user; then the catalog is complete without relations, and
the connection check names the missing right.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from escalation.tools.servicenow.table import Search, rows
from escalation.transport.door import Door
from escalation.transport.errors import Unauthorised

Relations = Mapping[str, tuple[str, ...]]
MOST: Final = 2000


def changes_to_items(door: Door, changes: Iterable[str]) -> Relations:
    """This will return, per change, the ids of the configuration items it touches (``task_ci``)."""
    return _pairs(door, table="task_ci", of="task", to="ci_item", ids=tuple(changes))


def services_of_items(door: Door, items: Iterable[str]) -> Relations:
    """This will return, per item, the ids of what it is a part of (``cmdb_rel_ci``: parents)."""
    return _pairs(door, table="cmdb_rel_ci", of="child", to="parent", ids=tuple(items))


def _pairs(door: Door, *, table: str, of: str, to: str, ids: tuple[str, ...]) -> Relations:
    known = frozenset(ids)
    search = Search(
        table=table,
        query=f"{of}IN{','.join(ids)}^ORDERBYsys_id",
        fields=("sys_id", of, to),
        holds=lambda each: each.get(of) in known,
        limit=MOST,
    )
    try:
        found = rows(door, search)
    except Unauthorised:
        return {}
    related: dict[str, list[str]] = defaultdict(list)
    for each in found:
        if each.get(to):
            related[each[of]].append(each[to])
    return {key: tuple(dict.fromkeys(values)) for key, values in related.items()}
