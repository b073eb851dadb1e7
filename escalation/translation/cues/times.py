"""By when does an update promise something, and is it the fix or only word?

A time is a promise only in a sentence that promises; times of the past, deadlines and conditional
times are nobody's promise and give None. The moment is never before ``said_at``.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from escalation.translation.cues.time_words import TIME_WORDS, TimeWords

# What people write behind a clock time; the daylight form is chosen by the date, as people mean it.
_ZONES = {
    "utc": "UTC",
    "gmt": "UTC",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "bst": "Europe/London",
    "jst": "Asia/Tokyo",
}
_NOON, _MIDNIGHT, _DAY_END = time(12), time(23, 59), time(18)
_NAMED = {"noon": _NOON, "midday": _NOON, "midi": _NOON, "mittag": _NOON, "mediodía": _NOON}
_NIGHTS = frozenset({"midnight", "minuit", "mitternacht", "medianoche"})


class Form(StrEnum):
    """How exactly the time was said, which is how exactly it may be said on."""

    WITHIN = "within"  # a duration
    CLOCK = "clock"  # a day and a time
    DAY = "day"  # only a day, or a part of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """A promised moment: ``at`` is the latest that was meant, ``words`` what was written."""

    at: datetime
    words: str
    form: Form
    minutes: int = 0  # of WITHIN
    news: bool = False  # word is promised, not the fix


def expected(sentence: str, *, language: str, said_at: datetime) -> Expected | None:
    """This will return the time a lower-cased sentence promises; ``said_at`` is in the writer's zone."""
    words = TIME_WORDS[language]
    if not words.promise.search(sentence) or words.excluded.search(sentence):
        return None
    found = _span(sentence, words, said_at) or _moment(sentence, words, said_at)
    if found is None or found.at <= said_at:
        return None
    news = bool(words.news.search(sentence)) and not words.repair.search(sentence)
    return Expected(at=found.at, words=found.words, form=found.form, minutes=found.minutes, news=news)


def _span(sentence: str, words: TimeWords, said_at: datetime) -> Expected | None:
    match = words.span.search(sentence)
    if match is None:
        return None
    unit = next(minutes for stem, minutes in words.units if match["unit"].startswith(stem))
    amount = words.numbers.get(match["n"])
    minutes = (int(match["n"]) if amount is None else amount) * unit or unit // 2  # 0 stands for a half
    later = said_at + timedelta(minutes=minutes)
    return Expected(at=later, words=match[0].strip(), form=Form.WITHIN, minutes=minutes)


def _moment(sentence: str, words: TimeWords, said_at: datetime) -> Expected | None:
    day, day_words = _day(sentence, words, said_at.date())
    clock, clock_words, zone = _clock(sentence, words, bare=bool(day))
    part = next(
        ((time(hour), match[0]) for pattern, hour in words.parts if (match := pattern.search(sentence))), None
    )
    if clock is None and day is None:
        return None
    said = " ".join(filter(None, (day_words, clock_words)))
    if clock is None:
        end = part[0] if part else _MIDNIGHT
        return Expected(at=_at(day or said_at.date(), end, said_at), words=said, form=Form.DAY)
    reader = said_at.astimezone(zone) if zone else said_at
    at = _at(day or reader.date(), clock, reader)
    if day is None and at <= said_at:
        at += timedelta(days=1)  # "by 9:00", written in the afternoon
    return Expected(at=at, words=said, form=Form.CLOCK)


def _at(day: date, clock: time, said_at: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=said_at.tzinfo)


def _day(sentence: str, words: TimeWords, today: date) -> tuple[date | None, str]:
    match = words.date.search(sentence)
    if match and (found := _calendar(match, words, today)) is not None:
        return found, match[0].strip()
    if match := words.weekdays.search(sentence):
        weekday = next(n for n, stem in enumerate(words.weekday_stems) if match[1].startswith(stem))
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), match[0].strip()
    for pattern, offset in words.days:
        if match := pattern.search(sentence):
            return today + timedelta(days=offset), match[0].strip()
    return None, ""


def _calendar(match: re.Match[str], words: TimeWords, today: date) -> date | None:
    groups = {key: value for key, value in match.groupdict().items() if value}
    try:
        if "y" in groups:
            return date(int(groups["y"]), int(groups["mo"]), int(groups["d2"]))
        name = groups.get("month") or groups["month2"]
        month = int(name) if name.isdigit() else words.months.index(name) + 1
        found = date(today.year, month, int(groups.get("d") or groups["d3"]))
        return found if found >= today else found.replace(year=today.year + 1)
    except ValueError:  # "31 November" is nobody's promise
        return None


def _clock(sentence: str, words: TimeWords, *, bare: bool) -> tuple[time | None, str, ZoneInfo | None]:
    for match in words.clock.finditer(sentence):
        groups = {key: value for key, value in match.groupdict().items() if value}
        hour = groups.get("h") or groups.get("h2")
        minute = groups.get("m") or groups.get("m2")
        # A naked figure is not a time: it needs a half of the day, minutes, or a word of time before it.
        if "named" not in groups and not ("half" in groups or (minute and (bare or "lead" in groups))):
            continue
        zone = ZoneInfo(_ZONES[groups["zone"]]) if "zone" in groups else None
        if hour is None:
            named = groups["named"]
            return _NAMED.get(named, _MIDNIGHT if named in _NIGHTS else _DAY_END), match[0].strip(), zone
        half = groups.get("half", "") + groups.get("lead", "")
        return time(_hour(int(hour), half), int(minute or 0)), match[0].strip(), zone
    return None, "", None


def _hour(hour: int, half: str) -> int:
    afternoon = half.startswith("p") or "午後" in half or "夜" in half
    if afternoon and hour < 12:
        return hour + 12
    return 0 if half.startswith("a") and "m" in half and hour == 12 else hour
