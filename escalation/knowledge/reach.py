"""Can the user be reached at a given moment, and until when or from when?

Pure arithmetic on windows; the reader's clock and zone are passed in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from escalation.knowledge.state import Availability, Window

LOOK_AHEAD_DAYS = 8  # a weekly window shows itself within a week, whatever today is


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Whether the user is reachable now; ``until`` the window closes or ``next_at`` the next opens."""

    now: bool
    until: datetime | None = None
    next_at: datetime | None = None

    def words(self, *, zone: str) -> str:
        """This will say it to a reader who lives in ``zone`` (IANA)."""
        reader = ZoneInfo(zone)
        if self.now and self.until is not None:
            return f"reachable now, until {self.until.astimezone(reader):%H:%M} your time"
        if self.next_at is not None:
            return f"not now; from {self.next_at.astimezone(reader):%a %H:%M} your time"
        return "no time given"


def reach(availability: Iterable[Availability], *, now: datetime) -> Reach:
    """This will combine the windows of all availability items into one answer for ``now`` (aware)."""
    spans = sorted(
        span for item in availability for window in item.windows for span in _spans(window, around=now)
    )
    until = max((end for start, end in spans if start <= now < end), default=None)
    if until is not None:
        return Reach(now=True, until=until)
    return Reach(now=False, next_at=next((start for start, _ in spans if start > now), None))


def _spans(window: Window, *, around: datetime) -> list[tuple[datetime, datetime]]:
    zone = ZoneInfo(window.zone)
    today = around.astimezone(zone).date()
    days = (
        [window.on]
        if window.on
        else [today + timedelta(days=offset) for offset in range(-1, LOOK_AHEAD_DAYS)]
    )
    return [_span(window, day, zone) for day in days if window.on or day.weekday() in window.weekdays]


def _span(window: Window, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    start = datetime.combine(day, window.opens, tzinfo=zone)
    end = datetime.combine(day, window.closes, tzinfo=zone)
    # A night shift closes on the next day.
    return start, end if window.closes > window.opens else end + timedelta(days=1)
