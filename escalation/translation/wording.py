"""In which sentences is a meaning said to the user, and which of them has the owner replaced?

A sentence is written by us or by the owner, never taken from an update. Only the placeholders named here
exist; a wording with another one is refused when it is made, not when a user should be answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import MappingProxyType

from escalation.translation.cues.kinds import Cause, Meaning, Team

PLACEHOLDERS = frozenset({"cause", "team", "expected"})
LINE_MAX = 400  # a user reads two or three sentences, not a page
LANGUAGE_NAMES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "ja": "Japanese"}


class Unsayable(ValueError):
    """A wording cannot be used; the message tells the owner which line and what to change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """How one meaning is said: as the main thing, as a second thing, and what to expect next."""

    says: str
    next: str
    also: str = ""  # empty: never said as a second thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """How two meanings are said in one breath; ``with_team`` names the kind of team."""

    says: str
    with_team: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clockwork:
    """How times are said: templates with {amount}, {day} and {time}, and the words that fill them."""

    within: str
    clock: str
    day: str
    today: str
    later_today: str
    tomorrow: str
    date: str  # {weekday} {number} {month}
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    units: Mapping[str, tuple[str, str]]  # minute, hour, day, week: one and many
    numbers: tuple[str, ...] = ()  # words for 1, 2, ...; figures beyond


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrases:
    """Everything one language says."""

    lines: Mapping[Meaning, Line]
    together: Mapping[tuple[Meaning, Meaning], Together]
    causes: Mapping[Cause | None, str]  # None: the cause of no nameable kind
    teams: Mapping[Team | None, str]
    expect_fix: str  # with {when}
    expect_news: str
    times: Clockwork
    space: str = " "  # between sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The owner's own lines by language and meaning; what is not in it is said as shipped.

    Raises ``Unsayable`` for an unknown language, an empty or too long line, or an unknown placeholder.
    """

    lines: Mapping[tuple[str, Meaning], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for (language, meaning), line in self.lines.items():
            _check(line, place=f"{LANGUAGE_NAMES.get(language, language)}, {meaning}", language=language)
        object.__setattr__(self, "lines", MappingProxyType(dict(self.lines)))

    @classmethod
    def from_values(cls, values: Mapping[str, Mapping[str, str]]) -> "Wording":
        """This will read ``{"en": {"resolved": "..."}}`` and raise ``Unsayable`` for an unknown meaning."""
        known = {meaning.value for meaning in Meaning}
        for language, lines in values.items():
            for word in lines:
                if word not in known:
                    raise Unsayable(
                        f"{language}: there is no meaning {word!r}. Use one of {', '.join(sorted(known))}."
                    )
        pairs = ((code, word, line) for code, lines in values.items() for word, line in lines.items())
        return cls(lines={(code, Meaning(word)): line for code, word, line in pairs})

    def line(self, *, language: str, meaning: Meaning) -> str:
        """This will return the owner's line, or "" where the shipped one is said."""
        return self.lines.get((language, meaning), "")


def _check(line: str, *, place: str, language: str) -> None:
    if language not in LANGUAGE_NAMES:
        known = ", ".join(sorted(LANGUAGE_NAMES))
        raise Unsayable(f"{place}: this language has no lines. Use one of {known}.")
    if not line.strip():
        raise Unsayable(
            f"{place}: the line is empty. Write a sentence, or remove the line to use the shipped one."
        )
    if len(line) > LINE_MAX:
        raise Unsayable(f"{place}: the line has {len(line)} characters. Shorten it to {LINE_MAX}.")
    try:
        fields = [
            (name, spec, conversion)
            for _, name, spec, conversion in Formatter().parse(line)
            if name is not None
        ]
    except ValueError as error:
        raise Unsayable(
            f"{place}: a brace stands alone. Write {{{{ or }}}} for a brace in the text."
        ) from error
    for name, spec, conversion in fields:
        if name not in PLACEHOLDERS or spec or conversion:
            allowed = ", ".join(f"{{{word}}}" for word in sorted(PLACEHOLDERS))
            raise Unsayable(f"{place}: {{{name}}} is not known. Use only {allowed}.")
