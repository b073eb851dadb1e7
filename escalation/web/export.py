"""How do figures leave as a file that a spreadsheet opens without being told to calculate?"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import fields
from io import StringIO

from escalation.metrics.behind import Measured
from escalation.metrics.definitions import Measures

# A cell that begins so is a formula to a spreadsheet; ticket texts come from outside.
# Source: OWASP, "CSV Injection".
_CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n")
_MEASURES = tuple(each.name for each in fields(Measures))


def export(handoffs: Iterable[Measured], *, routes: Mapping[int, str]) -> str:
    """This will write one line for each handoff: where, when, and every measure (spans in seconds)."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(("handoff", "route", "summary", "record", "confirmed_at", *_MEASURES))
    for each in handoffs:
        about = (str(each.id), routes[each.route_id], each.summary, each.remote_number)
        measured = (_plain(getattr(each.measures, name)) for name in _MEASURES)
        writer.writerow((*map(safe, about), each.confirmed_at.isoformat(), *measured))
    return file.getvalue()


def safe(text: str) -> str:
    """This will return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_CALCULATES) else text


def _plain(value: float | bool | None) -> str:  # noqa: FBT001 - a cell, not a switch
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3f}".rstrip("0").rstrip(".")
