"""How are handoffs summed up to a figure? Pure; the query says the same in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import numpy as np

from escalation.metrics.definitions import Measures
from escalation.metrics.figures import METRICS, Form, Metric

# Standard errors that chance passes once in a hundred times, both ways together.
SURE: Final = 2.576


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure over some handoffs: seconds, a share 0..1 or a count."""

    value: float | None
    p90: float | None  # of spans only
    n: int  # handoffs it could be said of
    user: float | None = None  # of clocks: the share of all their time that passed waiting for the user
    bounds: tuple[float, float] | None = None  # of spans: where the median may lie, see ``around_the_middle``


def summarise(measured: Iterable[Measures]) -> dict[str, Figure]:
    """This will sum the handoffs up to every figure."""
    rows = tuple(measured)
    return {key: _figure(metric, rows) for key, metric in METRICS.items()}


def of_one(metric: Metric, measures: Measures) -> float | None:
    """This will return what one handoff contributes to a figure, in the figure's own unit."""
    value = getattr(measures, metric.key)
    if metric.form is Form.PART:
        whole = getattr(measures, metric.whole)
        return value / whole if whole else None
    return None if value is None else float(value)


def user_share(metric: Metric, *, total: float, waited: float) -> float | None:
    """This will return how much of a clock's time passed waiting for the user; None where it has none."""
    whole = total + (waited if metric.user_left_out else 0)
    return min(1.0, waited / whole) if metric.user and whole else None


def around_the_middle(n: Any) -> tuple[Any, Any]:
    """This will return the shares between which, by the order of ``n`` spans alone, the true median lies.

    It does in 99 of 100 times, whatever the spans look like: half of them lie below it, give or take √n/2
    (W. J. Conover, *Practical Nonparametric Statistics*, 1999, 3.2). Of an array of counts, two arrays.
    """
    margin = np.minimum(0.5, SURE / 2 / np.sqrt(np.maximum(n, 1)))
    return 0.5 - margin, 0.5 + margin


def percentile(values: Iterable[float], share: float) -> float | None:
    """This will return the value below which that share lies, interpolated as PostgreSQL does."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _figure(metric: Metric, rows: tuple[Measures, ...]) -> Figure:
    values = [float(value) for row in rows if (value := getattr(row, metric.key)) is not None]
    match metric.form:
        case Form.SPAN:
            middle = median(values) if values else None
            waited = sum(getattr(row, metric.user) or 0 for row in rows) if metric.user else 0
            share = user_share(metric, total=sum(values), waited=waited)
            low, high = (percentile(values, each) for each in around_the_middle(len(values)))
            bounds = None if low is None or high is None else (low, high)
            p90 = percentile(values, 0.9)
            return Figure(value=middle, p90=p90, n=len(values), user=share, bounds=bounds)
        case Form.SHARE:
            return Figure(value=sum(values) / len(values) if values else None, p90=None, n=len(values))
        case Form.PART:
            whole = sum(getattr(row, metric.whole) or 0 for row in rows)
            return Figure(value=sum(values) / whole if whole else None, p90=None, n=len(values))
        case Form.COUNT:
            return Figure(value=sum(values) if values else None, p90=None, n=len(values))
