"""How is a time said so that nobody in another zone misreads it?

Always with its zone's name and in UTC beside it. A zone or a time that cannot be computed is said in
the words it came in; nothing here raises.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from escalation.knowledge.state import Moment, Window
from escalation.translation.plain import flat

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def utc(moment: datetime) -> str:
    """This will return "Sat 2026-11-21 22:10 UTC"; a time without zone counts as UTC."""
    try:
        there = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        there = moment.replace(tzinfo=UTC)
    return f"{_DAYS[there.weekday()]} {there.date().isoformat()} {there:%H:%M} UTC"


def said(moment: Moment) -> str:
    """This will return the words with the absolute time behind them: "tomorrow (Tue 2026-11-24 …)"."""
    words = flat(moment.words)
    if moment.at is None:
        return words
    return f"{words} ({utc(moment.at)})" if words else utc(moment.at)


def window(span: Window, *, today: date) -> str:
    """This will return "Mon–Fri 08:00–17:00 America/New_York (13:00–22:00 UTC)", as of ``today``."""
    hours = f"{span.opens:%H:%M}–{span.closes:%H:%M} {flat(span.zone)}"
    text = f"{_days(span)} {hours}".strip()
    there = _in_utc(span, today=span.on or today)
    return f"{text} ({there})" if there else text


def _days(span: Window) -> str:
    if span.on is not None:
        return span.on.isoformat()
    days = sorted({day for day in span.weekdays if 0 <= day <= 6})
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{_DAYS[days[0]]}–{_DAYS[days[-1]]}"
    return ", ".join(_DAYS[day] for day in days)


def _in_utc(span: Window, *, today: date) -> str:
    try:
        zone = ZoneInfo(span.zone)
        opens, closes = (
            datetime.combine(today, each.replace(tzinfo=None), tzinfo=zone).astimezone(UTC)
            for each in (span.opens, span.closes)
        )
        other_day = opens.date() - today
    except (OSError, KeyError, ValueError, OverflowError):  # an unknown zone, an odd one
        return ""
    day = {timedelta(days=1): " the next day", timedelta(days=-1): " the day before"}.get(other_day, "")
    return f"{opens:%H:%M}{day}–{closes:%H:%M} UTC"
