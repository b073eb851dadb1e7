"""How much of a span fell into a team's working day? Pure.

Business hours stand beside wall-clock, never instead of it: a night between two shifts is nobody's
fault, but the user waits through it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingDay:
    """A team's day, Monday to Friday, by the team's own clock."""

    zone: str = "UTC"  # IANA
    opens: time = time(8)
    closes: time = time(18)


def business_seconds(*, start: datetime, end: datetime, day: WorkingDay) -> float:
    """This will return the seconds of the span inside the working day; 0 when the end comes first."""
    zone = ZoneInfo(day.zone)
    date, last, total = start.astimezone(zone).date(), end.astimezone(zone).date(), 0.0
    while date <= last:
        if date.weekday() < SATURDAY:
            # In UTC: Python subtracts two times of one zone by their clock faces, also across a shift.
            opened = datetime.combine(date, day.opens, zone).astimezone(UTC)
            closed = datetime.combine(date, day.closes, zone).astimezone(UTC)
            total += max(0.0, (min(end, closed) - max(start, opened)).total_seconds())
        date += timedelta(days=1)
    return total
