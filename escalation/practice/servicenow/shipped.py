"""How are rows written that nobody sends through the API: what the base system ships, and the practice
world.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from escalation.practice.servicenow.tables import root_of, stamp
from escalation.practice.store import Store


def sys_id_of(table: str, name: str) -> str:
    """Give the sys_id of a shipped or practice row: the same name always has the same id."""
    return hashlib.md5(f"{table}:{name}".encode(), usedforsecurity=False).hexdigest()


def put_rows(store: Store, table: str, rows: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Store rows with the system fields they lack."""
    moment = stamp(now)
    for place, row in enumerate(rows):
        system = {
            "sys_id": sys_id_of(table, str(row.get("user_name") or place)),
            "sys_class_name": table,
            "sys_created_on": moment,
            "sys_created_by": "system",
            "sys_updated_on": moment,
            "sys_updated_by": "system",
            "sys_mod_count": "0",
        }
        if table == "sys_user":
            system |= {"active": "true", "preferred_language": "en"}
        whole = {**system, **row}
        store.put(root_of(table), whole["sys_id"], whole)
