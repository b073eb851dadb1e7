"""How are tallies read and added up? As columns, for there are thousands of them on one page."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, QuerySet, TextField, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from psycopg import Cursor
from psycopg.pq import Format

from escalation.metrics import packed, sketch
from escalation.metrics.figures import METRICS, Form
from escalation.models import Tally

# The order is written into the rows: add at the end, and never take one out.
SPANS: Final = (
    *("effort", "to_delivered", "to_seen", "to_accepted", "to_engaged", "to_resolved"),
    *("to_seen_business", "to_accepted_business", "to_engaged_business", "to_resolved_business"),
    *("rebuild", "diagnosing", "lag", "told_lag", "silence"),
)
CLOCKS: Final = tuple(key for key, each in METRICS.items() if each.user)  # summed up, too
NUMBERS: Final = (
    *(key for key, each in METRICS.items() if each.form is not Form.SPAN),
    *dict.fromkeys(each.whole for each in METRICS.values() if each.whole),
    *(METRICS[key].user for key in CLOCKS),
)
DIMENSIONS: Final = {"category": "category", "template": "template_id", "shift": "shift", "parts": "parts"}
# Of what an older version wrote the sums are read from the JSON beside them.
_READ: Final[tuple[Any, ...]] = (
    *("route_id", "grain", "starts", "dimension", "value", "sent", "sums", "spans"),
    Case(When(sums=None, then=Cast("numbers", TextField()))),
)
# Exactly those places: routes times grains times days would be many more, each with its twenty kinds.
_AT: Final = """
SELECT t.id FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS at (route, grain, starts)
JOIN escalation_tally t
    ON t.route_id = at.route AND t.grain = at.grain AND t.starts = at.starts AND t.dimension = ANY(%s)
"""

Place = tuple[int, str, date]  # a route, day or week, and when it begins


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Several tallies added up; ``spans`` has a row for each of ``SPANS``."""

    sent: int
    numbers: Mapping[str, tuple[float, int]]
    spans: sketch.Counts


class Cell(NamedTuple):
    """One tally as it is read: a row of plain values."""

    route_id: int
    grain: str
    starts: date
    dimension: str
    value: str
    sent: int
    sums: bytes  # as ``packed`` writes them
    spans: bytes
    kinds: bytes | None = None  # of one that counts all: its kinds, where they were asked for


def cells(tallies: "QuerySet[Tally]", *, kinds: bool = False) -> list[Cell]:
    """This will read tallies; with what their kinds come to in brief where ``kinds`` says so."""
    rows = _in_binary(tallies.values_list(*_READ, *(("kinds",) if kinds else ())))
    return [
        Cell._make((*row[:6], row[6] or _packed(row[8]), row[7], row[9] if kinds else None)) for row in rows
    ]


class Numbered(NamedTuple):
    """One tally to be packed, with its key."""

    pk: int
    waits: bool  # an older version wrote it
    cell: Cell


def numbered(places: Collection[Place]) -> list[Numbered]:
    """This will read every tally of these days and weeks of routes, each once."""
    routes, grains, starts = ([place[at] for place in places] for at in range(3))
    places_of = RawSQL(_AT, (routes, grains, starts, ["", *DIMENSIONS]))  # noqa: S611 # nosec - all parameters
    rows = Tally.objects.filter(pk__in=places_of)
    return [
        Numbered(
            pk=row[-1],
            waits=row[6] is None,
            cell=Cell._make((*row[:6], row[6] or _packed(row[8]), row[7], None)),
        )
        for row in _in_binary(rows.order_by("pk").values_list(*_READ, "pk"))
    ]


def _in_binary(asked: "QuerySet[Tally, Any]") -> list[tuple[Any, ...]]:
    """Ask as usual, and be answered in bytes: as text, megabytes were written out in hexadecimal and back."""
    try:
        sql, params = asked.query.sql_with_params()
    except EmptyResultSet:  # of no routes, or no days
        return []
    connection.ensure_connection()
    # Django's own cursors bind here and are answered in text; its wrapper still sees what is asked.
    raw = Cursor(connection.connection)
    raw.format = Format.BINARY
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrapped(raw) as cursor:  # type: ignore[arg-type]  # the stubs know Django's cursors alone
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _packed(numbers: str) -> bytes:
    said = {key: (float(total), int(of)) for key, (total, of) in json.loads(numbers).items()}
    return packed.written(said)


def add_up(tallies: Iterable[Cell]) -> Counted:
    """This will add tallies up; of nothing it is nothing."""
    rows = tuple(tallies)
    return Counted(
        sent=sum(row.sent for row in rows),
        numbers=packed.summed([row.sums for row in rows]),
        spans=sketch.together([bytes(row.spans) for row in rows], rows=len(SPANS)),
    )


def in_brief(tallies: Iterable[Cell]) -> packed.Together:
    """This will add up, kind by kind, what stands in tallies of all, and be as right for those of old."""
    rows = tuple(tallies)
    old = [row for row in rows if not packed.readable(row.kinds)]
    refolded = kinds_of(old) if old else {}
    return packed.unfolded(
        row.kinds if row.kinds is not None and packed.readable(row.kinds) else refolded[place_of(row)]
        for row in rows
    )


def kinds_of(whole: Collection[Cell]) -> dict[Place, bytes]:
    """This will fold the kinds of these tallies of all, from those of each kind."""
    found: dict[Place, list[packed.Brief]] = {place_of(row): [] for row in whole}
    asked = Tally.objects.filter(
        route__in={row.route_id for row in whole},
        grain__in={row.grain for row in whole},
        starts__in={row.starts for row in whole},
        dimension__in=tuple(DIMENSIONS),
    )
    for row in cells(asked.order_by("pk")):
        if place_of(row) in found:
            found[place_of(row)].append(brief(row))
    return {place: packed.folded(those) for place, those in found.items()}


def place_of(row: Cell) -> Place:
    """This will say of which day or week of which route it is."""
    return row.route_id, row.grain, row.starts


def brief(cell: Cell) -> packed.Brief:
    """This will keep of a kind what a table by kind shows."""
    numbers = packed.summed([cell.sums])
    return packed.Brief(
        dimension=cell.dimension,
        value=cell.value,
        sent=cell.sent,
        numbers={key: numbers[key] for key in packed.BRIEF_NUMBERS},
        spans=sketch.rows_of(bytes(cell.spans), [SPANS.index(key) for key in packed.BRIEF_SPANS]),
    )
