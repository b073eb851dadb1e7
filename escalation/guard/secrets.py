"""Which parts of a text should not leave the team: secrets and numbers of persons, with exact places?

E-mail addresses, phone numbers and names are not secrets here: the receiver needs them to reach the user.
"""

from dataclasses import dataclass
from functools import cache

from escalation.guard.rules import Rule
from escalation.guard.token_rules import TOKEN_RULES
from escalation.guard.value_rules import VALUE_RULES

RULES: tuple[Rule, ...] = TOKEN_RULES + VALUE_RULES


@dataclass(frozen=True, kw_only=True, slots=True)
class Secret:
    """One secret: what it is, and where, in characters; ``text[start:end]`` is what has to go."""

    kind: str
    start: int
    end: int


@cache
def kinds() -> tuple[str, ...]:
    """This will return every kind that can be found, in the order of their rules."""
    return tuple(dict.fromkeys(rule.kind for rule in RULES))


def secrets(text: str) -> tuple[Secret, ...]:
    """This will find the secrets of a text of any length, in order, never overlapping.

    Spans that overlap become one, named by the rule that stands first: the most telling one.
    """
    lowered = text.lower()
    found: list[tuple[int, int, int]] = []
    for rank, rule in enumerate(RULES):
        if not rule.clues or any(clue in lowered for clue in rule.clues):
            found.extend((*span, rank) for span in _spans(rule, text))
    return tuple(_merged(sorted(found)))


def _spans(rule: Rule, text: str) -> list[tuple[int, int]]:
    group = "secret" if "secret" in rule.pattern.groupindex else 0
    found: list[tuple[int, int]] = []
    match = rule.pattern.search(text)
    while match:
        proven = rule.proves is None or rule.proves(match)
        if proven:
            found.append(match.span(group))
        # A match that proves nothing may hide the real one: "password: password: ..."
        match = rule.pattern.search(
            text, match.end() if proven else max(match.start(group), match.start() + 1)
        )
    return found


def _merged(found: list[tuple[int, int, int]]) -> list[Secret]:
    merged: list[tuple[int, int, int]] = []
    for start, end, rank in found:
        if merged and start < merged[-1][1]:
            first, last, best = merged[-1]
            merged[-1] = (first, max(last, end), min(best, rank))
        else:
            merged.append((start, end, rank))
    return [Secret(kind=RULES[rank].kind, start=start, end=end) for start, end, rank in merged]
