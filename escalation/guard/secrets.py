"""Which parts of a text should not leave the team: secrets and numbers of persons, with exact places?

E-mail addresses, phone numbers and names are not secrets here: the receiver needs them to reach the user.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from escalation.guard.detector import shapes, spans
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


LINE = 500  # characters; what is longer is looked through each time, so that little is kept in memory


@cache
def kinds() -> tuple[str, ...]:
    """This will return every kind that our own rules find, in their order."""
    return tuple(dict.fromkeys(rule.kind for rule in RULES))


def secrets(text: str) -> tuple[Secret, ...]:
    """This will find the secrets of a text of any length, in order, never overlapping.

    Spans that overlap become one, named by the rule that stands first: the most telling one. A shape
    that others keep counts where none of our own rules knows better what exactly has to go.
    """
    if not text:
        return ()
    return _in_line(text) if len(text) <= LINE else _found(text)


# Whoever types changes one line, and every pause in typing asks about all of them.
@lru_cache(maxsize=2048)
def _in_line(text: str) -> tuple[Secret, ...]:
    return _found(text)


def _found(text: str) -> tuple[Secret, ...]:
    lowered = text.lower()
    there = {clue for clue in _clues() if clue in lowered}
    found: list[tuple[int, int, int]] = []
    for rank, rule in enumerate(RULES):
        if not rule.clues or not there.isdisjoint(rule.clues):
            found.extend((*span, rank) for span in _spans(rule, text))
    ours = tuple(found)
    for rank, rule in enumerate(shapes(), start=len(RULES)):
        if not there.isdisjoint(rule.clues):
            new = (span for span in spans(rule, text) if not _meets(span, ours))
            found.extend((*span, rank) for span in new)
    return tuple(_merged(sorted(found)))


@cache
def _clues() -> tuple[str, ...]:
    """The clues of all rules, each once: looked for once in a text, however many rules share them."""
    return tuple({clue for rule in (*RULES, *shapes()) for clue in rule.clues})


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


def _meets(span: tuple[int, int], known: tuple[tuple[int, int, int], ...]) -> bool:
    return any(span[0] < end and start < span[1] for start, end, _ in known)


def _merged(found: list[tuple[int, int, int]]) -> list[Secret]:
    merged: list[tuple[int, int, int]] = []
    for start, end, rank in found:
        if merged and start < merged[-1][1]:
            first, last, best = merged[-1]
            merged[-1] = (first, max(last, end), min(best, rank))
        else:
            merged.append((start, end, rank))
    known = RULES + shapes()
    return [Secret(kind=known[rank].kind, start=start, end=end) for start, end, rank in merged]
