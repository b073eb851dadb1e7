"""Which fields and choices does an incident have on this instance now?

Customers add, remove and require fields and rename choices; the rows of ``sys_dictionary`` and
``sys_choice`` say so, and most fields of an incident are defined on ``task``, which it extends.
Source: ServiceNow product documentation, "System dictionary" and "Choice lists".
"""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from escalation.tools.described import RemoteField
from escalation.tools.servicenow.choices import TABLES, offered
from escalation.tools.servicenow.table import Row, Search, rows
from escalation.tools.servicenow.vocabulary import LABELS, LEVELS, TABLE
from escalation.translation.asking import MOST_CHOICES, ExtraField, Kind
from escalation.translation.plain import cut, flat
from escalation.transport.door import Door

_PAGE: Final = 200
_LONGEST_LABEL: Final = 60
_TYPED: Final = {"string": Kind.TEXT, "integer": Kind.NUMBER, "glide_date": Kind.DATE}
_MOST_PAGES: Final = 25  # 5,000 rows: far beyond what an instance adds to the two tables
# What translate fills whatever the state says; the others only when there is something to fill in.
_ALWAYS: Final = frozenset(
    {
        "short_description",
        "description",
        "impact",
        "urgency",
        "correlation_id",
        "correlation_display",
        "sys_id",
    }
)


def fields(
    door: Door,
    *,
    defaults: Mapping[str, str],  # noqa: ARG001 - an incident has the same fields wherever it goes
) -> tuple[RemoteField, ...]:
    """This will read the incident's fields, those of ``task`` included. Raises ``TransportError``."""
    choices: dict[str, dict[str, str]] = {}
    for each in offered(door):
        if each.language in {"en", ""}:
            choices.setdefault(each.element, {})[each.value] = each.label
    found: dict[str, RemoteField] = {}
    dictionary = ("name", "element", "column_label", "mandatory", "active", "internal_type")
    for row in sorted(_all(door, "sys_dictionary", dictionary), key=lambda each: each["name"] == TABLE):
        # The incident's own row comes last: it overrides what the task says.
        if row["element"] and row.get("active") != "false":
            listed, mandatory = choices.get(row["element"]), row.get("mandatory") == "true"
            found[row["element"]] = RemoteField(
                name=row["element"],
                label=row.get("column_label") or row["element"],
                required=mandatory,
                choices=listed,
                ask=_asked(row, listed) if mandatory else None,
            )
    return tuple(found.values())


def _asked(row: Row, listed: Mapping[str, str] | None) -> ExtraField | None:
    """How a person is asked; of a reference nobody is. Not *needed*: forms hold to it, the API does not."""
    kind = _TYPED.get(row.get("internal_type", ""))
    if kind is None or len(listed or ()) > MOST_CHOICES:
        return None
    label = cut(flat(row.get("column_label", "")) or row["element"], _LONGEST_LABEL)
    if not listed:
        return ExtraField(name=row["element"], label=label, kind=kind)
    sends = {flat(word): json.dumps(value) for value, word in listed.items() if flat(word)}
    return ExtraField(
        name=row["element"],
        label=label,
        kind=Kind.CHOICE,
        choices=tuple(sends),
        sends=tuple(sends.items()),
    )


def filled() -> Mapping[str, bool]:
    """This will name the fields we may fill, and whether we always do."""
    return {name: name in _ALWAYS for name in LABELS}


def sent() -> Mapping[str, frozenset[str]]:
    """This will name the values we send by ourselves."""
    levels = frozenset(code for code, _ in LEVELS.values())
    return {"impact": levels, "urgency": levels, "contact_type": frozenset({"chat"})}


def _all(door: Door, table: str, wanted: tuple[str, ...]) -> Iterator[Row]:
    for page in range(_MOST_PAGES):
        found = rows(
            door,
            Search(
                table=table,
                query=f"nameIN{','.join(sorted(TABLES))}^ORDERBYsys_id",
                fields=wanted,
                holds=lambda row: row["name"] in TABLES,
                limit=_PAGE,
                offset=page * _PAGE,
            ),
        )
        if not found:
            return
        yield from found
