"""What does a person think of a handoff, and what is its author told of that?

The author is told the words that are meant for them and nothing else: no answer and no average.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from escalation.models import GoodExample, Handoff, NoticeKind, Review
from escalation.timeline.notify import News, tell


class OwnHandoff(Exception):
    """Nobody judges their own handoff."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The answers to the rubric, 0 (no), 1 (partly) or 2 (yes), and the words for the author."""

    ask_clear: int
    traceable: int
    start_here: int
    level_one_could: bool | None = None  # whether the receiver's claim holds; None where there is none
    comment: str = ""
    seconds: int = 0  # from opening the page to saving


@transaction.atomic
def score(*, handoff: Handoff, answers: Answers, by: User, now: datetime) -> Review:
    """This will keep the answers; said again they replace the earlier ones. Raises ``OwnHandoff``."""
    if handoff.author_id == by.pk:
        raise OwnHandoff("This handoff is your own: somebody else reads it.")
    review, _ = Review.objects.update_or_create(
        handoff=handoff, reviewer=by, defaults=asdict(answers) | {"reviewed_at": now}
    )
    if answers.comment:
        news = News(
            handoff=handoff,
            kind=NoticeKind.COACHED,
            cause=f"coached:{handoff.pk}:{by.pk}",
            title=f"A word for you on: {handoff.summary}",
            text=answers.comment,
            address=f"{reverse('words_for_me')}#review-{review.pk}",
        )
        tell(news, to=[handoff.author_id], now=now)
    return review


def keep_example(*, handoff: Handoff, why: str, by: User, now: datetime) -> GoodExample:
    """This will put a handoff among the good examples, or say anew what is good about it."""
    kept, _ = GoodExample.objects.update_or_create(
        handoff=handoff, defaults={"why": why, "kept_by": by, "kept_at": now}
    )
    return kept


def forget_example(*, handoff: Handoff) -> None:
    """This will take it from the good examples."""
    GoodExample.objects.filter(handoff=handoff).delete()
