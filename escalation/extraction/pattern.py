"""How is one recogniser written down?

Every pattern must run in linear time on hostile text: repeats are bounded or possessive, and nothing
repeated sits inside something repeated unless the two cannot match the same character.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from escalation.extraction.kinds import Entity
from escalation.extraction.needs import Needs, may_match, needs

Accept = Callable[[re.Match[str]], bool]


def always(_match: re.Match[str]) -> bool:
    """This will take every match."""
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One pattern whose group ``value`` (or the whole match) is an entity of ``kind``.

    ``wanted`` spares most texts the pattern: see ``needs``.
    """

    kind: str
    pattern: re.Pattern[str]
    accept: Accept = always
    wanted: Needs = None
    strip: str = ""  # characters taken off the end of the value

    def find(self, text: str, *, held: frozenset[str]) -> Iterator[Entity]:
        """This will yield every entity of this rule; ``held`` are the ``pieces`` of the text."""
        if not may_match(self.wanted, held):
            return
        for match in self.pattern.finditer(text):
            start, end = match.span(_group(match))
            while end > start and text[end - 1] in self.strip:
                end -= 1
            if end > start and self.accept(match):
                yield Entity(kind=self.kind, value=text[start:end], start=start, end=end)


def rule(kind: str, pattern: str, *, accept: Accept = always, strip: str = "") -> Rule:
    """This will compile a rule that ignores case; write ``(?-i:…)`` where case tells something."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return Rule(kind=kind, pattern=compiled, accept=accept, wanted=needs(compiled), strip=strip)


def _group(match: re.Match[str]) -> str | int:
    """The group that holds the value: an alternative of a pattern may do without."""
    named = "value" in match.re.groupindex and match["value"] is not None
    return "value" if named else 0


def before(match: re.Match[str], length: int = 24) -> str:
    """This will return what stands directly before the value, in lower case, on the same line."""
    start = match.start(_group(match))
    return match.string[max(0, start - length) : start].rpartition("\n")[2].lower()


def after(match: re.Match[str], length: int = 24) -> str:
    """This will return what stands directly after the value, in lower case, on the same line."""
    end = match.end(_group(match))
    return match.string[end : end + length].partition("\n")[0].lower()


def words(*alternatives: str) -> str:
    """This will join blank-separated words into one alternation, longest first."""
    every = {word for group in alternatives for word in group.split()}
    return "|".join(re.escape(word) for word in sorted(every, key=lambda word: (-len(word), word)))
