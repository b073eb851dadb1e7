"""What runs on, of the handoffs still open, until somebody looks?

Thousands of them at any time: they are read once for a page, as columns of numbers, and added up as columns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db.models import F, FloatField, Func, QuerySet
from numpy.typing import NDArray

from escalation.metrics.cells import DIMENSIONS
from escalation.metrics.figures import RUNNING
from escalation.models import Measurement

SILENCE: Final = "silence"  # the longest of all, the one that runs on or an earlier
A_DAY_S: Final = 86_400
_FIRST: Final = date(1970, 1, 1).toordinal()


def _epoch(column: str) -> Func:
    """A moment as seconds: thousands of datetimes would cost more than what is reckoned of them."""
    return Func(F(column), template="extract(epoch FROM %(expressions)s)::float8", output_field=FloatField())


_READ: Final[tuple[Any, ...]] = (
    *("route_id", _epoch("confirmed_at"), _epoch("tail_at")),
    *("tail_waits", "tail_on_user", "silence", F("route__update_within_minutes"), *DIMENSIONS.values()),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tails:
    """The time of open handoffs since the last human word of each, a column for each thing known."""

    routes: NDArray[np.int64]
    days: NDArray[np.int64]  # each was confirmed on, in UTC, as ``date.toordinal`` counts them
    seconds: Mapping[str, NDArray[np.float64]]  # of the measures in ``RUNNING``, and the silence
    kinds: Mapping[str, NDArray[np.object_]]  # dimension to the value each is counted under

    def __len__(self) -> int:
        return len(self.routes)

    def of_route(self, route: int) -> "Tails":
        """Keep those of one route."""
        return self._where(self.routes == route)

    def of_kind(self, dimension: str, value: str) -> "Tails":
        """Keep those that are counted under one value of a dimension."""
        return self._where(self.kinds[dimension] == value)

    def within(self, first: date, end: date) -> "Tails":
        """Keep those confirmed from the first day to before the end."""
        return self._where((self.days >= first.toordinal()) & (self.days < end.toordinal()))

    def sums(self) -> dict[str, float]:
        """Add up what is in ``RUNNING``."""
        return {key: float(self.seconds[key].sum()) for key in RUNNING}

    def sums_by(self, dimension: str) -> dict[str, dict[str, float]]:
        """Add the same up under each value of a dimension."""
        values, places = np.unique(self.kinds[dimension].astype(str), return_inverse=True)
        added = {key: np.bincount(places, weights=self.seconds[key]).tolist() for key in RUNNING}
        return {str(value): {key: added[key][n] for key in RUNNING} for n, value in enumerate(values)}

    def _where(self, held: NDArray[np.bool_]) -> "Tails":
        return Tails(
            routes=self.routes[held],
            days=self.days[held],
            seconds={key: column[held] for key, column in self.seconds.items()},
            kinds={key: column[held] for key, column in self.kinds.items()},
        )


def tails(*, route_ids: Iterable[int], since: datetime, before: datetime, until: datetime) -> Tails:
    """This will return what runs on of the handoffs confirmed in that time."""
    return _columns(list(_still_open(route_ids, since, before).values_list(*_READ)), until)


def tails_by_handoff(
    *, route_ids: Iterable[int], since: datetime, before: datetime, until: datetime
) -> dict[UUID, dict[str, float]]:
    """This will return the same of each, under the measure's name."""
    return _each(_still_open(route_ids, since, before), until)


def tails_of(handoffs: Iterable[UUID], *, until: datetime) -> dict[UUID, dict[str, float]]:
    """This will return the same of these handoffs; what is over is left out."""
    return _each(Measurement.objects.filter(pk__in=tuple(handoffs), tail_at__isnull=False), until)


def _still_open(route_ids: Iterable[int], since: datetime, before: datetime) -> "QuerySet[Measurement]":
    return Measurement.objects.filter(
        route__in=tuple(route_ids), confirmed_at__gte=since, confirmed_at__lt=before, tail_at__isnull=False
    )


def _each(found: "QuerySet[Measurement]", until: datetime) -> dict[UUID, dict[str, float]]:
    rows = list(found.values_list("handoff_id", *_READ))
    seconds = _columns([row[1:] for row in rows], until).seconds
    values = zip(*(column.tolist() for column in seconds.values()), strict=True)
    return {row[0]: dict(zip(seconds, each, strict=True)) for row, each in zip(rows, values, strict=True)}


def _columns(rows: list[tuple[Any, ...]], until: datetime) -> Tails:
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * len(_READ)
    routes, confirmed, tail_at, waits, on_user, silence, promised, *kinds = columns
    open_s = np.maximum(0.0, until.timestamp() - np.array(tail_at, dtype=float))
    seconds = {
        "open_s": open_s,
        "waiting_s": np.where(np.array(waits, dtype=bool), open_s, 0.0),
        "on_user_s": np.where(np.array(on_user, dtype=bool), open_s, 0.0),
        "promised_s": np.minimum(open_s, np.array(promised, dtype=float) * 60),
        SILENCE: np.maximum(open_s, np.array([each or 0.0 for each in silence], dtype=float)),
    }
    return Tails(
        routes=np.array(routes, dtype=np.int64),
        days=np.floor(np.array(confirmed, dtype=float) / A_DAY_S).astype(np.int64) + _FIRST,
        seconds={key: seconds[key] for key in (*RUNNING, SILENCE)},
        kinds={
            name: np.array([str(each or "") for each in column], dtype=object)
            for name, column in zip(DIMENSIONS, kinds, strict=True)
        },
    )
