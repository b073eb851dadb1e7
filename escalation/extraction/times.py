"""Which absolute time did somebody mean by "last weekend", "gestern" or "8am ET"?

Words are read against the moment they were said and the zone of who said them; nothing here reads a
clock. Words that cannot be resolved give None: a wrong time is worse than no time.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from escalation.extraction.calendar_words import PARTS_OF_DAY, ZONES
from escalation.extraction.days import CLOSE, Said, day_named

OPENING = time(9)  # "starts tomorrow" without an hour: the start of an ordinary business day
CLOSING = time(17)  # "tomorrow's close", "by Friday", COB: the end of one
_MINUTE = timedelta(minutes=1)
_CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?(?::\d\d)?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d.:/-])(?P<hour24>\d{1,2})(?:[:h](?P<minute24>\d\d)|\s?(?:uhr|h\b|時))(?!\d)"
    r"|(?<![\d.:/-])(?P<plain>\d{1,2})(?=\s(?:[ecmp][sd]?t|utc|gmt|cest|eastern|central|mountain|pacific)\b)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """What words mean: from ``start`` up to, not including, ``end`` (aware); equal for a point in time."""

    start: datetime
    end: datetime
    words: str


def resolve(words: str, *, said_at: datetime, zone: str) -> Span | None:
    """This will return the span that ``words`` mean, or None; ``said_at`` is aware, ``zone`` IANA."""
    said = _said(words, said_at=said_at, zone=zone)
    try:
        found = day_named(said)
        clocks = _clocks(said, found)
    except (ValueError, OverflowError):
        return None
    if clocks is not None:
        found = clocks
    elif found is not None:
        found = _within_day(said, found)
    if found is None:
        return None
    start, end = found
    if re.match(r"(?:since|seit|depuis|desde|ever since|sinds)\b", said.words) and start < said.now:
        end = max(end, said.now)
    return Span(start=start, end=end, words=words)


def zone_in(words: str) -> str | None:
    """This will return the IANA name of a zone named in ``words``: "8am ET" → America/New_York."""
    for match in re.finditer(r"[a-z]+(?: york)?", words.lower()):
        name = match[0]
        if name in ZONES and (
            len(name) > 2 or re.search(rf"(?:\d\s?(?:[ap]m )?|\bin ){name}\b|\b{name} time", words.lower())
        ):
            return ZONES[name]
    return None


def _said(words: str, *, said_at: datetime, zone: str) -> Said:
    # A day word is read in the requester's zone; a clock with a zone of its own in that one.
    own = zone_in(words) or zone
    lowered = re.sub(r"\s+", " ", words.strip().lower().replace("’", "'"))
    return Said(words=lowered, now=said_at.astimezone(ZoneInfo(own)))


def _within_day(said: Said, found: tuple[datetime, datetime]) -> tuple[datetime, datetime]:
    """Narrow a whole day by "morning", "noon" or "close"."""
    start, end = found
    day = start.date()
    if CLOSE.search(said.words):
        point = datetime.combine((end - _MINUTE).date(), CLOSING, tzinfo=said.zone)
        return point, point
    if re.search(r"\b(?:noon|midday|mittags?)\b", said.words):
        point = datetime.combine(day, time(12), tzinfo=said.zone)
        return point, point
    for word, (opens, closes) in PARTS_OF_DAY.items():
        plain = word.startswith("morg") and word != "morning"
        if (
            re.search(rf"(?<!\w){word}(?!\w)", said.words)
            and not plain
            and end - start <= timedelta(days=1, hours=2)
        ):
            upto = datetime.combine(day, time(closes % 24), tzinfo=said.zone)
            return datetime.combine(day, time(opens), tzinfo=said.zone), upto if closes < 24 else end
    return found


def _clocks(said: Said, day: tuple[datetime, datetime] | None) -> tuple[datetime, datetime] | None:
    """A clock time, on the day that was named or else the day it was said."""
    times = [_clock(match) for match in _CLOCK.finditer(said.words)]
    if not times:
        return None
    base = day[0].date() if day else said.today
    first, last = times[0], times[-1]
    start = datetime.combine(base, first, tzinfo=said.zone)
    end = datetime.combine(base, last, tzinfo=said.zone)
    return start, end if end >= start else end + timedelta(days=1)


def _clock(match: re.Match[str]) -> time:
    if match["hour"]:
        hour = int(match["hour"]) % 12 + (12 if match["half"] == "p" else 0)
        return time(hour, int(match["minute"] or 0))
    if match["plain"]:
        return time(int(match["plain"]) % 24)
    return time(int(match["hour24"]) % 24, int(match["minute24"] or 0))
