"""How are the rows of a table found and shown: inheritance, references, choices, dot-walking.

Rows of a table that extends another are stored with their root, so `cmdb_ci` finds every kind of item. A
`Reader` is made for one call and remembers what it looked up; never keep one.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from escalation.practice.servicenow.dictionary import TABLES, Field, ancestry, fields_of
from escalation.practice.servicenow.query import Column
from escalation.practice.store import Document, Store

DATE_FORMAT: Final = "%Y-%m-%d %H:%M:%S"
# What the base system runs in until an administrator says otherwise.
INSTANCE_ZONE: Final = "US/Pacific"
_NAMED_BY: Final = {"task": "number", "sys_choice": "label", "sys_attachment": "file_name"}


def root_of(table: str) -> str:
    """Give the table under which rows of this table are stored."""
    return ancestry(table)[-1]


def rows_of(store: Store, table: str) -> list[Document]:
    """List the rows of a table and of the tables that extend it, oldest first."""
    rows = store.all(root_of(table))
    if root_of(table) == table:
        return rows
    return [row for row in rows if _is_a(row["sys_class_name"], table)]


def rows_after(store: Store, table: str, sys_id: str) -> Iterator[Document]:
    """Walk the same rows by ascending sys_id, beginning after one."""
    return (
        row
        for row in store.after(root_of(table), sys_id)
        if root_of(table) == table or _is_a(row["sys_class_name"], table)
    )


def row_of(store: Store, table: str, sys_id: str) -> Document | None:
    """Find one row by its sys_id."""
    row = store.get(root_of(table), sys_id)
    if row is None or not _is_a(row.get("sys_class_name") or table, table):
        return None
    return row


@cache
def _is_a(table: str, wanted: str) -> bool:
    return table in TABLES and wanted in ancestry(table)


def zone_of(user: Document) -> tzinfo:
    """Give the zone in which this user's dates are read and shown; an empty one means the instance's."""
    name = user.get("time_zone") or INSTANCE_ZONE
    return UTC if name in {"GMT", "UTC"} else ZoneInfo(name)


def stamp(moment: datetime) -> str:
    """Write a moment as the Table API does: UTC, whole seconds, no zone."""
    return moment.astimezone(UTC).strftime(DATE_FORMAT)


class Reader:
    """Reads rows for one caller."""

    def __init__(self, store: Store, *, zone: tzinfo) -> None:
        self.store = store
        self.zone = zone
        self._fields: dict[str, dict[str, Field]] = {}
        self._labels: dict[tuple[str, str], dict[str, str]] = {}

    def fields(self, table: str) -> dict[str, Field]:
        """Give the columns of a table by name."""
        if table not in self._fields:
            self._fields[table] = fields_of(self.store, table)
        return self._fields[table]

    def labels(self, table: str, element: str) -> dict[str, str]:
        """Give the choice labels of a field by value, in their order; empty where it is no choice field."""
        key = (table, element)
        if key not in self._labels:
            chain = ancestry(table)
            rows = [r for r in self.store.all("sys_choice") if r["element"] == element and r["name"] in chain]
            rows = [row for row in rows if row["inactive"] != "true"]
            rows.sort(key=lambda row: int(row["sequence"] or 0))
            self._labels[key] = {row["value"]: row["label"] for row in rows}
        return self._labels[key]

    def name_of(self, table: str, sys_id: str) -> str:
        """Give the shown name of a referenced row, or "" where the row does not exist."""
        row = row_of(self.store, table, sys_id) if sys_id else None
        return "" if row is None else str(row.get(_NAMED_BY.get(root_of(table), "name"), ""))

    def shown(self, table: str, field: Field, raw: str) -> str:
        """Give the display value of a field that is no journal."""
        if field.reference:
            return self.name_of(field.reference, raw)
        if field.kind == "glide_date_time" and raw:
            return (
                datetime.strptime(raw, DATE_FORMAT)
                .replace(tzinfo=UTC)
                .astimezone(self.zone)
                .strftime(DATE_FORMAT)
            )
        return self.labels(table, field.element).get(raw, raw)

    def look(self, table: str, path: str) -> Column | None:
        """Follow a dot-walked path from a table; None where any step is unknown.

        A step `ref_<table>` looks at a row as one of a table that extends its own
        (`task.ref_change_request.start_date`).
        """
        element, _, rest = path.partition(".")
        if element.startswith("ref_") and element.removeprefix("ref_") in TABLES:
            return self.look(element.removeprefix("ref_"), rest)
        field = self.fields(table).get(element)
        if field is None or field.is_journal:
            return None
        if not rest:
            return Column(
                field=field,
                raw=lambda row: str(row.get(element, "")),
                shown=lambda row: self.shown(table, field, str(row.get(element, ""))),
            )
        further = self.look(field.reference, rest) if field.reference else None
        if further is None:
            return None
        return Column(
            field=further.field,
            raw=lambda row: further.raw(self._next(field, row)),
            shown=lambda row: further.shown(self._next(field, row)),
        )

    def _next(self, field: Field, row: Document) -> Document:
        return row_of(self.store, field.reference, str(row.get(field.element, ""))) or {}
