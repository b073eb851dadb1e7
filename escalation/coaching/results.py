"""What do the reviews of some weeks come to: per question, and do readers agree?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from escalation.coaching.agreement import Agreement, agreement
from escalation.coaching.rubric import QUESTIONS, Question
from escalation.models import Review


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One question: how often each answer was given, and how far readers agree."""

    question: Question
    counts: dict[int, int]  # answer to how often
    agreement: Agreement

    @property
    def n(self) -> int:
        """How many answers there are."""
        return sum(self.counts.values())

    @property
    def yes(self) -> int:
        """How many of them are a yes."""
        return self.counts[Review.Answer.YES]

    @property
    def partly(self) -> int:
        """How many say "partly"."""
        return self.counts[Review.Answer.PARTLY]

    @property
    def no(self) -> int:
        """How many are a no."""
        return self.counts[Review.Answer.NO]


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """All questions together."""

    handoffs: int
    reviews: int
    seconds: float | None  # the median a review took
    questions: tuple[Result, ...]
    claims: int  # of the receiver that Level One could have done it, which somebody looked at
    claims_held: int


def results(*, route_ids: Iterable[int], since: datetime) -> Results:
    """This will sum up what was reviewed since then."""
    rows = list(Review.objects.filter(handoff__route__in=tuple(route_ids), reviewed_at__gte=since))
    judged = [row.level_one_could for row in rows if row.level_one_could is not None]
    return Results(
        handoffs=len({row.handoff_id for row in rows}),
        reviews=len(rows),
        seconds=median([row.seconds for row in rows]) if rows else None,
        questions=tuple(_result(each, rows) for each in QUESTIONS.values()),
        claims=len(judged),
        claims_held=sum(judged),
    )


def _result(question: Question, rows: list[Review]) -> Result:
    counts = dict.fromkeys(Review.Answer.values, 0)
    by_handoff: dict[object, dict[int, int]] = {}
    for row in rows:
        answer = getattr(row, question.key)
        counts[answer] += 1
        by_handoff.setdefault(row.handoff_id, {})[row.reviewer_id] = answer
    return Result(question=question, counts=counts, agreement=agreement(list(by_handoff.values())))
