"""What is one rule for finding a secret made of?

A rule is tried only where one of its clues stands in the text: that keeps a megabyte of log cheap. Its
pattern must not be able to backtrack: bounded or possessive repeats only.

Note [The edge of a mark is no border]
A redacted text must not show new secrets, or redacting twice would differ from redacting once. So the
brackets of a mark count as letters where a pattern asks for a border: what was glued to a secret before
is glued to its mark afterwards.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

# See Note [The edge of a mark is no border].
_EDGES = (
    ("(?<![", "(?<![›"),
    ("(?![", "(?![‹"),
    (r"(?<!\d)", r"(?<![\d›])"),
    (r"(?!\d)", r"(?![\d‹])"),
    (r"\b", r"(?:(?<![\w›])(?=\w)|(?<=\w)(?![\w‹]))"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One way to recognise one kind; group ``secret`` is what has to go, or else the whole match."""

    kind: str  # as it is said to people and written into the redaction
    clues: tuple[str, ...]  # lower case; one of them is in every text with such a secret; () tries always
    pattern: re.Pattern[str]
    proves: Callable[[re.Match[str]], bool] | None = None  # a last check on a match


def rule(
    kind: str, clues: str, pattern: str, *, proves: Callable[[re.Match[str]], bool] | None = None
) -> Rule:
    """This will make a rule; ``clues`` are separated by blanks."""
    for border, closed in _EDGES:
        pattern = pattern.replace(border, closed)
    return Rule(kind=kind, clues=tuple(clues.split()), pattern=re.compile(pattern), proves=proves)
