"""How do tallies, and what runs on of open handoffs, become figures?

Medians are right to one part in a hundred (``metrics.sketch``), everything else is exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from escalation.metrics import packed, sketch
from escalation.metrics.cells import SPANS, Cell, Counted, add_up, in_brief
from escalation.metrics.figures import METRICS, RUNNING, Form, Metric
from escalation.metrics.reckoned import Reckoned
from escalation.metrics.summing import Figure, user_share
from escalation.metrics.tails import SILENCE, Tails

_BUSINESS: Final = {key: metric.business for key, metric in METRICS.items() if metric.business}


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The figures of all together, of one route, or of one kind."""

    sent: int
    figures: Mapping[str, Figure]
    business: Mapping[str, float | None]  # medians in business hours, in seconds, under the figure's key
    route_id: int | None = None
    value: str = ""  # of the kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """The figures of the calendar week from the Monday ``starts``, in UTC."""

    starts: date
    sent: int
    figures: Mapping[str, Figure]


def summary_of(rows: Iterable[Cell], still_open: Tails, **of: Any) -> Summary:
    """This will add up tallies and what runs on beside them; ``of`` says whose they are."""
    counted = _with(add_up(rows), still_open)
    return Summary(
        sent=counted.sent,
        figures=_figures(counted, METRICS),
        business=Reckoned(
            _BUSINESS, lambda key: sketch.percentiles(_spans(counted, _BUSINESS[key]), (0.5,))[0]
        ),
        **of,
    )


def week_of(starts: date, rows: Iterable[Cell], still_open: Tails) -> Week:
    """This will do the same for the week from that Monday."""
    counted = _with(add_up(rows), still_open)
    return Week(starts=starts, sent=counted.sent, figures=_figures(counted, METRICS))


def kinds_in_brief(rows: Iterable[Cell], still_open: Tails) -> Iterator[tuple[str, Summary]]:
    """This will yield a dimension and the figures of one of its kinds, those of ``packed.IN_BRIEF``."""
    together = in_brief(rows)
    running = {each: still_open.sums_by(each) for each in still_open.kinds}
    for place, (dimension, value) in enumerate(together.kinds):
        numbers = {
            key: (total, int(of))
            for key, (total, of) in zip(packed.BRIEF_NUMBERS, together.numbers[place].tolist(), strict=True)
        }
        counted = Counted(
            sent=int(together.sent[place]),
            numbers=_run_on(numbers, running[dimension].get(value, {})),
            spans=together.spans[place],
            timed=packed.BRIEF_SPANS,
        )
        figures = _figures(counted, packed.IN_BRIEF)
        yield dimension, Summary(sent=counted.sent, figures=figures, business={}, value=value)


def _with(counted: Counted, still_open: Tails) -> Counted:
    """Adds what ran since the last human word of the handoffs still open."""
    if not len(still_open):
        return counted
    spans = counted.spans
    np.add.at(spans[SPANS.index(SILENCE)], sketch.buckets(still_open.seconds[SILENCE]), 1.0)
    numbers = _run_on(counted.numbers, still_open.sums())
    return Counted(sent=counted.sent, numbers=numbers, spans=spans)


def _run_on(
    numbers: Mapping[str, tuple[float, int]], added: Mapping[str, float]
) -> Mapping[str, tuple[float, int]]:
    running = [key for key in RUNNING if key in numbers and key in added]
    return {**numbers, **{key: (numbers[key][0] + added[key], numbers[key][1]) for key in running}}


def _spans(counted: Counted, name: str) -> sketch.Counts:
    return np.asarray(counted.spans[counted.timed.index(name)], dtype=np.float64)


def _figures(counted: Counted, keys: Iterable[str]) -> Mapping[str, Figure]:
    return Reckoned(tuple(keys), lambda key: _figure(METRICS[key], counted))


def _figure(metric: Metric, counted: Counted) -> Figure:
    if metric.form is Form.SPAN:
        counts = _spans(counted, metric.key)
        middle, p90 = sketch.percentiles(counts, (0.5, 0.9))
        share = None
        if metric.user:
            total, waited = counted.numbers[metric.key][0], counted.numbers[metric.user][0]
            share = user_share(metric, total=total, waited=waited)
        return Figure(value=middle, p90=p90, n=int(counts.sum()), user=share)
    total, of = counted.numbers[metric.key]
    whole = {
        Form.PART: counted.numbers.get(metric.whole, (0, 0))[0],
        Form.SHARE: of,
        Form.COUNT: 1 if of else 0,
    }
    return Figure(value=total / whole[metric.form] if whole[metric.form] else None, p90=None, n=of)
