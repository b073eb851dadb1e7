"""What do the handoffs of a day or a week come to, all and by kind? Counted anew and written."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q

from escalation.metrics import packed, sketch
from escalation.metrics.cells import (
    CLOCKS,
    DIMENSIONS,
    NUMBERS,
    SPANS,
    Cell,
    Place,
    brief,
    numbered,
    place_of,
)
from escalation.models import Measurement, Tally

_WEEK = timedelta(days=7)
_PACK = """
UPDATE escalation_tally AS old SET sums = new.sums, kinds = new.kinds
FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS new (id, sums, kinds) WHERE old.id = new.id
"""
_READ = ("route_id", "confirmed_at", "tail_at", *DIMENSIONS.values(), *NUMBERS, *SPANS)


def monday(day: date) -> date:
    """This will return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def count_anew(days: Iterable[tuple[int, date]]) -> None:
    """This will count these days of these routes, and the weeks they lie in, from the measures."""
    for (route, starts), wanted in groupby(sorted((route, monday(day), day) for route, day in days), _week):
        changed = {day for _, _, day in wanted}
        rows = _rows(route, starts)
        cells = [(Tally.Grain.WEEK, starts, rows)]
        cells += [(Tally.Grain.DAY, day, [row for row in rows if row[1] == day]) for day in sorted(changed)]
        for grain, since, those in cells:
            Tally.objects.filter(route_id=route, grain=grain, starts=since).delete()
            Tally.objects.bulk_create(_tallies(those, route_id=route, grain=grain, starts=since))


def fold(*, most: int) -> int:
    """This will pack what a version wrote that knew of no packed sums; returns how many tallies it took.

    Whole days and weeks of routes, at least so many rows where there are as many: then each row is read once,
    for its own sums and for the kinds of the day, and all are written by one statement.
    """
    newest = Tally.objects.filter(sums=None).order_by("-pk")  # pages show what is new
    rows = numbered(set(newest.values_list("route_id", "grain", "starts")[:most]))
    briefs: dict[Place, list[packed.Brief]] = {}
    for row in rows:
        if row.cell.dimension:
            briefs.setdefault(place_of(row.cell), []).append(brief(row.cell))
    # The kinds of a day stand in its tally of all, which may have been packed before them.
    changed = [row for row in rows if row.waits or not row.cell.dimension]
    kinds = [
        None if row.cell.dimension else packed.folded(briefs.get(place_of(row.cell), ())) for row in changed
    ]
    with connection.cursor() as cursor:
        cursor.execute(_PACK, [[row.pk for row in changed], [row.cell.sums for row in changed], kinds])
    return sum(row.waits for row in rows)


def of_kind(dimension: str, value: str) -> Q:
    """This will ask for the measures that are counted under this value of a dimension."""
    column = DIMENSIONS[dimension]
    if value:
        return Q(**{column: value})
    match dimension:
        case "template":
            return Q(template_id=None)
        case "parts":
            return Q(parts=None) | Q(parts=0)
        case _:
            return Q(**{column: ""})


def _week(row: tuple[int, date, date]) -> tuple[int, date]:
    return row[0], row[1]


def _rows(route: int, starts: date) -> list[tuple[Any, ...]]:
    """The week's measures with their day in the place of their moment."""
    since = datetime.combine(starts, time(), UTC)
    found = Measurement.objects.filter(
        route_id=route, confirmed_at__gte=since, confirmed_at__lt=since + _WEEK
    )
    return [(row[0], row[1].date(), *row[2:]) for row in found.values_list(*_READ)]


def _by_kind(rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, str, list[tuple[Any, ...]]]]:
    if rows:
        yield "", "", rows
    for name, column in DIMENSIONS.items():
        kind = itemgetter(_READ.index(column))
        by_value: dict[str, list[tuple[Any, ...]]] = {}
        for row in rows:
            by_value.setdefault(str(kind(row) or ""), []).append(row)
        yield from ((name, value, some) for value, some in by_value.items())


def _tallies(rows: list[tuple[Any, ...]], **where: Any) -> list[Tally]:
    found = [
        _tally(some, dimension=dimension, value=value, **where) for dimension, value, some in _by_kind(rows)
    ]
    # The first counts all; what a table by kind shows of the others stands in it, too.
    for whole in found[:1]:
        whole.kinds = packed.folded(brief(_cell(each)) for each in found[1:])
    return found


def _cell(tally: Tally) -> Cell:
    return Cell(
        route_id=tally.route_id,
        grain=tally.grain,
        starts=tally.starts,
        dimension=tally.dimension,
        value=tally.value,
        sent=tally.sent,
        sums=bytes(tally.sums or b""),
        spans=bytes(tally.spans),
    )


def _tally(rows: list[tuple[Any, ...]], **where: Any) -> Tally:
    first = _READ.index(NUMBERS[0])
    numbers = np.array([row[first : first + len(NUMBERS)] for row in rows], dtype=float)
    spans = np.array([row[first + len(NUMBERS) :] for row in rows], dtype=float)
    # How long an open handoff has been silent is not known before somebody looks.
    spans[[row[_READ.index("tail_at")] is not None for row in rows], SPANS.index("silence")] = np.nan
    said = ~np.isnan(spans)
    codes = np.nonzero(said)[1] * sketch.BUCKETS + sketch.buckets(spans[said])
    sums, count = np.nansum(numbers, axis=0), (~np.isnan(numbers)).sum(axis=0)
    timed = {key: spans[:, SPANS.index(key)] for key in CLOCKS}
    clocks = {key: (float(np.nansum(of)), int((~np.isnan(of)).sum())) for key, of in timed.items()}
    said_of = {key: (float(sums[n]), int(count[n])) for n, key in enumerate(NUMBERS)} | clocks
    return Tally(
        sent=len(rows),
        numbers=said_of,
        sums=packed.written(said_of),
        spans=sketch.written(codes),
        **where,
    )
