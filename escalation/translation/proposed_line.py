"""May a line that a language model wrote be offered for the user? Pure.

Our own lines are safe because nothing of an update gets into them. A model's line has to prove the same:
every sentence of it can be read and claims and promises no more than our reading of the update does, it
names nobody and no technical thing, carries no word out of the update that we do not say ourselves, and can
be read at school grade 8.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from escalation.extraction.entities import entities
from escalation.extraction.kinds import EntityKind
from escalation.extraction.proposed import plain_line, span_of
from escalation.translation.cues.kinds import Meaning
from escalation.translation.meaning import CERTAIN_AT, Reading, read
from escalation.translation.readable import PLAIN, grade
from escalation.translation.wording import LINE_MAX
from escalation.translation.wordings.english import ENGLISH

LANGUAGE: Final = "en"  # the one language in which all of these checks hold
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][\w-]*")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_TIMES = frozenset({EntityKind.DATE, EntityKind.TIME_WINDOW, EntityKind.DEADLINE})
_ALWAYS = frozenset({Meaning.RECEIVED, Meaning.BEING_WORKED, Meaning.UNCLEAR})
_NO_NAMES = frozenset({"I", "UTC", *ENGLISH.times.weekdays, *ENGLISH.times.months})


def fit_line(answer: Any, *, update: str, said_at: datetime, zone: str = "UTC") -> tuple[str, str]:
    """This will return the line and the words of the update it rests on; ("", "") unless it may be shown.

    ``answer`` is any JSON value: {"line", "quote"} is understood. ``said_at`` (aware) and ``zone`` (IANA)
    are those of the update. Never raises.
    """
    given = answer if isinstance(answer, dict) else {}
    line = plain_line(given.get("line"), longest=LINE_MAX)
    span = span_of(given.get("quote"), message=0, messages=(update,))
    if not line or span is None or objection(line, update=update, said_at=said_at, zone=zone):
        return "", ""
    return line, span.quote


def objection(line: str, *, update: str, said_at: datetime, zone: str = "UTC") -> str:
    """This will say why the line may not be shown; "" when it may."""
    ours, theirs = (read(text, said_at=said_at, zone=zone) for text in (update, line))
    same_time = _same_time(ours, theirs)
    if any(each.kind not in _TIMES or not same_time for each in entities(line)):
        return "It holds a time or a technical name of its own."
    if (theirs.expected or _DIGIT.search(line)) and not same_time:
        return "It promises a time or a number that the update does not."
    for sentence in _SENTENCE.findall(line):
        reading = read(sentence, said_at=said_at, zone=zone)
        promise = theirs.expected.words if same_time and theirs.expected else ""
        known = sentence.strip() in _our_sentences() or (promise and promise in sentence.casefold())
        if not known and reading.certainty < CERTAIN_AT:
            return "It holds a sentence that Baton cannot read."
        if not _claims(reading) <= _granted(ours):
            return "It claims more than the update says."
    return _unfit_words(line, update)


def _unfit_words(line: str, update: str) -> str:
    if any(word not in _NO_NAMES for word in _NAME.findall(line)):
        return "It names somebody or something."
    if carried := next(_carried(line, update), ""):
        return f"It carries a word out of the update: {carried}."
    return "" if grade(line) <= PLAIN else "It is not plain enough."


def _claims(reading: Reading) -> frozenset[Meaning]:
    if reading.certainty < CERTAIN_AT:
        return frozenset()
    return frozenset({reading.meaning, *reading.also})


def _granted(ours: Reading) -> frozenset[Meaning]:
    """What a line may claim: what ours would; of an announced fix also that it is on its way."""
    announced = ours.expected is not None and not ours.expected.news
    return _claims(ours) | _ALWAYS | ({Meaning.FIX_IN_PROGRESS} if announced else frozenset())


def _same_time(ours: Reading, theirs: Reading) -> bool:
    return bool(ours.expected and theirs.expected) and ours.expected_at == theirs.expected_at


def _carried(line: str, update: str) -> Iterator[str]:
    told = {word.casefold() for word in _WORD.findall(update)} - _our_words()
    return (word for word in _WORD.findall(line) if len(word) > 3 and word.casefold() in told)


@lru_cache(maxsize=1)
def _our_sentences() -> frozenset[str]:
    """What may follow any line, as it ships: "We will tell you as soon as there is news."."""
    said = " ".join(f"{each.next} {each.also}" for each in ENGLISH.lines.values())
    return frozenset(sentence.strip() for sentence in _SENTENCE.findall(said))


@lru_cache(maxsize=1)
def _our_words() -> frozenset[str]:
    """Every word of the lines that ship, and the small words that any sentence needs."""
    small = "about after again also been before from have here into more next once only over some soon than "
    small += "that their them then there they this time under until were what when which while will with your"
    return frozenset(word.casefold() for word in _WORD.findall(f"{asdict(ENGLISH)} {small}"))
