"""What lay between one human word and the next: how long, was the handoff open, did it wait? Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final, Protocol

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
# For whom it waits, by the words of the tools: "Awaiting Caller", "Waiting for customer", "Pending". Written
# so that Python and PostgreSQL read it alike.
ON_THE_USER: Final = "caller|customer|requester|reporter|user|client|kunde|usuario|utilisateur|^pending$"
_ON_THE_USER = re.compile(ON_THE_USER, re.IGNORECASE)
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

    @property
    def words(self) -> str:
        """The tool's own word for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The time from one human word to the next, or to the present."""

    at: datetime
    seconds: float
    open: bool  # somebody owes an end
    waiting: bool  # held for the user, a vendor or an approval
    on_user: bool  # held, and by the tool's words for the user


def spans(lines: Iterable[Line], *, until: datetime) -> tuple[Span, ...]:
    """This will cut the handoff's time at every human word, in the order things happened."""
    words = sorted((each for each in lines if each.kind in BY_PEOPLE), key=_when)
    ends = [later.happened_at for _, later in pairwise(words)] + [until]
    found, is_open, waits, on_user = [], False, False, False
    for word, end in zip(words, ends, strict=False):
        is_open = (is_open or word.kind in BEGUN) and word.kind not in ENDED
        waits = (waits or word.kind in HELD) and word.kind not in WENT_ON
        if word.kind in HELD:
            on_user = _ON_THE_USER.search(word.words) is not None
        seconds = max(0.0, (end - word.happened_at).total_seconds())
        held = {"waiting": waits, "on_user": waits and on_user}
        found.append(Span(at=word.happened_at, seconds=seconds, open=is_open, **held))
    return tuple(found)


def _when(line: Line) -> tuple[datetime, int]:
    return line.happened_at, line.sequence
