"""How does a knowledge state read as a Zendesk ticket?

One internal note holds the state; nothing is said to the user. Total and deterministic to the byte; every
item is placed in a field or named in a loss. Pure.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Level, Part
from escalation.linking.entries import EntryKind
from escalation.tools.zendesk.reading import unresolved
from escalation.tools.zendesk.vocabulary import KEY_PREFIX, LABELS, LIMITS, PRIORITIES, RECORD, TAG
from escalation.translation.accounting import cut_fields, shortened_items, unplaced
from escalation.translation.chosen import chosen
from escalation.translation.draft import Choice, Draft, Field, Loss, Question, Translation
from escalation.translation.given import Given
from escalation.translation.lines import line
from escalation.translation.plain import block, cut, flat
from escalation.translation.sections import Text, title, whole

_TEXTS: Final = frozenset({"subject", "comment"})
_KEYS: Final = frozenset({"external_id", "tags"})
# An emptied one cannot be sent: Zendesk opens no ticket without a first comment.
_NEEDED: Final = frozenset({"comment"})
_MOST_CHOICES: Final = 3


def translate(state: KnowledgeState, given: Given, /) -> Translation:
    """This will say the state in Zendesk's working model."""
    text = whole(state, given, limit=LIMITS["comment"], title_limit=LIMITS["subject"])
    group, question = _group(state, given)
    filled = [
        _subject(title(state, limit=LIMITS["subject"])),
        _requester(state),
        Field(name="type", label=LABELS["type"], value="incident", shown="Incident"),
        _priority(state, given),
        group,
        _comment(text),
    ]
    fields = [*_with_answers([each for each in filled if each is not None], given), *_keys(given)]
    losses = list(_losses(state, fields, text))
    return Translation(
        draft=Draft(tool="zendesk", record=RECORD, fields=tuple(fields)),
        losses=(*losses, *unplaced(state, fields, losses, record=RECORD)),
        questions=(question,) if question else (),
    )


def _subject(text: Text) -> Field:
    value = unresolved(text.text)
    return Field(
        name="subject", label=LABELS["subject"], value=value, shown=value, items=text.items, cut=text.cut
    )


def _comment(text: Text) -> Field:
    # A text that says nothing is refused as the first comment.
    body = unresolved(text.text) or "Nothing is known yet."
    return Field(
        name="comment",
        label=LABELS["comment"],
        value={"body": body, "public": False},
        shown=body,
        items=text.items,
        cut=text.cut,
        multiline=True,
    )


def _requester(state: KnowledgeState) -> Field | None:
    source = state.source
    email = flat(source.requester_email) if source else ""
    if source is None or "@" not in email:
        return None
    name = flat(source.requester) or email
    return Field(
        name="requester",
        label=LABELS["requester"],
        value={"email": email, "name": name},
        shown=f"{name} <{email}>",
        because="the requester of the source ticket",
    )


def _priority(state: KnowledgeState, given: Given) -> Field:
    def highest(name: str, default: Level) -> Level:
        said = [getattr(each, name) for each in state.business]
        return next((level for level in Level if level in said), default)

    impact = highest("impact", given.rules.default_impact)
    urgency = highest("urgency", given.rules.default_urgency)
    value = PRIORITIES[impact, urgency]
    return Field(
        name="priority",
        label=LABELS["priority"],
        value=given.rules.values.get("priority", {}).get(value, value),
        shown=value.capitalize(),
        items=tuple(each.id for each in state.business if each.impact or each.urgency),
        because=f"impact {impact.value} and urgency {urgency.value}",
    )


def _group(state: KnowledgeState, given: Given) -> tuple[Field | None, Question | None]:
    links = given.links.get(EntryKind.ASSIGNMENT_GROUP, ())
    if "group_id" in given.answers:
        value = flat(given.answers["group_id"])
        return (_group_field(value, given, because="chosen by the technician") if value else None), None
    word, value = chosen(given.rules, "group_id", said=_said(state, given))
    if value:
        return _group_field(value, given, because=f"the route's rule for “{word}”"), None
    best = links[0] if links else None
    if best is not None and best.score >= given.rules.fill_at:
        because = "; ".join(filter(None, map(flat, best.because)))
        return _group_field(best.entry_id, given, because=because, score=best.score), None
    default = flat(given.rules.defaults.get("group_id", ""))
    choices = tuple(
        Choice(value=each.entry_id, label=flat(each.name), score=each.score, because=flat(each.surest))
        for each in links[:_MOST_CHOICES]
        if each.score >= given.rules.ask_at
    )
    question = Question(field="group_id", prompt="Which group should get it?", choices=choices)
    field = _group_field(default, given, because="the route's default") if default else None
    return field, question if choices else None


def _said(state: KnowledgeState, given: Given) -> str:
    today = given.now.date()
    return "\n".join((state.summary, state.ask, *(line(item, today=today) for _, item in state.items())))


def _group_field(value: str, given: Given, *, because: str, score: float | None = None) -> Field:
    entry = given.entries.get(value)
    number: Any = int(value) if value.isascii() and value.isdigit() else value
    shown = flat(entry.name) if entry else value
    return Field(
        name="group_id", label=LABELS["group_id"], value=number, shown=shown, because=because, score=score
    )


def _with_answers(fields: list[Field], given: Given) -> Iterator[Field]:
    for each in fields:
        answer = given.answers.get(each.name)
        if answer is None or each.name in {"group_id", "requester", *_KEYS}:
            yield each
        elif flat(answer) or each.name in _NEEDED:
            yield _answered(each, answer)


def _answered(field: Field, answer: str) -> Field:
    multiline = field.name == "comment"
    text = unresolved(block(answer).strip() if multiline else flat(answer)) or field.shown
    if text == field.shown:
        return field
    kept = cut(text, LIMITS.get(field.name, 255))
    return replace(
        field,
        value={"body": kept, "public": False} if multiline else kept,
        shown=kept,
        items=() if field.name in _TEXTS else field.items,
        because="chosen by the technician",
        cut=kept != text,
    )


def _keys(given: Given) -> tuple[Field, ...]:
    if not given.key:
        return ()
    key = f"{KEY_PREFIX}{given.key}"
    return (
        Field(
            name="tags",
            label=LABELS["tags"],
            value=[TAG],
            shown=TAG,
            because="marks tickets that Baton watches",
        ),
        Field(
            name="external_id",
            label=LABELS["external_id"],
            value=key,
            shown=key,
            because="the ticket can be found again by it",
        ),
    )


def _losses(state: KnowledgeState, fields: list[Field], text: Text) -> Iterator[Loss]:
    yield from cut_fields(fields, limits={"subject": LIMITS["subject"]})
    note = next((each for each in fields if each.name == "comment"), None)
    if note is not None and note.cut:
        yield from shortened_items(state, text, field=note)
    for part, what in (
        (Part.HYPOTHESIS, "A ticket has no field for a suspected cause; it is text, marked unproven."),
        (Part.AVAILABILITY, "A ticket has no field for the user's availability; it is text in the note."),
    ):
        if state.part(part):
            yield Loss(what=what, part=part, field="comment")
    if not any(each.name == "requester" for each in fields):
        yield Loss(what="The requester stays Baton itself: no e-mail address is known.", field="requester")
