"""When may something leave for a person who has quiet hours and perhaps wants a digest? Pure.

Both are meant by the person's own clock. A span from 18:00 to 08:00 goes over midnight.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """A person's clock: IANA zone, the quiet span if there is one, and when the digest comes."""

    zone: str = "UTC"
    quiet_from: time | None = None
    quiet_until: time | None = None
    digest_at: time = time(8)


def at_once(hours: Hours, *, now: datetime) -> datetime:
    """This will return ``now``, or the end of the quiet span that ``now`` is in (aware)."""
    start, end = hours.quiet_from, hours.quiet_until
    if start is None or end is None or start == end:
        return now
    local = now.astimezone(ZoneInfo(hours.zone))
    clock = local.time().replace(tzinfo=None)
    quiet = start <= clock < end if start < end else (clock >= start or clock < end)
    if not quiet:
        return now
    day = local.date() if clock < end else local.date() + A_DAY
    return max(now, _moment(day, end, hours.zone))


def in_digest(hours: Hours, *, now: datetime) -> datetime:
    """This will return when the next digest leaves (aware)."""
    day = now.astimezone(ZoneInfo(hours.zone)).date()
    today = _moment(day, hours.digest_at, hours.zone)
    return today if today > now else _moment(day + A_DAY, hours.digest_at, hours.zone)


def _moment(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
