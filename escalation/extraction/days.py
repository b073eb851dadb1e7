"""Which day, or which stretch of days, do words name: "2 May", "gestern", "last weekend", "a week ago"?

Read against the moment the words were said. A day is whole here; `times` narrows it.
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
)

CLOSE = re.compile(r"\b(?:close|cob|eob|eod|end of (?:the )?(?:business )?day|feierabend|geschäftsschluss)\b")
_NUMBER = "|".join(sorted(NUMBERS, key=lambda word: (-len(word), word)))
_UNIT = "|".join(sorted(UNITS, key=lambda word: (-len(word), word)))
AGO = re.compile(
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
class Said:
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


_Reader = Callable[[Said], tuple[datetime, datetime] | None]


def day_named(said: Said) -> tuple[datetime, datetime] | None:
    """This will return where what is named begins and ends, or None. Raises ``ValueError``: no such day."""
    readers: tuple[_Reader, ...] = (_absolute, _relative_day, _ago, _period, _weekday, _today_part)
    return next((found for reader in readers if (found := reader(said)) is not None), None)


def _absolute(said: Said) -> tuple[datetime, datetime] | None:
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


def _numeric(said: Said, match: re.Match[str]) -> tuple[datetime, datetime] | None:
    """Day before month, except with slashes in zones that write the month first (the Americas)."""
    if match[4] is None and match[2] != "/":
        return None  # "9-17" is a span of hours, "31.5" a number
    first, second = int(match[1]), int(match[3])
    american = match[2] == "/" and str(said.zone).startswith("America/")
    month, day = (first, second) if (american and first <= 12) or second > 12 else (second, first)
    return said.days(_near(said, month=month, day=day, year=match[4]))


def _near(said: Said, *, month: int, day: int, year: str | None) -> date:
    """Without a year, the occurrence nearest to when it was said."""
    if year:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    around = [date(said.today.year + offset, month, day) for offset in (-1, 0, 1) if (month, day) != (2, 29)]
    return min(around, key=lambda day: abs((day - said.today).days))


def _relative_day(said: Said) -> tuple[datetime, datetime] | None:
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


def _ago(said: Said) -> tuple[datetime, datetime] | None:
    match = AGO.search(said.words)
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


def _period(said: Said) -> tuple[datetime, datetime] | None:
    match = _PERIOD.search(said.words)
    if match is None:
        return None
    unit = match["unit"] or match["unit2"]
    kind = _ENGLISH_UNIT.get(unit, unit)
    step = -1 if match["past"] or match["past2"] else 1 if match["next"] or match["next2"] else 0
    if kind == "weekend":
        return _weekend(said, step=step, over=match["this"] or "")
    return _calendar_period(said, kind=kind, step=step)


def _weekend(said: Said, *, step: int, over: str) -> tuple[datetime, datetime]:
    saturday = said.today + timedelta(days=5 - said.today.weekday())
    on_weekend = said.today.weekday() >= 5
    if step < 0:
        saturday -= timedelta(days=7)
    elif step > 0 and on_weekend:
        saturday += timedelta(days=7)
    elif over in ("over the", "over", "am", "das") and not on_weekend:
        saturday -= timedelta(days=7)  # "over the weekend" looks back
    return said.days(saturday, 2)


def _calendar_period(said: Said, *, kind: str, step: int) -> tuple[datetime, datetime]:
    if kind == "week":
        return said.days(said.today - timedelta(days=said.today.weekday() - 7 * step), 7)
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    index = (said.today.year * 12 + said.today.month - 1) // months * months + step * months
    first = date(index // 12, index % 12 + 1, 1)
    after = date((index + months) // 12, (index + months) % 12 + 1, 1)
    return said.days(first, (after - first).days)


def _weekday(said: Said) -> tuple[datetime, datetime] | None:
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


def _today_part(said: Said) -> tuple[datetime, datetime] | None:
    """ "this morning", "last night", "ce matin", and a bare "close of business"."""
    if re.search(r"\b(?:last|letzte|vorige) (?:night|nacht)\b", said.words):
        return said.days(said.today - timedelta(days=1))
    if re.search(rf"\b(?:this|ce|cette|esta|diesen|heute)\s(?:{'|'.join(PARTS_OF_DAY)})\b", said.words):
        return said.days(said.today)
    return (
        said.days(said.today)
        if CLOSE.search(said.words) or re.search(r"\b(?:noon|midday|midnight)\b", said.words)
        else None
    )
