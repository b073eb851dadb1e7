"""How does one case go, from the first line to its end? Pure: drawn as plain lines.

About fifteen lines each and of nearly every kind, so that every figure has something to measure. What is not
over yet stops where its status says.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from escalation.lifecycle.reasons import REASON_TITLES
from escalation.lifecycle.words import Status
from escalation.management.bench_world.spoken import some_words
from escalation.management.practice_history import ASKED, RETURNED
from escalation.translation.meaning import Meaning
from escalation.translation.sayable import sayable_state

GROUPS: Final = ("Network", "Application Support", "Database", "Identity")
SAID: Final = {meaning: sayable_state(meaning).line for meaning in (Meaning.CAUSE_FOUND, Meaning.RESOLVED)}
ON_HOLD: Final = ("Awaiting caller", "Awaiting vendor", "Awaiting change")
NOTE_WORDS: Final = 12


Details = tuple[tuple[str, str | int], ...]  # names and what they say


class Line(NamedTuple):
    """One line; ``role`` says who wrote it: "author", "receiver", or "tool" for the receiver's tool."""

    kind: str
    role: str
    at: datetime
    recorded_at: datetime
    text: str
    sayable: str
    details: Details


def course(
    random: Random, *, confirmed: datetime, status: Status, better: bool, urgent: bool
) -> tuple[Line, ...]:
    """This will draw the lines of a handoff that has come to that status, the oldest first."""
    told = _Told(random, confirmed, better=better)
    told.sent(urgent=urgent)
    if status is Status.DELIVERED:
        return tuple(told.lines)
    told.ours("seen", "receiver", 16)
    if status is Status.BOUNCED:
        told.returned()
    if status in {Status.BOUNCED, Status.SEEN}:
        return tuple(told.lines)
    told.accepted(answered=status is not Status.ACCEPTED)
    if status is Status.ACCEPTED:
        return tuple(told.lines)
    told.ours("diagnosing", "receiver", 14 if better else 41)
    told.news()
    if status is Status.WAITING:
        told.theirs("waiting", 12, words=random.choice(ON_HOLD))
    if status is Status.RESOLVED:
        told.worked()
        told.ended()
    return tuple(told.lines)


class _Told:
    """The lines so far, and the moment of the last."""

    def __init__(self, random: Random, confirmed: datetime, *, better: bool) -> None:
        self._random, self._better, self._at = random, better, confirmed
        self.lines: list[Line] = []

    def sent(self, *, urgent: bool) -> None:
        confirmed = self._at
        begun = confirmed - timedelta(minutes=self._random.uniform(3, 9))
        self.lines.append(Line("started", "author", begun, begun, "", "", ()))
        junk = int(self._random.random() < (0.1 if self._better else 0.3))
        details = (("stated", 9), ("junk", junk), ("lane", "urgent" if urgent else "standard"))
        self.lines.append(Line("confirmed", "author", confirmed, confirmed, "", "", details))
        self.theirs("delivered", 0.02)
        self.theirs("assigned", 3, words=self._random.choice(GROUPS))

    def returned(self) -> None:
        reason, part, words = self._random.choice(RETURNED)
        details = (("reason", reason.value), ("prevented_by", part), ("prevented_words", words))
        kept = tuple((name, value) for name, value in details if value)
        self.ours("bounced", "receiver", 18, text=f"{REASON_TITLES[reason]}.", details=kept)

    def accepted(self, *, answered: bool) -> None:
        random = self._random
        self.ours("accepted", "receiver", 6)
        self.ours("read_back", "receiver", 0.5, text=self._words())
        often = (0.1 if self._better else 0.24) if answered else 0.5
        if random.random() < often:
            part, asked, words = random.choice(ASKED)
            prevented = (("prevented_by", part), ("prevented_words", words)) if words else ()
            self.ours("asked", "receiver", 12, text=asked, details=(("part", part), *prevented))
            if answered:
                self.ours("answered", "author", 25, text=self._words())
        if random.random() < (0.06 if self._better else 0.13):
            away, back = random.sample(GROUPS, 2)
            for group in (back, away, back):
                self.theirs("assigned", 20, words=group)

    def news(self) -> None:
        self.theirs("note", 25, text=self._words(), say=Meaning.CAUSE_FOUND)
        if self._random.random() < 0.6:
            self.ours("told", "author", 7)

    def worked(self) -> None:
        random = self._random
        for _ in range(random.choice((0, 1, 1, 2))):
            self.news()
        if random.random() < 0.3:
            self.theirs("waiting", 12, words=random.choice(ON_HOLD))
            self.theirs("went_on", 90, words="In Progress")
        if random.random() < 0.3:
            self.ours("promised", "receiver", 3, details=(("words", "by this evening"),))
        if random.random() < 0.08:
            self.lines.append(Line("silent", "", self._later(70), self._at, "", "", ()))
        if random.random() < 0.5:
            self.theirs("state", 15, words="In Progress")

    def ended(self) -> None:
        random = self._random
        self.theirs("resolved", 70 if self._better else 95, say=Meaning.RESOLVED)
        if random.random() < 0.04:
            self.ours("reopened", "author", 300, text=self._words())
            self.theirs("resolved", 200, say=Meaning.RESOLVED)
        self.ours("learned", "receiver", 2, text=self._words())
        self.ours("told", "author", 9)
        self.lines.append(
            Line("status_sent", "", self._later(0.1), self._at, "", "", (("status", "solved"),))
        )

    def ours(self, kind: str, role: str, minutes: float, *, text: str = "", details: Details = ()) -> None:
        at = self._later(minutes)
        self.lines.append(Line(kind, role, at, at, text, "", details))

    def theirs(
        self, kind: str, minutes: float, *, words: str = "", text: str = "", say: Meaning | None = None
    ) -> None:
        at = self._later(minutes)
        shown = at + timedelta(seconds=self._random.uniform(0.4, 6))
        said = (("side", "receiver"), ("words", words)) if words else (("side", "receiver"),)
        self.lines.append(Line(kind, "tool", at, shown, text or words, SAID[say] if say else "", said))

    def _later(self, minutes: float) -> datetime:
        self._at += timedelta(minutes=minutes * self._random.lognormvariate(0, 0.45))
        return self._at

    def _words(self) -> str:
        return " ".join(some_words(self._random, count=NOTE_WORDS))
