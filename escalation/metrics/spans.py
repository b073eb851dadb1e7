"""What lay between one human word and the next: how long, was the handoff open, did it wait? Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol

# What a machine does by itself is no sign that a person is at work.
BY_PEOPLE = frozenset(
    {
        "confirmed",
        "recalled",
        "seen",
        "accepted",
        "read_back",
        "diagnosing",
        "waiting",
        "went_on",
        "note",
        "state",
        "assigned",
        "asked",
        "answered",
        "promised",
        "resolved",
        "reopened",
        "bounced",
    }
)
BEGUN = frozenset({"confirmed", "reopened"})
# What was called back is a draft again: nobody owes anything until it is confirmed anew.
ENDED = frozenset({"resolved", "bounced", "recalled"})
HELD = frozenset({"waiting"})
WENT_ON = frozenset({"went_on", "accepted", "diagnosing", "reopened"}) | ENDED


class Line(Protocol):
    """What is needed of a line here."""

    @property
    def sequence(self) -> int:
        """Its number on the timeline."""

    @property
    def kind(self) -> str:
        """What it says."""

    @property
    def happened_at(self) -> datetime:
        """When it happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The time from one human word to the next, or to the present."""

    at: datetime
    seconds: float
    open: bool  # somebody owes an end
    waiting: bool  # held for the user, a vendor or an approval


def spans(lines: Iterable[Line], *, until: datetime) -> tuple[Span, ...]:
    """This will cut the handoff's time at every human word, in the order things happened."""
    words = sorted((each for each in lines if each.kind in BY_PEOPLE), key=_when)
    ends = [later.happened_at for _, later in pairwise(words)] + [until]
    found, is_open, waits = [], False, False
    for word, end in zip(words, ends, strict=False):
        is_open = (is_open or word.kind in BEGUN) and word.kind not in ENDED
        waits = (waits or word.kind in HELD) and word.kind not in WENT_ON
        seconds = max(0.0, (end - word.happened_at).total_seconds())
        found.append(Span(at=word.happened_at, seconds=seconds, open=is_open, waiting=waits))
    return tuple(found)


def _when(line: Line) -> tuple[datetime, int]:
    return line.happened_at, line.sequence
