"""What do the handoffs of a day or a week come to, all and by kind? Written anew, and added up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

import numpy as np
from django.db.models import Q, QuerySet

from escalation.metrics import sketch
from escalation.metrics.figures import METRICS, Form
from escalation.models import Measurement, Tally

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
NOTHING: Final[tuple[float, int]] = (
    0,
    0,
)  # of a measure that came after the day was counted, until it is counted anew
_WEEK = timedelta(days=7)
_READ = ("route_id", "confirmed_at", "tail_at", *DIMENSIONS.values(), *NUMBERS, *SPANS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Several tallies added up."""

    sent: int
    numbers: Mapping[str, tuple[float, int]]  # sum, and of how many it could be said
    spans: sketch.Counts


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
            Tally.objects.bulk_create(
                _tally(some, dimension=dimension, value=value, route_id=route, grain=grain, starts=since)
                for dimension, value, some in _by_kind(those)
            )


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


class Cell(NamedTuple):
    """One tally as it is read: a row of plain values, for there are thousands of them on one page."""

    route_id: int
    starts: date
    dimension: str
    value: str
    sent: int
    numbers: dict[str, tuple[float, int]]
    spans: bytes


def cells(tallies: "QuerySet[Tally]") -> list[Cell]:
    """This will read tallies."""
    return [Cell(*row) for row in tallies.values_list(*Cell._fields)]


def add_up(tallies: Iterable[Cell]) -> Counted:
    """This will add tallies up; of nothing it is nothing."""
    rows = tuple(tallies)
    numbers = dict.fromkeys((*NUMBERS, *CLOCKS), NOTHING)
    for row in rows:
        for key, (total, of) in row.numbers.items():
            if key in numbers:
                numbers[key] = (numbers[key][0] + total, numbers[key][1] + of)
    return Counted(
        sent=sum(row.sent for row in rows),
        numbers=numbers,
        spans=sketch.together([bytes(row.spans) for row in rows], rows=len(SPANS)),
    )


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
    clocks = {key: [float(np.nansum(of)), int((~np.isnan(of)).sum())] for key, of in timed.items()}
    return Tally(
        sent=len(rows),
        numbers={key: [float(sums[n]), int(count[n])] for n, key in enumerate(NUMBERS)} | clocks,
        spans=sketch.written(codes),
        **where,
    )
