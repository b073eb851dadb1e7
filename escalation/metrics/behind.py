"""Which handoffs stand behind a figure, and what did each come to?

Read from what ``metrics.keep`` wrote, one page at a time. Of a handoff still open, the time since its last
human word is added when somebody looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast, NullIf

from escalation.metrics.definitions import Measures
from escalation.metrics.figures import RUNNING, Form, Metric
from escalation.metrics.measuring import COLUMNS
from escalation.metrics.read import Kind, Period
from escalation.metrics.running import running, runs_on
from escalation.metrics.tails import SILENCE, tails_by_handoff, tails_of
from escalation.metrics.tallies import of_kind
from escalation.models import Measurement

ABOUT = ("handoff_id", "route_id", "handoff__summary", "handoff__remote_number", "confirmed_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One handoff behind a figure."""

    id: UUID
    route_id: int
    summary: str
    remote_number: str
    confirmed_at: datetime
    measures: Measures


def handoffs(*, route_ids: Iterable[int], period: Period, kind: Kind | None = None) -> tuple[Measured, ...]:
    """This will return every handoff of the period as it was measured, the newest first."""
    rows = _rows(route_ids, period, kind)
    found = rows.order_by("-confirmed_at", "handoff_id").values_list(*ABOUT, *COLUMNS)
    still_open = tails_by_handoff(
        route_ids=route_ids, since=period.since, before=period.before, until=period.until
    )
    return tuple(_measured(row, still_open.get(row[0])) for row in found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """The handoffs a figure is made of, the most telling first; read one page at a time."""

    rows: "QuerySet[Measurement]"
    counted: int
    until: datetime | None = None  # where the figure runs on until then

    def count(self) -> int:
        """How many there are, as the tallies say it: nothing is counted row by row."""
        return self.counted

    def __len__(self) -> int:
        return self.counted

    def __getitem__(self, wanted: slice) -> tuple[Measured, ...]:
        # First which ones, from few columns; then what they came to.
        ids = list(self.rows.values_list("pk", flat=True)[wanted])
        found = {row[0]: row for row in Measurement.objects.filter(pk__in=ids).values_list(*ABOUT, *COLUMNS)}
        still_open = tails_of(ids, until=self.until) if self.until else {}
        return tuple(_measured(found[each], still_open.get(each)) for each in ids)


def behind(
    *, route_ids: Iterable[int], period: Period, metric: Metric, counted: int, kind: Kind | None = None
) -> Behind:
    """This will return the handoffs behind a figure, the most telling first; ``counted`` is its n."""
    rows, until = _rows(route_ids, period, kind), period.until
    if metric.form is Form.PART:
        whole = Cast(running(metric.whole, until), FloatField())
        rows = rows.annotate(whole=whole).filter(whole__gt=0)
        rows = rows.annotate(told=Cast(running(metric.key, until), FloatField()) / NullIf(F("whole"), 0.0))
    else:
        rows = rows.annotate(told=running(metric.key, until)).filter(told__isnull=False)
    most = F("told").asc() if metric.less_is_better is False else F("told").desc()
    return Behind(
        rows=rows.order_by(most, "-confirmed_at", "pk"),
        counted=rows.count() if metric.form is Form.PART else counted,
        until=until if runs_on(metric) else None,
    )


def sent(*, route_ids: Iterable[int], period: Period, kind: Kind | None, counted: int) -> Behind:
    """This will return what was sent, the newest first; ``counted`` is how many that are."""
    rows = _rows(route_ids, period, kind)
    return Behind(rows=rows.order_by("-confirmed_at", "pk"), counted=counted)


def _rows(route_ids: Iterable[int], period: Period, kind: Kind | None) -> "QuerySet[Measurement]":
    rows = Measurement.objects.filter(
        route__in=tuple(route_ids), confirmed_at__gte=period.since, confirmed_at__lt=period.before
    )
    return rows if kind is None else rows.filter(of_kind(kind.dimension, kind.value))


def _measured(row: tuple[Any, ...], tail: Mapping[str, float] | None) -> Measured:
    names = ("id", "route_id", "summary", "remote_number", "confirmed_at")
    values: Mapping[str, Any] = dict(zip(COLUMNS, row[len(names) :], strict=True))
    if tail is not None:
        added = {key: values[key] + tail[key] for key in RUNNING}
        values = {**values, **added, SILENCE: tail[SILENCE]}
    return Measured(**dict(zip(names, row, strict=False)), measures=Measures(**values))
