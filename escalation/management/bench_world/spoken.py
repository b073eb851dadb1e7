"""What do people write in a company that has handed on a million cases? Pure, from a fixed seed.

Word frequencies fall as they do in language, besides those words whose share is known, for the searches that
are timed. What the receiver's tool was shown is translated once for each shape that a state can have, with
marks where the words go: a million translations would take longer than everything else together.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from random import Random
from typing import Final

from escalation.knowledge.codec import to_json
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    KnowledgeState,
    Remediation,
    Window,
)
from escalation.knowledge.words import Level, Outcome
from escalation.management.bench_world.rows import escaped
from escalation.tools.registry import tool
from escalation.translation.codec import to_json as translation_to_json
from escalation.translation.given import Given
from escalation.translation.rules import Rules

VOCABULARY: Final = 60_000
SPOKEN: Final = 40  # words of each, besides those below
EVERYWHERE: Final = "everybody cannot open"
EITHER: Final = ("gateway", "printer")  # half each, never both
TENTH: Final = "kerberos"
HUNDREDTH: Final = "certificate"
ZONES: Final = ("America/New_York", "Europe/Berlin", "Asia/Tokyo")
MARKS: Final = ("Qsummaryq", "Qaskq", "Qfactq", "Qcheckq", "Qstepq", "Qguessq", "Qhitq")
LEVELS: Final = (Level.HIGH, Level.MEDIUM, Level.LOW)
_WORDS: Final = tuple(f"w{number:x}q" for number in range(VOCABULARY))
_FIRST: Final = 10  # the first word is said as often as if ten others came before it
_ANY_DAY: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """Which parts of a state say something, and how much: all that a translation goes by here."""

    steps: int
    guessed: bool
    level: Level | None  # None where nobody said who is hit
    zone: str  # of the user's hours; "" where nobody asked


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A state and what the tool was shown of it, as COPY takes it; with marks, or words in their places."""

    state: str
    translation: str
    body: str
    kept: str

    def saying(self, words: tuple[str, ...]) -> "Written":
        """Return it with those words, one text for each of ``MARKS``; they need no escaping."""
        return Written(
            state=_filled(self.state, words),
            translation=_filled(self.translation, words),
            body=_filled(self.body, words),
            kept=_filled(self.kept, words),
        )


def remote_number(number: int) -> str:
    """This will return the record's number of one of them."""
    return f"INC{number:08}"


def error_code(number: int) -> str:
    """This will return the error code that one of them has alone."""
    return f"E{number:07X}"


def some_words(random: Random, *, count: int) -> list[str]:
    """This will return words as often as people say them."""
    spread = (VOCABULARY + _FIRST) / _FIRST
    return [_WORDS[int(_FIRST * spread ** random.random()) - _FIRST] for _ in range(count)]


def words_of(number: int, random: Random) -> tuple[str, ...]:
    """This will return what one of them says, a text for each of ``MARKS``."""
    spoken = some_words(random, count=SPOKEN)
    spoken += [EVERYWHERE, EITHER[number % 2], error_code(number)]
    spoken += [TENTH] * (number % 10 == 0) + [HUNDREDTH] * (number % 100 == 0)
    summary = f"{error_code(number)} {' '.join(spoken[:8])}"
    ask, fact, check, step, guess = (" ".join(spoken[place : place + 7]) for place in range(0, 35, 7))
    return summary, f"Find out {ask}", fact, check, step, guess, " ".join(spoken[35:])


def shape_of(random: Random, *, better: bool) -> Shape:
    """This will draw how much was filled in; a better form leaves less out."""
    return Shape(
        steps=random.choice((0, 1, 1, 2, 3)),
        guessed=random.random() < (0.9 if better else 0.6),
        level=random.choice(LEVELS) if random.random() < (0.95 if better else 0.7) else None,
        zone=random.choice(ZONES) if random.random() < (0.8 if better else 0.4) else "",
    )


@cache
def written(shape: Shape, tool_name: str) -> Written:
    """This will return a state of that shape with marks in it; raises when the tool takes no handoffs."""
    receiver = tool(tool_name).receiver
    if receiver is None:
        raise ValueError(f"{tool_name} takes no handoffs.")
    state = _state(shape)
    translation = receiver.translate(
        state, Given(rules=Rules(), now=_ANY_DAY, sender="Desk", receiver="Team")
    )
    return Written(
        state=escaped(json.dumps(to_json(state))),
        translation=escaped(json.dumps(translation_to_json(translation))),
        # Bytes may be written as they stand, with what is special in them escaped a second time.
        body=escaped(escaped(translation.draft.body().decode())),
        kept=escaped(json.dumps(translation.draft.payload())),
    )


def _state(shape: Shape) -> KnowledgeState:
    summary, ask, fact, check, step, guess, hit = MARKS
    hours = Window(opens=time(8), closes=time(17), zone=shape.zone)
    return KnowledgeState(
        summary=summary,
        ask=ask,
        facts=(Fact(id="f1", statement=fact), Fact(id="f2", statement="The account is active")),
        diagnostics=(Diagnostic(id="d1", check="Log of the client", observation=check),),
        remediation=tuple(
            Remediation(id=f"r{number}", step=f"{step} {number}", outcome=Outcome.NO_CHANGE)
            for number in range(1, shape.steps + 1)
        ),
        hypothesis=(Hypothesis(id="h1", statement=guess),) if shape.guessed else (),
        business=(Business(id="b1", affected=hit, impact=shape.level, urgency=shape.level),)
        if shape.level
        else (Business(id="b1", affected=hit),),
        availability=(Availability(id="a1", words="Office hours", windows=(hours,)),) if shape.zone else (),
    )


def _filled(text: str, words: tuple[str, ...]) -> str:
    for mark, said in zip(MARKS, words, strict=True):
        text = text.replace(mark, said)
    return text
