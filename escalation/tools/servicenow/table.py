"""How is ServiceNow's Table API (v2) asked, without being misled by it?

Two traps, both closed here: a condition it does not understand is dropped and the wider set comes
back, so every row is held against the condition again; and ``^`` in a value would start a new
condition, so values are escaped. v2 answers an empty list with 200 (v1: 404).
Source: ServiceNow product documentation, "Table API"; KB on glide.invalid_query.returns_no_rows.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, Unavailable

Row = Mapping[str, Any]
_BASE = "/api/now/v2/table"
_SYS_ID = re.compile(r"[0-9a-f]{32}")
_HEADERS = {"Accept": "application/json", "Content-Type": "application/json"}


class QueryIgnored(Refused):
    """The instance answered with rows that nobody asked for, so their absence proves nothing."""


def id_of_record(sys_id: str) -> str:
    """This will return the id; raises ``NotFound`` for what must not become part of a path or query."""
    if not _SYS_ID.fullmatch(sys_id):
        raise NotFound(f"“{sys_id[:40]}” is no id of a ServiceNow record.")
    return sys_id


def _of(door: Door, table: str, sys_id: str) -> str:
    return f"{door.base_url}{_BASE}/{table}/{id_of_record(sys_id)}"


def escaped(value: str) -> str:
    """This will return the value for use in an encoded query; line breaks have no place in one."""
    return " ".join(value.split()).replace("^", "^^")


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """What is asked of a table: an encoded query, and the same condition for holding rows against it."""

    table: str
    query: str
    fields: tuple[str, ...]
    holds: Callable[[Row], bool]
    limit: int = 200
    offset: int = 0


def rows(door: Door, search: Search) -> tuple[dict[str, str], ...]:
    """This will return the raw rows of one page; raises ``QueryIgnored`` when one does not hold.

    A short page is not the last one: the limit is applied before access rules take rows out.
    """
    answer = door.session.ask(
        "GET",
        f"{door.base_url}{_BASE}/{search.table}",
        params={
            **_shape(search.fields),
            "sysparm_query": search.query,
            "sysparm_limit": str(search.limit),
            "sysparm_offset": str(search.offset),
            "sysparm_no_count": "true",
        },
        headers=_HEADERS,
    )
    result = answer.json.get("result") if isinstance(answer.json, Mapping) else None
    if not isinstance(result, list) or not all(isinstance(each, Mapping) for each in result):
        raise Unavailable("ServiceNow's answer is not a list of records.")
    found = tuple({name: _scalar(value) for name, value in each.items()} for each in result)
    if not all(map(search.holds, found)):
        raise QueryIgnored(
            f"ServiceNow dropped a condition of a search in {search.table}; a right may be missing there."
        )
    return found


def row(door: Door, table: str, sys_id: str, *, fields: Iterable[str]) -> dict[str, dict[str, str]]:
    """This will return one row, each field as ``{"value","display_value"}``; raises ``NotFound``."""
    answer = door.session.ask(
        "GET",
        _of(door, table, sys_id),
        params={**_shape(fields), "sysparm_display_value": "all"},
        headers=_HEADERS,
    )
    result = _member(answer.json)
    return {name: _pair(value) for name, value in result.items()}


def insert(door: Door, table: str, *, values: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    """This will create a row and return it as ServiceNow kept it."""
    answer = door.session.ask(
        "POST",
        f"{door.base_url}{_BASE}/{table}",
        params=_shape(fields),
        body=dict(values),
        headers=_HEADERS,
    )
    return {name: _scalar(value) for name, value in _member(answer.json).items()}


def change(
    door: Door, table: str, sys_id: str, *, values: Mapping[str, Any], fields: Iterable[str]
) -> dict[str, str]:
    """This will change a row's fields and return it as ServiceNow kept it; raises ``NotFound``."""
    answer = door.session.ask(
        "PATCH",
        _of(door, table, sys_id),
        params=_shape(fields),
        body=dict(values),
        headers=_HEADERS,
    )
    return {name: _scalar(value) for name, value in _member(answer.json).items()}


def _shape(fields: Iterable[str]) -> dict[str, str]:
    return {"sysparm_fields": ",".join(fields), "sysparm_exclude_reference_link": "true"}


def _member(body: Any) -> Mapping[str, Any]:
    result = body.get("result") if isinstance(body, Mapping) else None
    if not isinstance(result, Mapping):
        raise Unavailable("ServiceNow's answer is not a record.")
    return result


def _scalar(value: Any) -> str:
    """The raw value: a string, also of a reference that comes as an object with a link."""
    if isinstance(value, Mapping):
        value = value.get("value", "")
    return "" if value is None else str(value)


def _pair(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {name: _scalar(value.get(name)) for name in ("value", "display_value")}
    return {"value": _scalar(value), "display_value": _scalar(value)}
