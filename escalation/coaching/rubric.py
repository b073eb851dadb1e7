"""What is asked of a handoff that is read again? Three questions, two minutes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

MEANT_S: Final = 120  # a review is meant to take no longer


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question of the rubric; ``key`` is the field of ``Review`` that holds the answer."""

    key: str
    words: str
    yes: str  # what a clear yes looks like, so that two readers mean the same


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        each.key: each
        for each in (
            Question(
                key="ask_clear",
                words="Is the ask clear?",
                yes="One wish, and you would know when it is fulfilled.",
            ),
            Question(
                key="traceable",
                words="Is each fact traceable?",
                yes="Each says how it is known: a quote, a log line, a check with its result.",
            ),
            Question(
                key="start_here",
                words="Would you start from here?",
                yes="You would do nothing again before your own first step.",
            ),
        )
    }
)
