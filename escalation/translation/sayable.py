"""What can Level One say to the user about an update?

The line is composed of our own sentences for the meaning; of the update's text only a promised time goes
into it, said anew. So nothing internal can leak, whatever the update holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from escalation.translation.cues.kinds import Meaning
from escalation.translation.cues.states import state_meaning
from escalation.translation.cues.times import Expected, Form
from escalation.translation.meaning import CERTAIN_AT, Reading, read
from escalation.translation.wording import Clockwork, Phrases, Unsayable, Wording
from escalation.translation.wordings.english import ENGLISH
from escalation.translation.wordings.french import FRENCH
from escalation.translation.wordings.german import GERMAN
from escalation.translation.wordings.japanese import JAPANESE
from escalation.translation.wordings.spanish import SPANISH

PHRASES: Mapping[str, Phrases] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ja": JAPANESE}

_HOUR, _DAY, _WEEK = 60, 24 * 60, 7 * 24 * 60
# With these the user has something to do, which an expected time must not push out of the line.
_ASKS_THE_USER = frozenset(
    {
        Meaning.WAITING_FOR_USER,
        Meaning.FIXED_WATCHING,
        Meaning.RESOLVED,
        Meaning.NEEDS_ANSWER,
        Meaning.NOT_FIXED,
    }
)
# What may be said as a second thing beside these; beside all others anything but the often said.
_OFTEN_SAID = frozenset({Meaning.BEING_WORKED, Meaning.RECEIVED})
_BESIDE: Mapping[Meaning, frozenset[Meaning]] = {
    Meaning.RESOLVED: frozenset({Meaning.CAUSE_FOUND}),
    Meaning.FIXED_WATCHING: frozenset(Meaning) - {Meaning.RECEIVED},
    Meaning.NOT_FIXED: frozenset(),  # a promise beside a refusal would be heard as a promise
    Meaning.BOUNCED: frozenset(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sayable:
    """The line, what it means, and whether the reading was sure; the expected time as it is said."""

    line: str
    meaning: Meaning
    certain: bool
    expected_at: datetime | None = None
    expected_words: str = ""


def sayable(
    text: str, *, said_at: datetime, zone: str = "UTC", language: str = "en", wording: Wording | None = None
) -> Sayable:
    """This will turn an update into the line for the user, in ``language`` (en, de, fr, es, ja).

    ``said_at`` is aware; ``zone`` (IANA) is the one in which the update's times are read and said.
    An unsure reading gives the neutral line, marked. Raises ``Unsayable`` for a language without lines.
    """
    reading = read(text, said_at=said_at, zone=zone)
    if reading.certainty < CERTAIN_AT:
        reading = Reading(meaning=Meaning.UNCLEAR)
    return _say(reading, said_at=said_at.astimezone(ZoneInfo(zone)), language=language, wording=wording)


def sayable_state(word: str, *, language: str = "en", wording: Wording | None = None) -> Sayable:
    """This will turn a bare change of state ("On Hold", "Done") into the line for the user.

    ``word`` is a meaning or a tool's own word in any case; an unknown one gives the neutral line, marked.
    """
    return _say(Reading(meaning=state_meaning(word)), said_at=None, language=language, wording=wording)


def _say(reading: Reading, *, said_at: datetime | None, language: str, wording: Wording | None) -> Sayable:
    phrases = PHRASES.get(language)
    if phrases is None:
        raise Unsayable(f"There are no lines in {language!r}. Use one of {', '.join(sorted(PHRASES))}.")
    when = _when(reading.expected, phrases.times, said_at) if reading.expected and said_at else ""
    promise = _promise_sentence(reading, phrases, when)
    fill = {"cause": phrases.causes[reading.cause], "team": phrases.teams[reading.team], "expected": promise}
    own = wording.line(language=language, meaning=reading.meaning) if wording else ""
    if own:
        parts = [own.format_map(fill), "" if "{expected}" in own else promise]
    else:
        parts = [part.format_map(fill) for part in _parts(reading, phrases, promised=bool(promise))] + [
            promise
        ]
    return Sayable(
        line=_tidy(phrases.space.join(part for part in parts if part)),
        meaning=reading.meaning,
        certain=reading.meaning is not Meaning.UNCLEAR,
        expected_at=reading.expected_at if when else None,
        expected_words=when,
    )


def _parts(reading: Reading, phrases: Phrases, *, promised: bool) -> list[str]:
    """The sentences of the line in order, as templates: what is, what else is, what comes next."""
    line = phrases.lines[reading.meaning]
    said, coming = [line.says], line.next
    beside = _BESIDE.get(reading.meaning, frozenset(Meaning) - _OFTEN_SAID)
    for other in (meaning for meaning in reading.also if meaning in beside):
        if both := phrases.together.get((reading.meaning, other)):
            said = [both.with_team if reading.team and both.with_team else both.says]
            coming = phrases.lines[other].next
            break
        if phrases.lines[other].also:
            said.append(phrases.lines[other].also)
            break
    if not promised or reading.meaning in _ASKS_THE_USER:
        said.append(coming)
    return said


def _promise_sentence(reading: Reading, phrases: Phrases, when: str) -> str:
    if not when or reading.expected is None:
        return ""
    # Where no fix was spoken of, a time is a time for word and not for the fix.
    speaks_of_fix = {reading.meaning, *reading.also} & {
        Meaning.FIX_IN_PROGRESS, Meaning.WAITING_FOR_APPROVAL, Meaning.CAUSE_FOUND
    }  # fmt: skip
    news = reading.expected.news or not speaks_of_fix
    return (phrases.expect_news if news else phrases.expect_fix).format(when=when)


def _when(promise: Expected, words: Clockwork, said_at: datetime) -> str:
    if promise.form is Form.WITHIN:
        return words.within.format(amount=_amount(promise.minutes, words))
    at = promise.at.astimezone(said_at.tzinfo)
    days = (at.date() - said_at.date()).days
    if promise.form is Form.DAY and days == 0:
        return words.later_today
    date = words.date.format(
        weekday=words.weekdays[at.weekday()], number=at.day, month=words.months[at.month - 1]
    )
    day = {0: words.today, 1: words.tomorrow}.get(days, date)
    if promise.form is Form.DAY:
        return words.day.format(day=day)
    zone = f"{at:%Z}"
    return words.clock.format(day=day, time=f"{at:%H:%M} {zone if zone[:1].isalpha() else 'UTC' + zone}")


def _amount(minutes: int, words: Clockwork) -> str:
    sizes = (("week", _WEEK), ("day", _DAY), ("hour", _HOUR), ("minute", 1))
    name, size = next((name, size) for name, size in sizes if minutes % size == 0)
    count = minutes // size
    one, many = words.units[name]
    number = words.numbers[count - 1] if count <= len(words.numbers) else f"{count}"
    unit = one if count == 1 else many
    return f"{number} {unit}" if one != many else f"{number}{unit}"


def _tidy(line: str) -> str:
    """A relative clause that ends a sentence takes its comma with it (German)."""
    return line.replace(",.", ".").replace("  ", " ").strip()
