"""Is a figure better or worse than in the period before, and may that be said at all? Pure."""

from dataclasses import dataclass
from typing import Final

from escalation.metrics.figures import Metric
from escalation.metrics.summing import Figure

# Below this, chance moves a figure more than any change of ours: no better and no worse is said.
ENOUGH: Final = 10
WORTH_SAYING: Final = 0.1  # relative
NOTHING: Final = Figure(value=None, p90=None, n=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """One figure beside what it was in the period before."""

    metric: Metric
    now: Figure
    before: Figure
    change: float | None  # relative: 0.2 is a fifth more; None where too few handoffs stand behind it
    verdict: str  # "better", "worse", "" where neither can be said

    @property
    def few(self) -> bool:
        """Whether both periods have something, and one of them too little to be compared."""
        return bool(self.now.n and self.before.n) and min(self.now.n, self.before.n) < ENOUGH


def beside(metric: Metric, now: Figure, before: Figure | None) -> Beside:
    """This will set a figure beside the one before; None where there was none."""
    old = before or NOTHING
    change = None
    if now.value is not None and old.value and min(now.n, old.n) >= ENOUGH:
        change = (now.value - old.value) / old.value
    verdict = ""
    if change is not None and metric.less_is_better is not None and abs(change) >= WORTH_SAYING:
        verdict = "better" if (change < 0) == metric.less_is_better else "worse"
    return Beside(metric=metric, now=now, before=old, change=change, verdict=verdict)
