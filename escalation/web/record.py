"""How is the record that the receiver will get laid out for a page?

Plain values made from a Translation: the fields in the order of the tool's form, each with the items
it came from, what is lost, what is still asked. The page beside the form, the review and the frozen
record after sending all show this.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from escalation.knowledge.state import KnowledgeState, headline
from escalation.translation.draft import Field, Loss, Question, Translation
from escalation.web.sheet import labels

NARROW_CHARACTERS = 36
# By these Baton finds its record again; no person reads them, so they are folded.
TECHNICAL = frozenset({"sys_id", "correlation_id", "correlation_display"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """One item, as a short label with its line."""

    item_id: str
    label: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldView:
    """One field of the record."""

    name: str
    label: str
    shown: str
    because: str
    score: float | None
    cut: bool
    multiline: bool
    chips: tuple[Chip, ...]
    chosen: bool
    technical: bool

    @property
    def wide(self) -> bool:
        """Whether the value needs the whole width."""
        return self.multiline or len(self.shown) > NARROW_CHARACTERS

    @property
    def item_ids(self) -> str:
        """The ids of its items, for the page's script."""
        return " ".join(chip.item_id for chip in self.chips)


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionView:
    """One open question, with the answer given so far."""

    field: str
    prompt: str
    question: Question
    chips: tuple[Chip, ...]
    answered: bool
    answer: str
    named: str  # what a freely picked answer is called, when it is none of the candidates


@dataclass(frozen=True, kw_only=True, slots=True)
class LossView:
    """One thing the tool cannot hold."""

    what: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordView:
    """The whole record."""

    tool: str
    record: str
    fields: tuple[FieldView, ...]
    losses: tuple[LossView, ...]
    questions: tuple[QuestionView, ...]
    chosen: tuple[tuple[str, str, str], ...]  # field, value, what the page says
    fingerprint: str


def record_view(
    *,
    translation: Translation,
    state: KnowledgeState,
    answers: Mapping[str, str],
    names: Mapping[str, str],
    short: Mapping[str, str] | None = None,
) -> RecordView:
    """This will lay the translation out; ``short`` are the labels that the form gives the lines."""
    chips = _chips(state, labels(state) if short is None else short)
    asked = {question.field for question in translation.questions}
    titles = {field.name: field.label for field in translation.draft.fields}
    return RecordView(
        tool=translation.draft.tool,
        record=translation.draft.record,
        fields=tuple(_field(field, chips, field.name in answers) for field in translation.draft.fields),
        losses=tuple(_loss(loss, chips) for loss in translation.losses),
        questions=tuple(_question(each, chips, answers, names) for each in translation.questions),
        chosen=tuple(
            (
                field,
                value,
                f"{titles.get(field, field)}: {names.get(value, value) if value else 'left empty'}",
            )
            for field, value in answers.items()
            if field not in asked
        ),
        fingerprint=translation.draft.fingerprint(),
    )


def _chips(state: KnowledgeState, short: Mapping[str, str]) -> Mapping[str, Chip]:
    return {
        item.id: Chip(item_id=item.id, label=short[item.id], words=headline(part, item))
        for part, item in state.items()
    }


def _field(field: Field, chips: Mapping[str, Chip], chosen: bool) -> FieldView:  # noqa: FBT001
    return FieldView(
        name=field.name,
        label=field.label,
        shown=field.shown,
        because=field.because,
        score=field.score,
        cut=field.cut,
        multiline=field.multiline,
        chips=tuple(chips[each] for each in field.items if each in chips),
        chosen=chosen,
        technical=field.name in TECHNICAL,
    )


def _loss(loss: Loss, chips: Mapping[str, Chip]) -> LossView:
    return LossView(what=loss.what, chips=(chips[loss.item_id],) if loss.item_id in chips else ())


def _question(
    question: Question, chips: Mapping[str, Chip], answers: Mapping[str, str], names: Mapping[str, str]
) -> QuestionView:
    answer = answers.get(question.field, "")
    offered = {choice.value for choice in question.choices}
    return QuestionView(
        field=question.field,
        prompt=question.prompt,
        question=question,
        chips=tuple(chips[each] for each in question.items if each in chips),
        answered=question.field in answers,
        answer=answer,
        named=names.get(answer, answer) if answer and answer not in offered else "",
    )
