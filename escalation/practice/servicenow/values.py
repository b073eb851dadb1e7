"""How does one row look in an answer: raw, shown, or both; with or without reference links.

Every scalar is a string and empty is "". See `sysparm_display_value` in the vendor's Table API reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from escalation.practice.servicenow.dictionary import Field
from escalation.practice.servicenow.journals import shown_text
from escalation.practice.servicenow.tables import Reader
from escalation.practice.store import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What the caller asked for. `display` is "false", "true" or "all"; `links` the address of the tables."""

    display: str = "false"
    elements: tuple[str, ...] = ()
    with_links: bool = True
    links: str = ""


def render(reader: Reader, table: str, row: Document, look: Look) -> dict[str, Any]:
    """Write a row as the asked JSON. Unknown fields are left out; dot-walked ones are keyed by their path."""
    fields = reader.fields(table)
    paths = look.elements or tuple(sorted(fields))
    answer: dict[str, Any] = {}
    for path in paths:
        if "." in path:
            column = reader.look(table, path)
            if column is not None:
                answer[path] = _pair(look, column.field, column.raw(row), column.shown(row))
        elif path in fields:
            field = fields[path]
            raw, shown = _both(reader, table, row, field, display=look.display)
            answer[path] = _pair(look, field, raw, shown)
    return answer


def _both(reader: Reader, table: str, row: Document, field: Field, *, display: str) -> tuple[str, str]:
    if field.is_journal:
        return "", "" if display == "false" else shown_text(reader, field.element, row)
    raw = str(row.get(field.element, ""))
    return raw, raw if display == "false" else reader.shown(table, field, raw)


def _pair(look: Look, field: Field, raw: str, shown: str) -> str | Mapping[str, str]:
    link = (
        {"link": f"{look.links}/{field.reference}/{raw}"}
        if field.reference and look.with_links and raw
        else {}
    )
    if look.display == "all":
        return {"display_value": shown, "value": raw, **link}
    if look.display == "true":
        return {"display_value": shown, **link} if link else shown
    return {**link, "value": raw} if link else raw
