"""What has the receiver said about each item of a handoff: which marks, which questions?"""

from dataclasses import dataclass

from escalation.knowledge.words import PART_TITLES
from escalation.models import Handoff, ItemMark, Question, Verdict
from escalation.timeline.solution import Solution, solutions
from escalation.web.card import Card, Whole


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkView:
    """One mark that an item has or could have."""

    kind: str
    title: str
    on: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemView:
    """One item with what was said about it."""

    whole: Whole
    marks: tuple[MarkView, ...]
    questions: tuple[Question, ...]

    @property
    def marked(self) -> tuple[str, ...]:
        """The titles of the marks it has."""
        return tuple(each.title for each in self.marks if each.on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """All items by part, what was asked of no single item, and the verdict."""

    parts: tuple[tuple[str, tuple[ItemView, ...]], ...]
    questions: tuple[Question, ...]
    verdict: Verdict | None
    solution: Solution  # what stands in the fields for cause and fix; a later hop may have said it
    about: str  # the item that the form to ask starts with
    part_titles: tuple[tuple[str, str], ...]

    @property
    def open_questions(self) -> int:
        """How many questions wait for an answer."""
        asked = [
            *self.questions,
            *(each for _, items in self.parts for item in items for each in item.questions),
        ]
        return sum(each.answered_at is None for each in asked)


def said_on(handoff: Handoff, card: Card, *, about: str = "") -> Said:
    """This will gather marks, questions, verdict and solution."""
    questions = tuple(
        Question.objects.filter(handoff=handoff).select_related("by", "answered_by").order_by("at")
    )
    marks = frozenset(ItemMark.objects.filter(handoff=handoff).values_list("item_id", "kind"))
    views = tuple(
        (title, tuple(_view(whole, marks, questions) for whole in items)) for title, items in card.parts
    )
    known = {view.whole.id for _, items in views for view in items}
    return Said(
        parts=views,
        questions=tuple(each for each in questions if each.item_id not in known),
        verdict=Verdict.objects.filter(handoff=handoff).select_related("by").first(),
        solution=solutions([handoff.pk]).get(handoff.pk, Solution()),
        about=about if about in known else "",
        part_titles=tuple((part.value, title) for part, title in PART_TITLES.items()),
    )


def _view(whole: Whole, marks: frozenset[tuple[str, str]], questions: tuple[Question, ...]) -> ItemView:
    return ItemView(
        whole=whole,
        marks=tuple(
            MarkView(kind=kind.value, title=str(kind.label), on=(whole.id, kind.value) in marks)
            for kind in ItemMark.Kind
        ),
        questions=tuple(each for each in questions if each.item_id == whole.id),
    )
