"""What does each figure mean, exactly?

Pure definitions over the lines of one handoff's timeline. ``metrics.read`` says the same in SQL and a
property test holds the two together, so that a number on a page can be traced to lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

ENGAGED = frozenset({"diagnosing"})
RETURNED = frozenset({"bounced"})
FROM_THE_RECEIVER = frozenset({"note", "state", "assigned", "resolved"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What a definition looks at in one entry."""

    kind: str
    happened_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """The spans of one handoff; None where the end has not come."""

    to_delivered: timedelta | None  # confirmed -> the tool's proof
    to_seen: timedelta | None  # delivered -> first view
    to_accepted: timedelta | None  # delivered -> accepted
    to_engaged: timedelta | None  # delivered -> started diagnosing
    rebuild: timedelta | None  # seen -> started diagnosing
    returned: bool
    lag: timedelta | None  # median of: happened in the tool -> shown to Level One


def times(events: Iterable[Event]) -> Times:
    """This will measure one handoff."""
    lines = tuple(events)
    delivered, seen = _first(lines, {"delivered"}), _first(lines, {"seen"})
    engaged = _first(lines, ENGAGED)
    lags = [
        (line.recorded_at - line.happened_at).total_seconds()
        for line in lines
        if line.kind in FROM_THE_RECEIVER
    ]
    return Times(
        to_delivered=_span(_first(lines, {"confirmed"}), delivered),
        to_seen=_span(delivered, seen),
        to_accepted=_span(delivered, _first(lines, {"accepted"})),
        to_engaged=_span(delivered, engaged),
        rebuild=_span(seen, engaged),
        returned=any(line.kind in RETURNED for line in lines),
        lag=timedelta(seconds=median(lags)) if lags else None,
    )


def _first(lines: tuple[Event, ...], kinds: Iterable[str]) -> datetime | None:
    wanted = frozenset(kinds)
    return min((line.happened_at for line in lines if line.kind in wanted), default=None)


def _span(start: datetime | None, end: datetime | None) -> timedelta | None:
    return end - start if start is not None and end is not None else None
