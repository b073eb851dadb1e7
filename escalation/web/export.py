"""How do figures leave as a file: for a spreadsheet, or for whoever analyses them elsewhere?"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from io import BytesIO, StringIO
from typing import Any, get_type_hints

import pyarrow as pa
from pyarrow import parquet

from escalation.metrics.behind import Measured
from escalation.metrics.definitions import Measures

# A cell that begins so is a formula to a spreadsheet; ticket texts come from outside.
# Source: OWASP, "CSV Injection".
_CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n")
_MEASURES = tuple(each.name for each in fields(Measures))
_TYPES = {float: pa.float64(), bool: pa.bool_(), int: pa.int64()}
Written = Callable[[Iterable[Measured], Mapping[int, str]], str | bytes]


def as_csv(handoffs: Iterable[Measured], routes: Mapping[int, str]) -> str:
    """This will write one line for each handoff: where, when, and every measure (spans in seconds)."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(("handoff", "route", "summary", "record", "confirmed_at", *_MEASURES))
    for each in handoffs:
        about = (str(each.id), routes[each.route_id], each.summary, each.remote_number)
        measured = (_plain(getattr(each.measures, name)) for name in _MEASURES)
        writer.writerow((*map(safe, about), each.confirmed_at.isoformat(), *measured))
    return file.getvalue()


def as_parquet(handoffs: Iterable[Measured], routes: Mapping[int, str]) -> bytes:
    """This will write the same rows with their types; nothing there calculates, so texts stay as they are."""
    rows = list(handoffs)
    about: dict[str, list[Any]] = {
        "handoff": [str(each.id) for each in rows],
        "route": [routes[each.route_id] for each in rows],
        "summary": [each.summary for each in rows],
        "record": [each.remote_number for each in rows],
        "confirmed_at": [each.confirmed_at for each in rows],
    }
    measured = {name: [getattr(each.measures, name) for each in rows] for name in _MEASURES}
    file = BytesIO()
    parquet.write_table(pa.table(about | measured, schema=_schema()), file)
    return file.getvalue()


def safe(text: str) -> str:
    """This will return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_CALCULATES) else text


def _schema() -> Any:
    hints = get_type_hints(Measures)
    about = [(name, pa.string()) for name in ("handoff", "route", "summary", "record")]
    measured = [(name, _type(hints[name])) for name in _MEASURES]
    return pa.schema([*about, ("confirmed_at", pa.timestamp("us", tz="UTC")), *measured])


def _type(hint: Any) -> Any:
    # "float | None" says both: what it holds, and that it may be missing.
    return next(_TYPES[each] for each in (*getattr(hint, "__args__", ()), hint) if each in _TYPES)


def _plain(value: float | bool | None) -> str:  # noqa: FBT001 - a cell, not a switch
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3f}".rstrip("0").rstrip(".")
