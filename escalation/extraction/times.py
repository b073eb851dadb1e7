"""Which absolute time did somebody mean by "last weekend", "gestern" or "8am ET"?

Words are read against the moment they were said and the zone of who said them; nothing here reads a
clock. Words that cannot be resolved give None: a wrong time is worse than no time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from escalation.extraction.calendar_words import (
    DAYS,
    MONTHS,
    NEXT,
    NUMBERS,
    PARTS_OF_DAY,
    PAST,
    THIS,
    UNITS,
    WEEKDAYS,
    ZONES,
)
from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind

OPENING = time(9)  # "starts tomorrow" without an hour: the start of an ordinary business day
CLOSING = time(17)  # "tomorrow's close", "by Friday", COB: the end of one
_MINUTE = timedelta(minutes=1)
_CLOSE = re.compile(
    r"\b(?:close|cob|eob|eod|end of (?:the )?(?:business )?day|feierabend|geschäftsschluss)\b"
)
_CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?(?::\d\d)?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d.:/-])(?P<hour24>\d{1,2})(?:[:h](?P<minute24>\d\d)|\s?(?:uhr|h\b|時))(?!\d)"
    r"|(?<![\d.:/-])(?P<plain>\d{1,2})(?=\s(?:[ecmp][sd]?t|utc|gmt|cest|eastern|central|mountain|pacific)\b)"
)
_NUMBER = "|".join(sorted(NUMBERS, key=lambda word: (-len(word), word)))
_UNIT = "|".join(sorted(UNITS, key=lambda word: (-len(word), word)))
_AGO = re.compile(
    rf"(?:(?P<ago>(?:\d{{1,3}}|{_NUMBER}) (?:of )?(?:{_UNIT})) (?:ago|before|geleden|earlier)"
    rf"|(?:vor|il y a|hace) (?P<vor>(?:\d{{1,3}}|{_NUMBER}) (?:{_UNIT}))"
    rf"|(?:in|within|dans|innerhalb von|en) (?P<ahead>(?:\d{{1,3}}|{_NUMBER}) (?:{_UNIT})))\b"
)
_PERIOD = re.compile(
    rf"\b(?:(?P<past>{PAST})|(?P<this>{THIS}|over the|am|das|over)|(?P<next>{NEXT}))\s(?:business |working )?"
    rf"(?P<unit>weekend|week-end|wochenende|week|woche|semaine|semana|month|monat|maand|mes|mois|quarter|"
    rf"quartal|year|jahr|jaar|año)\b"
    rf"|\b(?P<unit2>week-end|semaine|mois|semana|mes|fin de semana|año|année) (?:(?P<past2>derni[eè]re?|"
    rf"pass[ée]e?|pasad[oa])|"
    rf"(?P<next2>prochaine?|próxim[oa]|que viene))"
)
_ENGLISH_UNIT = {
    word: unit
    for unit, listed in {
        "weekend": ("week-end", "wochenende", "fin de semana"),
        "week": ("woche", "semaine", "semana"),
        "month": ("monat", "maand", "mes", "mois"),
        "quarter": ("quartal",),
        "year": ("jahr", "jaar", "año", "année"),
    }.items()
    for word in listed
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """What words mean: from ``start`` up to, not including, ``end`` (aware); equal for a point in time."""

    start: datetime
    end: datetime
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """The words in lower case, and the moment they were said, on the clock they are read against."""

    words: str
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        zone = self.now.tzinfo
        assert isinstance(zone, ZoneInfo)  # noqa: S101  made so by _said, for the type checker
        return zone

    @property
    def today(self) -> date:
        return self.now.date()

    def days(self, first: date, count: int = 1) -> tuple[datetime, datetime]:
        start = datetime.combine(first, time(), tzinfo=self.zone)
        return start, datetime.combine(first + timedelta(days=count), time(), tzinfo=self.zone)


def resolve(words: str, *, said_at: datetime, zone: str) -> Span | None:
    """This will return the span that ``words`` mean, or None; ``said_at`` is aware, ``zone`` IANA."""
    said = _said(words, said_at=said_at, zone=zone)
    try:
        found = _day(said)
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
        end = max(end, said.now) if end > said.now else said.now
    return Span(start=start, end=end, words=words)


def moments(text: str, *, said_at: datetime, zone: str) -> tuple[tuple[int, int, Span], ...]:
    """This will return every resolvable time in ``text`` with the offsets of its words."""
    stretches: list[tuple[int, int]] = []
    for entity in entities(text):
        if entity.kind not in (EntityKind.DATE, EntityKind.TIME_WINDOW):
            continue
        gap = text[stretches[-1][1] : entity.start] if stretches else None
        if gap is not None and re.fullmatch(
            r",? ?(?:at |um |à |on |by |@ ?|from )?(?:the )?", gap, re.IGNORECASE
        ):
            stretches[-1] = (stretches[-1][0], entity.end)
        else:
            stretches.append((entity.start, entity.end))
    stretches += (
        [match.span() for match in _AGO.finditer(text.lower())] if len(text.lower()) == len(text) else []
    )
    found = ((start, _with_close(text, end)) for start, end in stretches)
    spans = (
        (start, end, _resolve_at(text, (start, end), said_at=said_at, zone=zone)) for start, end in found
    )
    return tuple((start, end, span) for start, end, span in sorted(spans, key=lambda each: each[:2]) if span)


def _with_close(text: str, end: int) -> int:
    """ "tomorrow's close" and "Friday evening" belong together."""
    follow = re.match(
        r"(?:['’]s)? (?:close\b|cob\b|eod\b|end of day\b|morning\b|afternoon\b|evening\b|night\b|früh\b|"
        r"vormittag\b|"
        r"nachmittag\b|abend\b|matin\b|soir\b|après-midi\b)",
        text[end : end + 24],
        re.IGNORECASE,
    )
    return end + follow.end() if follow else end


def _resolve_at(text: str, span: tuple[int, int], *, said_at: datetime, zone: str) -> Span | None:
    start, end = span
    lead = text[max(0, start - 12) : start].lower()
    since = re.search(r"\b(since|seit|depuis|desde|by|bis|until|before)(?: the)? ?$", lead)
    resolved = resolve(
        f"{since[1]} {text[start:end]}" if since else text[start:end], said_at=said_at, zone=zone
    )
    return Span(start=resolved.start, end=resolved.end, words=text[start:end]) if resolved else None


def zone_in(words: str) -> str | None:
    """This will return the IANA name of a zone named in ``words``: "8am ET" → America/New_York."""
    for match in re.finditer(r"[a-z]+(?: york)?", words.lower()):
        name = match[0]
        if name in ZONES and (
            len(name) > 2 or re.search(rf"(?:\d\s?(?:[ap]m )?|\bin ){name}\b|\b{name} time", words.lower())
        ):
            return ZONES[name]
    return None


def _said(words: str, *, said_at: datetime, zone: str) -> _Said:
    # A day word is read in the requester's zone; a clock with a zone of its own in that one.
    own = zone_in(words) or zone
    lowered = re.sub(r"\s+", " ", words.strip().lower().replace("’", "'"))
    return _Said(words=lowered, now=said_at.astimezone(ZoneInfo(own)))


_Reader = Callable[[_Said], tuple[datetime, datetime] | None]


def _day(said: _Said) -> tuple[datetime, datetime] | None:
    readers: tuple[_Reader, ...] = (_absolute, _relative_day, _ago, _period, _weekday, _today_part)
    return next((found for reader in readers if (found := reader(said)) is not None), None)


def _absolute(said: _Said) -> tuple[datetime, datetime] | None:
    if match := re.search(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", said.words):
        return said.days(date(int(match[1]), int(match[2]), int(match[3])))
    if match := re.search(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日", said.words):
        return said.days(_near(said, month=int(match[2]), day=int(match[3]), year=match[1]))
    if match := re.search(r"\b(\d{1,2})([/.-])(\d{1,2})(?:\2((?:19|20)?\d\d))?(?!\d|:)", said.words):
        return _numeric(said, match)
    months = "|".join(sorted(MONTHS, key=lambda word: (-len(word), word)))
    year = r"(?:,? (?:de )?((?:19|20)\d\d))?"
    if match := re.search(rf"\b({months})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:){year}", said.words):
        return said.days(_near(said, month=MONTHS[match[1]], day=int(match[2]), year=match[3]))
    if match := re.search(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -](?:of |de )?({months})\b\.?{year}", said.words
    ):
        return said.days(_near(said, month=MONTHS[match[2]], day=int(match[1]), year=match[3]))
    return None


def _numeric(said: _Said, match: re.Match[str]) -> tuple[datetime, datetime] | None:
    """Day before month, except with slashes in zones that write the month first (the Americas)."""
    if match[4] is None and match[2] != "/":
        return None  # "9-17" is a span of hours, "31.5" a number
    first, second = int(match[1]), int(match[3])
    american = match[2] == "/" and str(said.zone).startswith("America/")
    month, day = (first, second) if (american and first <= 12) or second > 12 else (second, first)
    return said.days(_near(said, month=month, day=day, year=match[4]))


def _near(said: _Said, *, month: int, day: int, year: str | None) -> date:
    """Without a year, the occurrence nearest to when it was said."""
    if year:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    around = [date(said.today.year + offset, month, day) for offset in (-1, 0, 1) if (month, day) != (2, 29)]
    return min(around, key=lambda day: abs((day - said.today).days))


def _relative_day(said: _Said) -> tuple[datetime, datetime] | None:
    for word in sorted(DAYS, key=len, reverse=True):
        if re.search(
            rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() or word[0].isalpha() else word, said.words
        ):
            if word == "morgen" and re.search(r"(?:heute|gestern) morgen", said.words):
                continue
            return said.days(said.today + timedelta(days=DAYS[word]))
        if not word.isascii() and len(word) == 2 and word in said.words:  # Japanese has no word boundaries
            return said.days(said.today + timedelta(days=DAYS[word]))
    return None


def _ago(said: _Said) -> tuple[datetime, datetime] | None:
    match = _AGO.search(said.words)
    if match is None:
        return None
    amount, unit = re.fullmatch(
        r"(\S+) (?:of )?(.+)", match["ago"] or match["vor"] or match["ahead"]
    ).groups()  # type: ignore[union-attr]
    count = int(amount) if amount.isdigit() else NUMBERS[amount]
    sign = 1 if match["ahead"] else -1
    kind = UNITS[unit]
    if kind in ("minute", "hour"):
        point = said.now + sign * count * timedelta(**{f"{kind}s": 1})
        return point, point
    length = {"day": 1, "week": 7, "weekend": 7, "month": 30, "quarter": 91, "year": 365}[kind]
    return said.days(said.today + timedelta(days=sign * count * length))


def _period(said: _Said) -> tuple[datetime, datetime] | None:
    match = _PERIOD.search(said.words)
    if match is None:
        return None
    unit = match["unit"] or match["unit2"]
    kind = _ENGLISH_UNIT.get(unit, unit)
    step = -1 if match["past"] or match["past2"] else 1 if match["next"] or match["next2"] else 0
    if kind == "weekend":
        return _weekend(said, step=step, over=match["this"] or "")
    return _calendar_period(said, kind=kind, step=step)


def _weekend(said: _Said, *, step: int, over: str) -> tuple[datetime, datetime]:
    saturday = said.today + timedelta(days=5 - said.today.weekday())
    on_weekend = said.today.weekday() >= 5
    if step < 0:
        saturday -= timedelta(days=7)
    elif step > 0 and on_weekend:
        saturday += timedelta(days=7)
    elif over in ("over the", "over", "am", "das") and not on_weekend:
        saturday -= timedelta(days=7)  # "over the weekend" looks back
    return said.days(saturday, 2)


def _calendar_period(said: _Said, *, kind: str, step: int) -> tuple[datetime, datetime]:
    if kind == "week":
        return said.days(said.today - timedelta(days=said.today.weekday() - 7 * step), 7)
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    index = (said.today.year * 12 + said.today.month - 1) // months * months + step * months
    first = date(index // 12, index % 12 + 1, 1)
    after = date((index + months) // 12, (index + months) % 12 + 1, 1)
    return said.days(first, (after - first).days)


def _weekday(said: _Said) -> tuple[datetime, datetime] | None:
    names = "|".join(sorted(WEEKDAYS, key=lambda word: (-len(word), word)))
    match = re.search(
        rf"(?<!\w)(?:(?P<past>{PAST}|since|seit|depuis)|(?P<next>{NEXT}))?\s?(?P<name>{names})(?:s\b|\b)",
        said.words,
    )
    if match is None:
        return None
    ahead = (WEEKDAYS[match["name"]] - said.today.weekday()) % 7
    if match["past"]:
        return said.days(said.today + timedelta(days=ahead - 7))
    return said.days(said.today + timedelta(days=7 if ahead == 0 and match["next"] else ahead))


def _today_part(said: _Said) -> tuple[datetime, datetime] | None:
    """ "this morning", "last night", "ce matin", and a bare "close of business"."""
    if re.search(r"\b(?:last|letzte|vorige) (?:night|nacht)\b", said.words):
        return said.days(said.today - timedelta(days=1))
    if re.search(rf"\b(?:this|ce|cette|esta|diesen|heute)\s(?:{'|'.join(PARTS_OF_DAY)})\b", said.words):
        return said.days(said.today)
    return (
        said.days(said.today)
        if _CLOSE.search(said.words) or re.search(r"\b(?:noon|midday|midnight)\b", said.words)
        else None
    )


def _within_day(said: _Said, found: tuple[datetime, datetime]) -> tuple[datetime, datetime]:
    """Narrow a whole day by "morning", "noon" or "close"."""
    start, end = found
    day = start.date()
    if _CLOSE.search(said.words):
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


def _clocks(said: _Said, day: tuple[datetime, datetime] | None) -> tuple[datetime, datetime] | None:
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
