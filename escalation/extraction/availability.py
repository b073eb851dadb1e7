"""When and how did somebody say they can be reached?

"8–5 Eastern, prefers Slack", "erreichbar 9-17 Uhr", "08:00-17:00 Eastern on Slack". Only hours that
were said become windows; a day without hours stays words.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from escalation.extraction.calendar_words import WEEKDAYS, ZONE
from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind
from escalation.extraction.times import CLOSING, OPENING, resolve, zone_in
from escalation.knowledge.state import Window
from escalation.knowledge.words import Channel

_HALF = r"(?:\s?([ap])\.?m\b\.?)?"
_CLOCK = rf"(\d{{1,2}})(?:[:.h](\d\d))?{_HALF}(?:\s?(?:uhr|h|heures)\b)?"
_RANGE = re.compile(
    rf"(?<![\d.:/-]){_CLOCK}\s?(?:-|–|—|to|till|until|and|bis|und|à|et|a|y|tot|en|〜|"
    rf"～)\s?{_CLOCK}(?![\d/%]|[.:]\d)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?:after|from|ab|nach|à partir de|a partir de|vanaf)\s{_CLOCK}(?![\d/%])", re.IGNORECASE
)
_UNTIL = re.compile(
    rf"\b(?:until|till|before|bis|vor|jusqu['’]à|hasta(?: las)?|tot)\s{_CLOCK}(?![\d/%])", re.IGNORECASE
)
_CHANNELS: tuple[tuple[Channel, str], ...] = (
    (Channel.SLACK, r"\bslack\b"),
    (Channel.TEAMS, r"\b(?:ms |microsoft )?teams(?: chat)?\b(?! (?:is|are|of|in))"),
    (Channel.PHONE, (r"\b(?:phone|call(?:s| me| us|ed)?|mobile|cell|ext(?:ension|\.)|telefon\w*|handy|"
                    r"anruf\w*|anrufen|téléphone|appelez|teléfono|llam\w+|bel|電話)\b|電話")),
    (Channel.EMAIL, r"\b(?:e-?mail|mail|courriel|correo)\b|メール"),
    (Channel.IN_PERSON, r"\b(?:in person|at my desk|in the office|on[- ]site|vor ort|am platz|sur place)\b"),
    (Channel.TICKET, r"\b(?:here|in|via|on) (?:this|the) ticket\b"),
)  # fmt: skip
_CAN_TEST = re.compile(
    r"\b(?:can|could|happy to|glad to|able to|willing to|available to|free to|"
    r"ready to) (?:\w+ )?(?:re-?)?test\w*|\bavailable for (?:re-?)?test\w*|"
    r"\bkann (?:\w+ )?testen|\bpeux tester|\bpuedo probar|テストできます",
    re.IGNORECASE,
)
_CANNOT_TEST = re.compile(
    r"\b(?:can['’]?t|cannot|can not|unable to|not able to) (?:\w+ )?(?:re-?)?test", re.IGNORECASE
)
_REACH = re.compile(
    r"\b(?:available|unavailable|reach\w*|contact\w*|call|free|office|away|vacation|holiday|leave|back|"
    r"prefers?|preferred|hours|online|"
    r"erreichbar\w*|verfügbar|urlaub|joignable|disponible|congés?|bereikbaar|localizable)\b|連絡|不在",
    re.IGNORECASE,
)
_DAYS = "|".join(sorted((re.escape(word) for word in WEEKDAYS), key=lambda word: (-len(word), word)))
_DAY_RANGE = re.compile(
    rf"\b({_DAYS})\.?\s?(?:-|–|to|through|until|bis|à|a|t/m)\s?({_DAYS})\b", re.IGNORECASE
)
_DAY_LIST = re.compile(rf"\b({_DAYS})s?\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """What was said, and the windows, channel, handle and readiness to test it means."""

    words: str
    windows: tuple[Window, ...] = ()
    channel: Channel | None = None
    handle: str = ""
    can_test: bool | None = None


def availability(text: str, *, said_at: datetime, zone: str) -> Parsed | None:
    """This will read one statement of availability; None when the text holds none."""
    windows = _windows(text, said_at=said_at, zone=zone)
    channel = next((channel for channel, cue in _CHANNELS if re.search(cue, text, re.IGNORECASE)), None)
    can_test = False if _CANNOT_TEST.search(text) else True if _CAN_TEST.search(text) else None
    handle = _handle(text)
    if not windows and channel is None and not handle and can_test is None and not _REACH.search(text):
        return None
    if channel is None and handle:
        channel = _channel_of(handle)
    return Parsed(words=text.strip(), windows=windows, channel=channel, handle=handle, can_test=can_test)


def _windows(text: str, *, said_at: datetime, zone: str) -> tuple[Window, ...]:
    own = zone_in(text) or zone
    days, on = _weekdays(text), _single_day(text, said_at=said_at, zone=own)
    spans = [
        (opens, closes)
        for match in _RANGE.finditer(text)
        if (span := _span(match, text))
        for opens, closes in [span]
    ]
    if not spans and (match := _AFTER.search(text)):
        start = _time(match.groups(), guess=8)
        spans = [(start, CLOSING)] if start and start < CLOSING else [(start, time(23, 59))] if start else []
    elif not spans and (match := _UNTIL.search(text)):
        end = _time(match.groups(), guess=12)
        spans = [(OPENING, end)] if end and end > OPENING else []
    return tuple(
        Window(opens=opens, closes=closes, zone=own, weekdays=days, on=on)
        for opens, closes in dict.fromkeys(spans)
    )


def _span(match: re.Match[str], text: str) -> tuple[time, time] | None:
    """ "8-5" is a working day: an end that is not after its start is in the afternoon."""
    first, second = match.groups()[:3], match.groups()[3:]
    said = re.search(r"[:h.]\d\d|[ap]\.?m|uhr", match[0], re.IGNORECASE) is not None
    follow = re.match(
        rf"\s?\(?(?:{ZONE}|local time|daily|every|each|on|my time)\b", text[match.end() :], re.IGNORECASE
    )
    lead = re.search(
        r"(?:available|reach\w*|free|online|between|from|hours|office|zwischen|von|erreichbar\w*|entre|"
        r"de|tussen|van|,|^)[\s:(]*$",
        text[: match.start()],
        re.IGNORECASE,
    )
    if not (said or follow or lead):
        return None
    if first[2] is None and second[2]:  # "9 to 5 pm"
        first = (
            first[0],
            first[1],
            second[2] if int(first[0]) < int(second[0]) and second[2] == "a" else None,
        )
    start, end = _time(first, guess=0), _time(second, guess=0)
    if start is None or end is None:
        return None
    if end <= start and end.hour < 12 and second[2] is None:
        end = time(end.hour + 12, end.minute)
    return (start, end) if end != start else None


def _time(groups: tuple[str | None, ...], *, guess: int) -> time | None:
    hour, minute, half = int(groups[0] or 0), int(groups[1] or 0), (groups[2] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif hour < guess:
        hour += 12  # "after 2" is in the afternoon
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None


def _weekdays(text: str) -> tuple[int, ...]:
    if re.search(
        r"\b(?:every ?day|daily|24/7|seven days|7 days|täglich|tous les jours)\b", text, re.IGNORECASE
    ):
        return tuple(range(7))
    if match := _DAY_RANGE.search(text):
        first, last = WEEKDAYS[match[1].lower()], WEEKDAYS[match[2].lower()]
        return tuple((first + offset) % 7 for offset in range((last - first) % 7 + 1))
    named = {
        WEEKDAYS[match[1].lower()]
        for match in _DAY_LIST.finditer(text)
        if len(match[1]) > 3 or match[0][0].isupper()
    }
    return tuple(sorted(named)) if len(named) > 1 else (0, 1, 2, 3, 4)


def _single_day(text: str, *, said_at: datetime, zone: str) -> date | None:
    if _DAY_RANGE.search(text):
        return None
    dates = [entity for entity in entities(text) if entity.kind == EntityKind.DATE]
    if len(dates) != 1 or re.search(
        r"\b(?:every|each|jeden|chaque|cada)\b|(?:day|tag)s\b", text, re.IGNORECASE
    ):
        return None
    span = resolve(dates[0].value, said_at=said_at, zone=zone)
    if span is None or (span.end - span.start).days > 1:
        return None
    return span.start.date()


def _handle(text: str) -> str:
    for kind in (EntityKind.HANDLE, EntityKind.PHONE, EntityKind.EMAIL):
        found = next((entity.value for entity in entities(text) if entity.kind == kind), None)
        if found:
            return f"@{found}" if kind == EntityKind.HANDLE else found
    extension = re.search(r"\bext(?:ension|\.)?\s?(\d{3,6})\b", text, re.IGNORECASE)
    return extension[0] if extension else ""


def _channel_of(handle: str) -> Channel | None:
    if re.match(r"[+(\d]", handle) or handle.lower().startswith("ext"):
        return Channel.PHONE
    return Channel.EMAIL if "@" in handle[1:] else None
