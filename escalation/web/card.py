"""What stands on the intake card, and what is folded away?

At most 150 words are laid open (FEATURES U27); the cut is made between lines, never inside one, and
everything stands whole below the fold.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from escalation.capture.draft import state_of
from escalation.knowledge.reach import reach
from escalation.knowledge.state import (
    Business,
    Diagnostic,
    Evidence,
    Fact,
    Hypothesis,
    Item,
    KnowledgeState,
    Moment,
    Remediation,
    headline,
)
from escalation.knowledge.words import PART_TITLES, Part, Standing
from escalation.models import Handoff
from escalation.translation.lines import check, unsaid_count
from escalation.web.row_fields import CHANNELS, CONFIDENCES, LEVELS, OUTCOMES, STANDINGS

MOST_WORDS = 150
# How many lines of each block may be laid open; the words are counted besides.
MOST_LINES = 6
LONGEST_LINE = 30
LONGEST_WITH_ROOM = 50  # a browser's refusal with both its addresses
LETTERS_A_WORD = 8
CHECKED = frozenset({Standing.CONFIRMED, Standing.RULED_OUT})


@dataclass(frozen=True, kw_only=True, slots=True)
class CardLine:
    """One line with its result, as "Cleared the cache": "No change"."""

    words: str
    result: str = ""
    kind: str = ""  # the stored word of the result, for its colour

    @property
    def length(self) -> int:
        """How many words it takes to read; an address is one word that reads like several."""
        text = f"{self.words} {self.result}"
        return max(len(text.split()), len(text) // LETTERS_A_WORD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """One item with all it holds, for below the fold."""

    id: str
    words: str
    more: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """The card's blocks, each cut to what is read at a glance."""

    ask: str
    summary: str
    belief: tuple[CardLine, ...]
    proven: tuple[CardLine, ...]
    tried: tuple[CardLine, ...]
    impact: tuple[CardLine, ...]
    deadline: str
    reachable: bool
    reach: str
    contact: str
    folded: int
    parts: tuple[tuple[str, tuple[Whole, ...]], ...]


def card_of(handoff: Handoff, *, zone: str, now: datetime) -> Card:
    """This will lay the handoff's state out for a reader who lives in ``zone``."""
    return card_from(state_of(handoff), zone=zone, now=now)


def card_from(state: KnowledgeState, *, zone: str, now: datetime) -> Card:
    """This will do the same for a state by itself."""
    can = reach(state.availability, now=now)
    budget = _Budget(MOST_WORDS - len(f"{state.ask} {state.summary}".split()))
    belief = budget.take(_belief(each) for each in state.hypothesis)
    tried = budget.take(_tried(each) for each in state.remediation)
    proof = _proof(state)
    proven = budget.take(proof)
    impact = budget.take(_impact(each) for each in state.business)
    return Card(
        ask=state.ask,
        summary=state.summary,
        belief=belief,
        tried=tried,
        proven=budget.fill(proven, proof),
        impact=impact,
        deadline=next((_deadline(each.deadline, now) for each in state.business if each.deadline), ""),
        reachable=can.now,
        reach=can.words(zone=zone),
        contact=_contact(state),
        folded=budget.folded,
        parts=tuple(
            (PART_TITLES[part], tuple(_whole(part, item) for item in state.part(part)))
            for part in Part
            if state.part(part)
        ),
    )


class _Budget:
    """The words that may still be laid open."""

    def __init__(self, words: int) -> None:
        self.left = words
        self.folded = 0

    def take(self, lines: Iterable[CardLine]) -> tuple[CardLine, ...]:
        """The first short line of a block always stands; the others while words are left."""
        taken: list[CardLine] = []
        # A log that was pasted into a line is evidence, not something read at a glance.
        for line in sorted(lines, key=lambda line: line.length > LONGEST_LINE):
            if taken and (line.length > min(self.left, LONGEST_LINE) or len(taken) >= MOST_LINES):
                self.folded += 1
                continue
            taken.append(line)
            self.left -= line.length
        return tuple(taken)

    def fill(self, taken: tuple[CardLine, ...], lines: Sequence[CardLine]) -> tuple[CardLine, ...]:
        """What was left out for its length stands after all where every block is laid open and it fits."""
        kept = {id(line) for line in taken}
        for line in lines:
            fits = line.length <= min(self.left, LONGEST_WITH_ROOM) and len(kept) < MOST_LINES
            if fits and id(line) not in kept:
                kept.add(id(line))
                self.left -= line.length
                self.folded -= 1
        return tuple(line for line in lines if id(line) in kept)


