"""How do tallies, and what runs on of open handoffs, become figures?

Medians are right to one part in a hundred (``metrics.sketch``), everything else is exact.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from escalation.metrics import packed, sketch
from escalation.metrics.cells import SPANS, Cell, Counted, add_up, in_brief
from escalation.metrics.figures import METRICS, RUNNING, Form, Metric
from escalation.metrics.reckoned import Reckoned
from escalation.metrics.summing import Figure, around_the_middle, user_share
from escalation.metrics.tails import SILENCE, Tails

MIDDLE_AND_P90: Final = (0.5, 0.9)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """What a sketch says of one span, in seconds, and of how many; see ``summing.Figure``."""

    middle: float | None = None
    p90: float | None = None
    bounds: tuple[float, float] | None = None
    n: int = 0


Told = Callable[[str], Span]
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
        figures=_all_figures(counted),
        business=Reckoned(
            _BUSINESS, lambda key: sketch.percentiles(_spans(counted, _BUSINESS[key]), (0.5,))[0]
        ),
        **of,
    )


def week_of(starts: date, rows: Iterable[Cell], still_open: Tails) -> Week:
    """This will do the same for the week from that Monday."""
    counted = _with(add_up(rows), still_open)
    return Week(starts=starts, sent=counted.sent, figures=_all_figures(counted))


def kinds_in_brief(rows: Iterable[Cell], still_open: Tails) -> Iterator[tuple[str, Summary]]:
    """This will yield a dimension and the figures of one of its kinds, those of ``packed.IN_BRIEF``."""
    together = in_brief(rows)
    running = {each: still_open.sums_by(each) for each in still_open.kinds}
    # Of all kinds at once: one by one, they took as long as everything else about them.
    counts = together.spans.sum(axis=-1)
    told = sketch.many_percentiles(together.spans, (*MIDDLE_AND_P90, *around_the_middle(counts))).tolist()
    for place, (dimension, value) in enumerate(together.kinds):
        numbers: packed.Numbers = {
            key: (total, int(of))
            for key, (total, of) in zip(packed.BRIEF_NUMBERS, together.numbers[place].tolist(), strict=True)
        }
        spans = {
            key: Span(middle=middle, p90=p90, bounds=(low, high), n=int(n)) if n else Span()
            for key, (middle, p90, low, high), n in zip(
                packed.BRIEF_SPANS, told[place], counts[place].tolist(), strict=True
            )
        }
        numbers = _run_on(numbers, running[dimension].get(value, {}))
        figures = _figures(numbers, packed.IN_BRIEF, spans.__getitem__)
        yield (
            dimension,
            Summary(sent=int(together.sent[place]), figures=figures, business={}, value=value),
        )


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
    return np.asarray(counted.spans[SPANS.index(name)], dtype=np.float64)


def _figures(numbers: packed.Numbers, keys: Iterable[str], told: Told) -> Mapping[str, Figure]:
    return Reckoned(tuple(keys), lambda key: _figure(METRICS[key], numbers, told))


def _all_figures(counted: Counted) -> Mapping[str, Figure]:
    return _figures(counted.numbers, METRICS, lambda key: _told(_spans(counted, key)))


def _told(counts: sketch.Counts) -> Span:
    n = int(counts.sum())
    middle, p90, low, high = sketch.percentiles(counts, (*MIDDLE_AND_P90, *around_the_middle(n)))
    bounds = None if low is None or high is None else (low, high)
    return Span(middle=middle, p90=p90, bounds=bounds, n=n)


def _figure(metric: Metric, numbers: packed.Numbers, told: Told) -> Figure:
    if metric.form is Form.SPAN:
        span = told(metric.key)
        share = None
        if metric.user:
            total, waited = numbers[metric.key][0], numbers[metric.user][0]
            share = user_share(metric, total=total, waited=waited)
        return Figure(value=span.middle, p90=span.p90, n=span.n, user=share, bounds=span.bounds)
    total, of = numbers[metric.key]
    whole = {
        Form.PART: numbers.get(metric.whole, (0, 0))[0],
        Form.SHARE: of,
        Form.COUNT: 1 if of else 0,
    }
    return Figure(value=total / whole[metric.form] if whole[metric.form] else None, p90=None, n=of)
