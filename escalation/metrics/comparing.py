"""Is a figure better or worse than in the period before, and may that be said at all? Pure.

Said only where chance would move a figure that far less than once in a hundred times, so that four returns
after one are not news. Shares are compared by the two-proportion test (NIST/SEMATECH e-Handbook, 7.3.3), a
part of a whole as if each handoff said yes or no, which is the most that it can vary. Medians of spans are
compared by the intervals in which each may lie, put together as Zou and Donner do (Statistics in Medicine 27,
2008): no shape of the spans is assumed, because what lies over a night makes two humps of them.
"""

from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final

from escalation.metrics.figures import Form, Metric
from escalation.metrics.summing import SURE, Figure

# Below this, nobody should be called better or worse, however clear it looks.
ENOUGH: Final = 10
WORTH_SAYING: Final = 0.1  # of the figure before; less is true and no news
NOTHING: Final = Figure(value=None, p90=None, n=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """One figure beside what it was in the period before."""

    metric: Metric
    now: Figure
    before: Figure
    change: float | None  # of a span relative, of a share in shares; None where too little stands behind it
    verdict: str  # "better", "worse", "" where neither can be said

    @property
    def few(self) -> bool:
        """Whether both periods have something, and one of them too little to be compared."""
        return bool(self.now.n and self.before.n) and min(self.now.n, self.before.n) < ENOUGH


def beside(metric: Metric, now: Figure, before: Figure | None) -> Beside:
    """This will set a figure beside the one before; None where there was none."""
    old = before or NOTHING
    change = None
    if now.value is not None and old.value is not None and min(now.n, old.n) >= ENOUGH:
        change = _change(metric, now.value, old.value)
    return Beside(
        metric=metric, now=now, before=old, change=change, verdict=_verdict(metric, now, old, change)
    )


def _change(metric: Metric, now: float, before: float) -> float | None:
    match metric.form:
        case Form.SPAN:
            return (now - before) / before if before else None
        case Form.SHARE | Form.PART:
            return now - before
        case Form.COUNT:
            return None


def _verdict(metric: Metric, now: Figure, before: Figure, change: float | None) -> str:
    if metric.form is Form.COUNT:
        return "worse" if now.value else ""  # what must be 0 is said at once, of one handoff too
    if not change or metric.less_is_better is None or before.value is None:
        return ""
    beyond = _spans_differ if metric.form is Form.SPAN else _shares_differ
    now_value = now.value or 0.0
    if abs(now_value - before.value) < WORTH_SAYING * before.value or not beyond(now, before):
        return ""
    return "better" if (change < 0) == metric.less_is_better else "worse"


def _spans_differ(now: Figure, before: Figure) -> bool:
    longer, shorter = sorted((now, before), key=lambda each: each.value or 0.0, reverse=True)
    if not longer.bounds or not shorter.bounds:
        return False
    apart = (longer.value or 0.0) - (shorter.value or 0.0)
    return apart > hypot((longer.value or 0.0) - longer.bounds[0], shorter.bounds[1] - (shorter.value or 0.0))


def _shares_differ(now: Figure, before: Figure) -> bool:
    new, old = now.value or 0.0, before.value or 0.0
    pooled = min(1.0, (new * now.n + old * before.n) / (now.n + before.n))
    error = sqrt(pooled * (1 - pooled) * (1 / now.n + 1 / before.n))
    return abs(new - old) > SURE * error
