"""The rows of one handoff of that company, in every table in which a real one leaves some.

Drawn from its number, so that a later run goes on where an earlier one ended.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Final
from uuid import UUID

from escalation.lifecycle.words import OPEN as NOT_OVER
from escalation.lifecycle.words import Status
from escalation.management.bench_world.company import BETTER_SINCE, CATEGORIES, Company, Way
from escalation.management.bench_world.course import Details, Line, course
from escalation.management.bench_world.rows import NULL, Sheaf, escaped, moment, yes
from escalation.management.bench_world.spoken import Written, remote_number, shape_of, words_of, written
from escalation.models import (
    Delivery,
    Entry,
    Handoff,
    ItemMark,
    Question,
    Rating,
    Receipt,
    Snapshot,
    Verdict,
)
from escalation.outbox.owe import record_key

OPEN: Final = (Status.DELIVERED, Status.SEEN, Status.ACCEPTED, Status.DIAGNOSING, Status.WAITING)
MOST_OPEN: Final = 2_000  # what waits does not grow with the past
OPEN_OF: Final = 5  # of the first ones
BOUNCED_OF: Final = 20
THREE_YEARS: Final = timedelta(days=3 * 365 - 2)
SEED: Final = 20261129
SATURDAY: Final = 5
FINGERPRINT: Final = "0" * 64
ROLES: Final = {"author": 0, "receiver": 1}


def open_of(handoffs: int) -> int:
    """This will return how many of so many are open."""
    return min(MOST_OPEN, handoffs // OPEN_OF)


def status_of(number: int) -> Status:
    """This will return what has become of one of them."""
    place, rest = divmod(number, OPEN_OF)
    if rest == OPEN_OF - 1 and place < MOST_OPEN:
        return OPEN[place % len(OPEN)]
    return Status.BOUNCED if number % BOUNCED_OF == 1 else Status.RESOLVED


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """What is drawn of one of them, before it becomes rows."""

    id: str
    number: int
    way: Way
    author: int
    receiver: int
    status: Status
    category: str
    confirmed: datetime
    lines: tuple[Line, ...]
    words: tuple[str, ...]
    written: Written


class Book:
    """The tables, and the rows that are on their way into them."""

    def __init__(self, company: Company, *, now: datetime) -> None:
        """Begin without any."""
        self._company, self._now = company, now
        self.handoffs = Sheaf(
            Handoff(),
            *("id", "route_id", "author_id", "status", "summary", "state", "category", "source_reference"),
            *("source_number", "remote_id", "remote_number", "active_seconds", "last_sequence", "created_at"),
            *("saved_at", "confirmed_at", "update_due_at"),
        )
        self.entries = Sheaf(
            Entry(),
            *("handoff_id", "sequence", "kind", "by_id", "who", "tool", "text", "sayable", "details"),
            *("happened_at", "recorded_at"),
        )
        self.snapshots = Sheaf(
            Snapshot(state_fingerprint=FINGERPRINT),
            *("handoff_id", "state", "translation", "template_id", "confirmed_by_id", "confirmed_at"),
        )
        self.deliveries = Sheaf(
            Delivery(kind=Delivery.Kind.CREATE, position=1, fingerprint=FINGERPRINT, status="done"),
            *("id", "handoff_id", "connection_id", "body", "not_before", "created_at", "done_at"),
        )
        self.receipts = Sheaf(Receipt(), "delivery_id", "remote_id", "number", "kept", "received_at")
        self.verdicts = Sheaf(Verdict(), "handoff_id", "by_id", "at", "cause", "guess", "level_one_could")
        self.marks = Sheaf(ItemMark(), "handoff_id", "by_id", "at", "item_id", "kind")
        self.questions = Sheaf(
            Question(),
            *("handoff_id", "by_id", "at", "part", "text", "prevented_by", "prevented_words", "answer"),
            *("answered_by_id", "answered_at"),
        )
        self.ratings = Sheaf(
            Rating(), "connection_id", "remote_id", "ticket", "score", "rated_at", "category"
        )
        self._sheaves = (
            *(self.handoffs, self.entries, self.snapshots, self.deliveries, self.receipts, self.verdicts),
            *(self.marks, self.questions, self.ratings),
        )

    @property
    def tables(self) -> tuple[str, ...]:
        """Where the rows go."""
        return tuple(each.table for each in self._sheaves)

    def write(self) -> None:
        """This will write what was added."""
        for each in self._sheaves:
            each.write()

    def add(self, number: int) -> None:
        """This will add everything that one of them leaves."""
        random = Random(SEED + number)  # noqa: S311 - made up, hides nothing
        past = self._drawn(number, random)
        self._add_handoff(past, random)
        self._add_entries(past)
        self._add_sent(past)
        self._add_said(past, random)
        self._add_ratings(past, random)

    def _drawn(self, number: int, random: Random) -> Past:
        way = self._company.ways[int(len(self._company.ways) * random.random() ** 1.5)]
        status, key = status_of(number), UUID(int=random.getrandbits(128), version=4)
        confirmed = self._confirmed(random, is_open=status in NOT_OVER)
        better = way.template_at(confirmed).version >= BETTER_SINCE
        words = words_of(number, random)
        shape = shape_of(random, better=better)
        lines = course(
            random, confirmed=confirmed, status=status, better=better, urgent=random.random() < 0.06
        )
        return Past(
            id=str(key),
            number=number,
            way=way,
            author=random.choice(way.senders).pk,
            receiver=random.choice(way.receivers).pk,
            status=status,
            category=random.choice(CATEGORIES),
            confirmed=confirmed,
            lines=lines,
            words=words,
            written=written(shape, way.route.target.tool).saying(words),
        )

    def _confirmed(self, random: Random, *, is_open: bool) -> datetime:
        """Mostly in the day, mostly on working days; nothing that is over was sent in the last two days."""
        spent = timedelta(days=1.5 + 4 * random.random()) if is_open else THREE_YEARS * random.random()
        at = self._now - spent if is_open else self._now - timedelta(days=2) - spent
        if at.weekday() >= SATURDAY and random.random() < 0.85:
            at -= timedelta(days=2)
        if random.random() < 0.9:
            at = at.replace(hour=int(random.triangular(6, 21)))
        return at

    def _add_handoff(self, past: Past, random: Random) -> None:
        due = NULL
        if past.status in NOT_OVER:
            due = moment(self._now + timedelta(minutes=random.randrange(-600, 6_000)))
        at = moment(past.confirmed)
        self.handoffs.add(
            *(past.id, str(past.way.route.pk), str(past.author), past.status.value, past.words[0]),
            *(past.written.state, past.category, str(past.number), f"#{past.number}"),
            *(f"bench{past.number}", remote_number(past.number)),
            *(str(round(random.lognormvariate(5.2, 0.35))), str(len(past.lines))),
            *(moment(past.lines[0].at), at, at, due),
        )

    def _add_entries(self, past: Past) -> None:
        people, tool = (str(past.author), str(past.receiver)), past.way.route.target.tool
        for sequence, line in enumerate(past.lines, start=1):
            by = people[ROLES[line.role]] if line.role in ROLES else NULL
            details = _as_json(line.details)
            if line.kind == "delivered":
                details = _as_json((*line.details, ("number", remote_number(past.number))))
            from_tool, at = line.role == "tool", moment(line.at)
            shown = at if line.recorded_at is line.at else moment(line.recorded_at)
            self.entries.add(
                *(past.id, str(sequence), line.kind, by, "Somebody there" if from_tool else ""),
                *(tool if from_tool else "", line.text, line.sayable, details, at, shown),
            )

    def _add_sent(self, past: Past) -> None:
        route, at = past.way.route, moment(past.confirmed)
        self.snapshots.add(
            *(past.id, past.written.state, past.written.translation),
            *(str(past.way.template_at(past.confirmed).pk), str(past.author), at),
        )
        key = str(UUID(record_key(handoff_id=UUID(past.id))))
        arrived = moment(next(each.at for each in past.lines if each.kind == "delivered"))
        self.deliveries.add(key, past.id, str(route.target_id), past.written.body, at, at, arrived)
        number = remote_number(past.number)
        self.receipts.add(key, f"bench{past.number}", number, past.written.kept, arrived)

    def _add_said(self, past: Past, random: Random) -> None:
        last, by = moment(past.lines[-1].at), str(past.receiver)
        if past.status is Status.RESOLVED and random.random() < 0.7:
            guess = random.choice(("right", "right", "partly", "wrong", ""))
            could = yes(random.random() < 0.07)
            self.verdicts.add(past.id, by, last, past.words[5], guess, could)
        if past.status is Status.RESOLVED and random.random() < 0.4:
            self.marks.add(past.id, by, last, "d1", ItemMark.Kind.DECISIVE.value)
        if past.status is Status.RESOLVED and random.random() < 0.15:
            self.marks.add(past.id, by, last, "d1", ItemMark.Kind.REDONE.value)
        answered = next((each for each in past.lines if each.kind == "answered"), None)
        for line in past.lines:
            if line.kind == "asked":
                details = dict(line.details)
                said = [str(details.get(each, "")) for each in ("part", "prevented_by", "prevented_words")]
                end = (answered.text, str(past.author), moment(answered.at)) if answered else ("", NULL, NULL)
                self.questions.add(past.id, by, moment(line.at), said[0], line.text, said[1], said[2], *end)

    def _add_ratings(self, past: Past, random: Random) -> None:
        """What users said of this ticket and of one that nobody handed on; most say nothing."""
        at = moment(past.lines[-1].at)
        for ticket, content in ((str(past.number), 0.8), (f"other-{past.number}", 0.88)):
            if past.status not in NOT_OVER and random.random() < 0.35:
                score = Rating.Score.GOOD if random.random() < content else Rating.Score.BAD
                source = str(past.way.route.source_id)
                self.ratings.add(source, f"rating-{ticket}", ticket, score.value, at, past.category)


@lru_cache(maxsize=10_000)
def _as_json(details: Details) -> str:
    return escaped(json.dumps(dict(details)))
