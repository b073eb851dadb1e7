"""What does an instance offer for the fields of an incident?

An incident extends ``task``: where it has choices of its own for a field, those of ``task`` do not count.
Source: ServiceNow product documentation, "Choice lists".
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from escalation.tools.servicenow import table
from escalation.tools.servicenow.vocabulary import TABLE
from escalation.transport.door import Door

TABLES: Final = frozenset({TABLE, "task"})
_FIELDS: Final = ("name", "element", "value", "label", "inactive", "language")
_PAGE: Final = 200
_MOST_PAGES: Final = 25  # 5,000 rows: far beyond what an instance adds to the two tables


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """One value of a field, as one language calls it."""

    element: str
    value: str
    label: str
    language: str  # "" where it is every language's


def offered(door: Door, *, elements: Collection[str] = ()) -> tuple[Offered, ...]:
    """This will read what may be chosen, for all fields or for some. Raises ``TransportError``."""
    rows = tuple(_rows(door, frozenset(elements)))
    own = {row["element"] for row in rows if row["name"] == TABLE}
    return tuple(
        Offered(
            element=row["element"], value=row["value"], label=row["label"], language=row.get("language", "")
        )
        for row in rows
        if row.get("inactive") != "true" and (row["name"] == TABLE or row["element"] not in own)
    )


def _rows(door: Door, elements: frozenset[str]) -> Iterator[table.Row]:
    query = f"nameIN{','.join(sorted(TABLES))}"
    if elements:
        query += f"^elementIN{','.join(sorted(map(table.escaped, elements)))}"
    for page in range(_MOST_PAGES):
        search = table.Search(
            table="sys_choice",
            query=f"{query}^ORDERBYsys_id",
            fields=_FIELDS,
            holds=lambda row: row["name"] in TABLES and (not elements or row["element"] in elements),
            limit=_PAGE,
            offset=page * _PAGE,
        )
        found = table.rows(door, search)
        if not found:
            return
        yield from found
