"""What does a minute of Level One bring Level Two, and what is that in hours? Pure.

(baseline rebuild - current rebuild) / (current effort - baseline effort): the definition of the field's
literature on handovers, with medians, so that one stuck handoff pays for nothing. What it took before Baton
is not measured but stated: the assumptions stand beside the result.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from escalation.metrics.comparing import ENOUGH
from escalation.metrics.summing import Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumed:
    """What one escalation took before, in seconds."""

    effort_s: float
    rebuild_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Payback:
    """What the handoffs of one route and period brought; seconds, negative where it went the other way."""

    spent_s: float  # more work in the form than before, for each handoff
    saved_s: float  # less time to understand it than before, for each handoff
    sent: int  # handoffs that somebody worked on in the form
    taken: int  # handoffs that somebody set out to understand

    @property
    def ratio(self) -> float | None:
        """What each second spent saves; None where Level One spends no more than before."""
        return self.saved_s / self.spent_s if self.spent_s > 0 else None

    @property
    def net_s(self) -> float:
        """What all of them together saved, after what they cost."""
        return self.saved_s * self.taken - self.spent_s * self.sent


def payback(*, assumed: Assumed, effort: Figure, rebuild: Figure) -> Payback | None:
    """This will reckon it; None where too few handoffs stand behind either median to say anything."""
    if effort.value is None or rebuild.value is None or min(effort.n, rebuild.n) < ENOUGH:
        return None
    return Payback(
        spent_s=effort.value - assumed.effort_s,
        saved_s=assumed.rebuild_s - rebuild.value,
        sent=effort.n,
        taken=rebuild.n,
    )


def together_s(found: Iterable[Payback | None]) -> float | None:
    """This will add the net savings up, in seconds; None where none could be reckoned."""
    known = [each.net_s for each in found if each is not None]
    return sum(known) if known else None
