"""Which handoffs stand behind a number of the reviews? Answers, never who gave them.

What a reader may still read is left out until they have: a second opinion that has seen the first is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User

from escalation.coaching.sample import waiting_for
from escalation.models import Handoff, Review


class Said(StrEnum):
    """What a number counts."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    TWICE = "twice"  # read by two
    SAME = "same"  # and all answers are alike
    ALL = "all"


Answer = Review.Answer
COUNTED = {Said.YES: Answer.YES, Said.PARTLY: Answer.PARTLY, Said.NO: Answer.NO}
CLAIM = "level_one_could"
# By whether it is about a claim.
LABELS: dict[bool, dict[int, str]] = {
    False: {Answer.YES: "yes", Answer.PARTLY: "partly", Answer.NO: "no"},
    True: {Answer.YES: "could have", Answer.NO: "could not have"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """One number of the results."""

    key: str  # of a question; ``CLAIM`` for the receiver's claim that Level One could have done it
    said: Said


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadAgain:
    """One handoff with what was answered about it, the first answer first."""

    handoff: Handoff
    answers: tuple[str, ...]
    counted: int  # how many of the answers the number counts


@dataclass(frozen=True, kw_only=True, slots=True)
class BehindIt:
    """The handoffs behind one number, and how many more are not shown to this reader yet."""

    shown: tuple[ReadAgain, ...]
    kept_back: int


def behind(number: Number, *, route_ids: Iterable[int], since: datetime, by: User, now: datetime) -> BehindIt:
    """This will return what a number counts, the newest review first."""
    key, said, found = number.key, number.said, []
    for handoff, rows in _read(route_ids, since).items():
        answers = [each for each in (_answer(row, key) for row in rows) if each is not None]
        if counted := _counted(answers, said):
            words = tuple(LABELS[key == CLAIM][each] for each in answers)
            found.append(ReadAgain(handoff=handoff, answers=words, counted=counted))
    waiting = set(waiting_for(by, route_ids=route_ids, now=now).values_list("pk", flat=True))
    shown = tuple(each for each in found if each.handoff.pk not in waiting)
    return BehindIt(shown=shown, kept_back=len(found) - len(shown))


def _read(route_ids: Iterable[int], since: datetime) -> dict[Handoff, list[Review]]:
    rows = Review.objects.filter(handoff__route__in=tuple(route_ids), reviewed_at__gte=since)
    by_handoff: dict[Handoff, list[Review]] = {}
    for row in rows.select_related("handoff__route").order_by("-reviewed_at", "-pk"):
        by_handoff.setdefault(row.handoff, []).insert(0, row)
    return by_handoff


def _answer(row: Review, key: str) -> int | None:
    value = getattr(row, key)
    if key != CLAIM or value is None:
        return value  # type: ignore[no-any-return]  # a column of the review
    return Answer.YES if value else Answer.NO


def _counted(answers: list[int], said: Said) -> int:
    if said in COUNTED:
        return answers.count(COUNTED[said])
    if said is Said.ALL:
        return len(answers)
    twice = len(answers) > 1
    return int(twice and (said is Said.TWICE or len(set(answers)) == 1))
