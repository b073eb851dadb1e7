"""What runs on, of the handoffs still open, until somebody looks?

Thousands of them at any time: they are read as columns and added up as columns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from escalation.metrics.figures import RUNNING
from escalation.metrics.tallies import DIMENSIONS
from escalation.models import Measurement

SILENCE: Final = "silence"  # the longest of all, the one that runs on or an earlier
_READ: Final = (
    *("handoff_id", "route_id", "confirmed_at", "tail_at", "tail_waits", "tail_on_user", "silence"),
    *("route__update_within_minutes", *DIMENSIONS.values()),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tails:
    """The time of open handoffs since the last human word of each, a column for each thing known."""

    ids: NDArray[np.object_]
    routes: NDArray[np.int64]
    days: NDArray[np.object_]  # each was confirmed on, in UTC
    seconds: Mapping[str, NDArray[np.float64]]  # of the measures in ``RUNNING``, and the silence
    kinds: Mapping[str, NDArray[np.object_]]  # dimension to the value each is counted under

    def __len__(self) -> int:
        return len(self.ids)

    def of_route(self, route: int) -> "Tails":
        """Keep those of one route."""
        return self._where(self.routes == route)

    def of_kind(self, dimension: str, value: str) -> "Tails":
        """Keep those that are counted under one value of a dimension."""
        return self._where(self.kinds[dimension] == value)

    def within(self, first: date, end: date) -> "Tails":
        """Keep those confirmed from the first day to before the end."""
        return self._where((self.days >= first) & (self.days < end))

    def by_handoff(self) -> dict[UUID, dict[str, float]]:
        """Return what runs on of each, under the measure's name."""
        keys = tuple(self.seconds)
        rows = zip(*(column.tolist() for column in self.seconds.values()), strict=True)
        return {each: dict(zip(keys, row, strict=True)) for each, row in zip(self.ids, rows, strict=True)}

    def _where(self, held: NDArray[np.bool_]) -> "Tails":
        return Tails(
            ids=self.ids[held],
            routes=self.routes[held],
            days=self.days[held],
            seconds={key: column[held] for key, column in self.seconds.items()},
            kinds={key: column[held] for key, column in self.kinds.items()},
        )


def tails(*, route_ids: Iterable[int], since: datetime, before: datetime, until: datetime) -> Tails:
    """This will return what runs on of the handoffs confirmed in that time."""
    found = Measurement.objects.filter(
        route__in=tuple(route_ids), confirmed_at__gte=since, confirmed_at__lt=before, tail_at__isnull=False
    )
    rows = tuple(found.values_list(*_READ))
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * len(_READ)
    ids, routes, confirmed, tail_at, waits, on_user, silence, promised, *kinds = columns
    open_s = np.array([max(0.0, (until - at).total_seconds()) for at in tail_at], dtype=float)
    seconds = {
        "open_s": open_s,
        "waiting_s": np.where(np.array(waits, dtype=bool), open_s, 0.0),
        "on_user_s": np.where(np.array(on_user, dtype=bool), open_s, 0.0),
        "promised_s": np.minimum(open_s, np.array(promised, dtype=float) * 60),
        SILENCE: np.maximum(open_s, np.array([each or 0.0 for each in silence], dtype=float)),
    }
    return Tails(
        ids=_objects(ids),
        routes=np.array(routes, dtype=np.int64),
        days=_objects([at.date() for at in confirmed]),
        seconds={key: seconds[key] for key in (*RUNNING, SILENCE)},
        kinds={
            name: _objects([str(each or "") for each in column])
            for name, column in zip(DIMENSIONS, kinds, strict=True)
        },
    )


def _objects(values: Iterable[Any]) -> NDArray[np.object_]:
    found = list(values)
    column = np.empty(len(found), dtype=object)
    column[:] = found
    return column
