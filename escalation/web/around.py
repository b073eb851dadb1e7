"""What stands beside a handoff's timeline: what is asked back, what it was, what the user was told?

The box comes with every line of the stream, so that an open page never shows a question as open that has
been answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from escalation.capture.draft import state_of
from escalation.knowledge.state import headline
from escalation.lifecycle.words import Status
from escalation.models import Entry, Handoff, ItemMark, Question, Verdict
from escalation.outbox.custody import custody
from escalation.timeline.read import TimelineLine
from escalation.timeline.solution import solution_of

TELLING = frozenset({Entry.Kind.TOLD, Entry.Kind.REPLIED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One question with the line it is about."""

    question: Question
    about: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One thing the user was told."""

    text: str
    who: str
    at: datetime
    where: str  # the tool it was posted to; "" where somebody copied it


def around(handoff: Handoff, lines: Iterable[TimelineLine], *, sends: bool) -> dict[str, Any]:
    """This will return what the box shows to somebody who is, or is not, of the sending side."""
    verdict, solution = None, None
    if handoff.status == Status.RESOLVED:
        verdict = Verdict.objects.filter(handoff=handoff).select_related("by").first()
        solution = solution_of(handoff.pk, verdict)
    return {
        "asked": _asked(handoff),
        "verdict": verdict,
        "solution": solution,
        "marked": _marked(handoff),
        "told": tuple(_told(line) for line in lines if line.kind in TELLING),
        "custody": custody(handoff),
        "sends": sends,
    }


def _asked(handoff: Handoff) -> tuple[Asked, ...]:
    rows = Question.objects.filter(handoff=handoff).select_related("by", "answered_by").order_by("at")
    names = {item.id: headline(part, item) for part, item in state_of(handoff).items()}
    return tuple(
        Asked(question=each, about=names.get(each.item_id, "") or each.get_part_display()) for each in rows
    )


def _marked(handoff: Handoff) -> tuple[tuple[str, str], ...]:
    """Each marked line with its mark, in the order of the form."""
    kinds: dict[str, list[str]] = {}
    for row in ItemMark.objects.filter(handoff=handoff).order_by("pk"):
        kinds.setdefault(row.item_id, []).append(row.get_kind_display())
    if not kinds:
        return ()
    items = state_of(handoff).items()
    return tuple(
        (headline(part, item), kind.lower()) for part, item in items for kind in kinds.get(item.id, ())
    )


def _told(line: TimelineLine) -> Told:
    return Told(text=line.sayable, who=line.who, at=line.happened_at, where=line.tool_label)