def _belief(item: Hypothesis) -> CardLine:
    return CardLine(words=item.statement, result=f"{CONFIDENCES[item.confidence]} confidence", kind="belief")


def _tried(item: Remediation) -> CardLine:
    return CardLine(words=item.step, result=OUTCOMES[item.outcome], kind=item.outcome.value)


def _proof(state: KnowledgeState) -> list[CardLine]:
    """A code counts most, then what was checked, then what was seen, then what was only said."""
    coded = [each for each in state.diagnostics if each.error_code]
    seen = [each for each in state.diagnostics if not each.error_code]
    checked = [each for each in state.facts if each.standing in CHECKED]
    said = [each for each in state.facts if each.standing not in CHECKED]
    return [*map(_result, coded), *map(_fact, checked), *map(_result, seen), *map(_fact, said)]


def _result(item: Diagnostic) -> CardLine:
    return CardLine(words=_check(item), result=item.error_code, kind="code")


def _check(item: Diagnostic) -> str:
    """What was checked and seen; only what stands there once more, as a whole, is left out.

    "Is the page up" holds all of "up" and does not say it, so words that merely occur are no repetition.
    """
    what, seen = item.check.strip(), item.observation.strip()
    if what and (seen.startswith(f"{what} ") or what in map(str.strip, seen.split("\n"))):
        return seen
    return what if seen and _tells(what, seen) else check(item)


def _tells(text: str, result: str) -> bool:
    """Whether the text quotes the result, or ends with it behind a sign that a result follows."""
    if re.search(rf"""[“„"'`«]{re.escape(result)}[”“"'`»]""", text):
        return True
    return text.endswith(result) and text.removesuffix(result).rstrip().endswith((":", "→", "=", "–", "—"))


def _fact(item: Fact) -> CardLine:
    return CardLine(words=item.statement, result=STANDINGS[item.standing], kind=item.standing.value)


def _impact(item: Business) -> CardLine:
    count = unsaid_count(item)
    result = LEVELS[item.impact] if item.impact else ""
    return CardLine(words=item.affected if count is None else f"{item.affected} ({count})", result=result)


def _moment(moment: Moment) -> str:
    if moment.at is None:
        return moment.words
    return f"{moment.words} ({date_format(localtime(moment.at), 'D j M, H:i')} your time)"


def _deadline(moment: Moment, now: datetime) -> str:
    passed = moment.at is not None and moment.at < now
    return f"{_moment(moment)}, passed" if passed else _moment(moment)


def _contact(state: KnowledgeState) -> str:
    for each in state.availability:
        if each.channel or each.handle:
            return " ".join(filter(None, (CHANNELS[each.channel] if each.channel else "", each.handle)))
    return state.source.requester_email if state.source else ""


# The small fields of an item, in the words of the form.
_MORE: dict[str, str] = {
    "how_verified": "How verified",
    "observation": "Showed",
    "error_code": "Error code",
    "because": "Because",
    "wrong_if": "Would be wrong if",
    "priority_reason": "Why now",
    "handle": "Handle or number",
}


def _whole(part: Part, item: Item) -> Whole:
    said = [(title, str(getattr(item, name, "") or "")) for name, title in _MORE.items()]
    when = getattr(item, "when", None) or getattr(item, "deadline", None)
    if isinstance(when, Moment):
        said.append(("When", _moment(when)))
    return Whole(
        id=item.id,
        words=headline(part, item),
        more=tuple(pair for pair in said if pair[1]),
        evidence=item.evidence,
    )
