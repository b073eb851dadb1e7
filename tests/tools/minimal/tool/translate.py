"""How does a knowledge state read as a ticket of Minimal? Total and deterministic to the byte. Pure."""

from collections.abc import Iterator

from escalation.tools.minimal.vocabulary import KEY_PREFIX, LABELS, LIMITS, RECORD

from escalation.knowledge.state import KnowledgeState
from escalation.linking.entries import EntryKind, Link
from escalation.translation.accounting import cut_fields, shortened_items, unplaced
from escalation.translation.draft import Choice, Draft, Field, Loss, Question, Translation
from escalation.translation.given import Given
from escalation.translation.plain import cut, flat
from escalation.translation.sections import Text, title, whole

_MOST_CHOICES = 3


def translate(state: KnowledgeState, given: Given, /) -> Translation:
    """This will say the state as a title and one text; the team is a link, a question or the route's."""
    text = whole(state, given, limit=LIMITS["text"], title_limit=LIMITS["title"])
    fields = (
        _text("title", _chosen(given) or title(state, limit=LIMITS["title"])),
        _text("text", text),
        *_team(given),
        *_reference(given),
    )
    losses = tuple(_losses(state, fields, text))
    return Translation(
        draft=Draft(tool="minimal", record=RECORD, fields=fields),
        losses=(*losses, *unplaced(state, fields, losses, record=RECORD)),
        questions=tuple(_questions(given)),
    )


def _chosen(given: Given) -> Text | None:
    """The title that a person wrote on the review."""
    answer = flat(given.answers.get("title", ""))
    kept = cut(answer, LIMITS["title"])
    return Text(text=kept, cut=kept != answer) if kept else None


def _text(name: str, text: Text) -> Field:
    return Field(
        name=name,
        label=LABELS[name],
        value=text.text,
        shown=text.text,
        items=text.items,
        cut=text.cut,
        multiline=name == "text",
    )


def _losses(state: KnowledgeState, fields: tuple[Field, ...], text: Text) -> Iterator[Loss]:
    yield from cut_fields(fields, limits=LIMITS)
    if text.cut:
        yield from shortened_items(state, text, field=fields[1])


def _links(given: Given) -> tuple[Link, ...]:
    return given.links.get(EntryKind.ASSIGNMENT_GROUP, ())


def _team(given: Given) -> Iterator[Field]:
    sure = next((each for each in _links(given) if each.score >= given.rules.fill_at), None)
    value = flat(given.answers.get("team", sure.entry_id if sure else given.rules.defaults.get("team", "")))
    if value:
        entry = given.entries.get(value)
        because = "the best fit" if sure and sure.entry_id == value else "chosen, or the route's default"
        shown = flat(entry.name) if entry else value
        yield Field(name="team", label=LABELS["team"], value=value, shown=shown, because=because)


def _questions(given: Given) -> Iterator[Question]:
    asked = [each for each in _links(given) if given.rules.ask_at <= each.score]
    if asked and asked[0].score < given.rules.fill_at and "team" not in given.answers:
        choices = tuple(
            Choice(value=each.entry_id, label=flat(each.name), score=each.score)
            for each in asked[:_MOST_CHOICES]
        )
        yield Question(field="team", prompt="Which team should get it?", choices=choices)


def _reference(given: Given) -> Iterator[Field]:
    if given.key:
        value = f"{KEY_PREFIX}{given.key}"
        because = "the ticket can be found again by it"
        yield Field(name="reference", label=LABELS["reference"], value=value, shown=value, because=because)
