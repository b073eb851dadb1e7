"""How is a row written: which sent values are kept, what the system sets, what is announced.

Unknown and read-only fields are silently ignored and long text is silently cut: the sender must compare.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from escalation.practice.clock import Clock
from escalation.practice.servicenow.dictionary import Field
from escalation.practice.servicenow.journals import JOURNALS
from escalation.practice.servicenow.rules import INCIDENT_DEFAULTS, Aborted, before_incident
from escalation.practice.servicenow.tables import (
    DATE_FORMAT,
    Reader,
    root_of,
    row_of,
    rows_of,
    stamp,
    zone_of,
)
from escalation.practice.store import Document, Store

_SYS_ID = re.compile(r"^[0-9a-f]{32}$")
_SYSTEM: Final = frozenset(
    [
        "sys_id",
        "sys_class_name",
        "sys_created_on",
        "sys_created_by",
        "sys_updated_on",
        "sys_updated_by",
        "sys_mod_count",
    ]
)
_COMPUTED: Final = _SYSTEM | {"priority", "comments_and_work_notes"}
_PREFIXES: Final = {"incident": ("INC", 12345), "change_request": ("CHG", 40001), "problem": ("PRB", 40001)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What one write did to one row."""

    table: str
    row: Document
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Instance:
    """The written side of one stand-in: where rows live, its clock and ids, and who hears of a change."""

    store: Store
    clock: Clock
    new_id: Callable[[], str]
    announce: Callable[[Change], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Write:
    """Values as sent, by whom, and whether they are shown values (`sysparm_input_display_value`)."""

    table: str
    values: Mapping[str, Any]
    by: Document
    as_shown: bool = False


def insert(instance: Instance, write: Write) -> Document:
    """Create a row and give it. Raises Aborted."""
    with instance.store.transaction():
        now = stamp(instance.clock())
        kept, journals = _kept(instance, write)
        sys_id = str(write.values.get("sys_id", ""))
        sys_id = sys_id if _SYS_ID.match(sys_id) else instance.new_id()
        if instance.store.get(root_of(write.table), sys_id) is not None:
            raise Aborted(
                f"Error during insert of {write.table} ({sys_id}): Unique Key violation detected by database"
            )
        user = write.by["user_name"]
        row = _defaults(instance, write, now)
        row |= kept
        row |= {"sys_id": sys_id, "sys_class_name": write.table, "sys_mod_count": "0"}
        row |= {"sys_created_on": now, "sys_created_by": user, "sys_updated_on": now, "sys_updated_by": user}
        _fill_from_item(instance.store, write.table, row)
        stored = _keep(instance, write, None, row, journals)
    changed = tuple(sorted({*kept, *journals}))
    instance.announce(Change(table=write.table, row=stored, changed=changed))
    return stored


def update(instance: Instance, write: Write, sys_id: str) -> Document | None:
    """Change a row and give it, or None where it does not exist. A write that changes nothing leaves no
    trace.

    Raises Aborted.
    """
    with instance.store.transaction():
        before = row_of(instance.store, write.table, sys_id)
        if before is None:
            return None
        kept, journals = _kept(instance, write)
        changed = {name for name, value in kept.items() if before.get(name, "") != value} | set(journals)
        if not changed:
            return before
        row = {**before, **kept}
        row["sys_updated_on"], row["sys_updated_by"] = stamp(instance.clock()), write.by["user_name"]
        row["sys_mod_count"] = str(int(before["sys_mod_count"]) + 1)
        table = str(before.get("sys_class_name") or write.table)
        stored = _keep(instance, write, before, row, journals)
        changed |= {name for name in stored if name not in _SYSTEM and before.get(name, "") != stored[name]}
    instance.announce(Change(table=table, row=stored, changed=tuple(sorted(changed))))
    return stored


def delete(instance: Instance, table: str, sys_id: str) -> bool:
    """Remove a row; say whether it was there."""
    with instance.store.transaction():
        found = row_of(instance.store, table, sys_id) is not None
        instance.store.remove(root_of(table), sys_id)
    return found


def _kept(instance: Instance, write: Write) -> tuple[dict[str, str], dict[str, str]]:
    """Split what was sent into values of known, writable fields and journal texts; drop the rest."""
    reader = Reader(instance.store, zone=zone_of(write.by))
    fields = reader.fields(write.table)
    computed = _COMPUTED if root_of(write.table) == "task" else _SYSTEM
    kept: dict[str, str] = {}
    journals: dict[str, str] = {}
    for name, value in write.values.items():
        field = fields.get(name)
        if field is None or name in computed or isinstance(value, list | dict):
            continue
        text = _text(value)
        if name in JOURNALS:
            if text.strip():
                journals[name] = text
        else:
            text = _raw(reader, write.table, field, text) if write.as_shown else text
            if field.reference and not _SYS_ID.match(text):
                text = ""  # a name is no record; it is passed over without a word
            kept[name] = text[: field.length] if field.kind == "string" else text
    return kept, journals


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _raw(reader: Reader, table: str, field: Field, shown: str) -> str:
    if field.reference:
        if _SYS_ID.match(shown) or not shown:
            return shown
        rows = rows_of(reader.store, field.reference)
        return next(
            (row["sys_id"] for row in rows if reader.name_of(field.reference, row["sys_id"]) == shown), ""
        )
    if field.kind == "glide_date_time" and shown:
        local = datetime.strptime(shown, DATE_FORMAT).replace(tzinfo=reader.zone)
        return local.astimezone(UTC).strftime(DATE_FORMAT)
    labels = reader.labels(table, field.element)
    return next((value for value, label in labels.items() if label == shown), shown)


def _defaults(instance: Instance, write: Write, now: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if root_of(write.table) == "task":
        prefix, first = _PREFIXES.get(write.table, ("TASK", 40001))
        row["number"] = f"{prefix}{instance.store.next_number(prefix, first=first):07}"
        row |= {"opened_at": now, "opened_by": write.by["sys_id"], "active": "true"}
    return row | INCIDENT_DEFAULTS if write.table == "incident" else row


def _fill_from_item(store: Store, table: str, row: dict[str, Any]) -> None:
    """Assign by the configuration item's support group where nobody chose a group (an assignment rule)."""
    if table != "incident" or row.get("assignment_group"):
        return
    item = row_of(store, "cmdb_ci", str(row.get("cmdb_ci", "")))
    if item is not None and item.get("support_group"):
        row["assignment_group"] = item["support_group"]


def _keep(
    instance: Instance,
    write: Write,
    before: Document | None,
    row: dict[str, Any],
    journals: Mapping[str, str],
) -> Document:
    if row["sys_class_name"] == "incident":
        by_caller = "comments" in journals and row.get("caller_id", "") == write.by["sys_id"]
        row["_actor"] = write.by["sys_id"]
        before_incident(before, row, comment_by_caller=by_caller)
        del row["_actor"]
    instance.store.put(root_of(write.table), row["sys_id"], row)
    if before is not None and row["sys_class_name"] == "incident":
        _audit(instance, write, before, row)
    for element, text in journals.items():
        entry_id = instance.new_id()
        entry = {
            "sys_id": entry_id,
            "sys_class_name": "sys_journal_field",
            "name": row["sys_class_name"],
            "element": element,
            "element_id": row["sys_id"],
            "value": text,
            "sys_created_on": row["sys_updated_on"],
            "sys_created_by": write.by["user_name"],
        }
        instance.store.put("sys_journal_field", entry_id, entry)
    return row


def _audit(instance: Instance, write: Write, before: Document, row: Document) -> None:
    """Note who had the record, as the real thing does for each audited field."""
    old, new = before.get("assignment_group", ""), row.get("assignment_group", "")
    if old == new:
        return
    entry_id = instance.new_id()
    entry = {
        "sys_id": entry_id,
        "sys_class_name": "sys_audit",
        "tablename": row["sys_class_name"],
        "fieldname": "assignment_group",
        "documentkey": row["sys_id"],
        "oldvalue": old,
        "newvalue": new,
        "user": write.by["user_name"],
        "sys_created_on": row["sys_updated_on"],
        "sys_created_by": write.by["user_name"],
    }
    instance.store.put("sys_audit", entry_id, entry)
