"""How does a knowledge state read as a ServiceNow incident?

Total and deterministic to the byte. Every item is placed in a field or named in a loss; a person's
answer beats every link, rule and default, and an empty answer leaves the field empty. Pure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from escalation.knowledge.state import KnowledgeState
from escalation.tools.servicenow import plain_fields
from escalation.tools.servicenow.assessment import work_note
from escalation.tools.servicenow.losses import caller_question, losses
from escalation.tools.servicenow.markup import card
from escalation.tools.servicenow.references import references
from escalation.tools.servicenow.vocabulary import DEFAULT_LIMIT, LABELS, LEVELS, LIMITS, MULTILINE, RECORD
from escalation.translation.draft import Draft, Field, Translation
from escalation.translation.given import Given
from escalation.translation.plain import block, cut, flat
from escalation.translation.sections import Text, title, whole

_KEYS = frozenset({"sys_id", "correlation_id", "correlation_display"})
# Never set by a rule: comments reach the user, the others are ServiceNow's own.
_NO_DEFAULT = _KEYS | {"comments", "priority", "number"}
_LABEL_OF_LEVEL = dict(LEVELS.values())
_CODES = {level.value: code for level, (code, _) in LEVELS.items()}


def translate(state: KnowledgeState, given: Given, /) -> Translation:
    """This will say the state in ServiceNow's working model."""
    description = whole(state, given, limit=LIMITS["description"], title_limit=LIMITS["short_description"])
    found = references(state, given)
    linked = [each.field for each in found if each.field]
    fields = _filled(state, given, linked, description)
    fields = [*_with_answers(fields, given), *plain_fields.keys(given)]
    fields = [*fields, *_defaults(fields, given)]
    fields = _ordered(_with_priority(fields))
    asked = [caller_question(state, given, fields), *(each.question for each in found)]
    return Translation(
        draft=Draft(tool="servicenow", record=RECORD, fields=tuple(fields)),
        losses=losses(state, fields, description),
        questions=tuple(each for each in asked if each is not None),
    )


def _filled(state: KnowledgeState, given: Given, linked: list[Field], description: Text) -> list[Field]:
    """The fields that state, links and rules fill, before any answer."""
    names = tuple(each.shown for each in linked)
    single = [
        plain_fields.caller(state, given),
        plain_fields.category(names, given),
        plain_fields.channel(state),
    ]
    written = {
        "short_description": title(state, limit=LIMITS["short_description"]),
        "description": description,
    }
    return [
        *(each for each in single if each is not None),
        *linked,
        *plain_fields.impact_and_urgency(state, given),
        *(_text(name, text) for name, text in written.items() if text.text),
        *_first_note(state, given),
    ]


def _first_note(state: KnowledgeState, given: Given) -> Iterator[Field]:
    """The assessment as one paragraph, or the whole card where the instance shows HTML in notes."""
    if not given.rules.work_note:
        return
    text, value = card(state, given) if given.rules.rich_note else (work_note(state, given), "")
    if text.text:
        field = _text("work_notes", text)
        yield replace(field, value=value) if value else field


def _text(name: str, text: Text) -> Field:
    return Field(
        name=name,
        label=LABELS[name],
        value=text.text,
        shown=text.text,
        items=text.items,
        cut=text.cut,
        multiline=name in MULTILINE,
    )


def _with_answers(fields: Iterable[Field], given: Given) -> Iterator[Field]:
    """Fields that a person answered hold the answer; what no field of ours answers is added."""
    answers = {
        name: _in_their_words(name, text, given)
        for name, text in given.answers.items()
        if name in LABELS and name not in _KEYS
    }
    known = set()
    for each in fields:
        known.add(each.name)
        if each.name not in answers:
            yield each
        elif flat(answers[each.name]):
            yield _answered(each, answers[each.name])
    for name in sorted(answers.keys() - known):
        if flat(answers[name]):
            yield _answered(Field(name=name, label=LABELS[name], value="", shown=""), answers[name])


def _in_their_words(name: str, answer: str, given: Given) -> str:
    """An answer may be given as people say it: a caller's address, a level's name."""
    if name == "caller_id":
        return given.people.get(answer.strip(), answer)
    if name in {"impact", "urgency"}:
        return _CODES.get(answer.strip().lower(), answer)
    return answer


def _answered(field: Field, answer: str) -> Field:
    text = block(answer).strip() if field.name in MULTILINE else flat(answer)
    if text == field.value or (field.name in MULTILINE and text == field.shown):
        return field
    value = cut(text, LIMITS.get(field.name, DEFAULT_LIMIT))
    return replace(
        field,
        value=value,
        shown=_LABEL_OF_LEVEL.get(value, value) if field.name in {"impact", "urgency"} else value,
        # A text that a person wrote anew holds none of the items that the old one held.
        items=() if field.name in LIMITS else field.items,
        because="chosen by the technician",
        score=None,
        cut=value != text,
        multiline=field.name in MULTILINE,
    )


def _defaults(fields: Iterable[Field], given: Given) -> Iterator[Field]:
    """What the route's rules put into fields that nothing else fills and nobody emptied."""
    taken = {each.name for each in fields} | set(given.answers) | _NO_DEFAULT
    for name, default in sorted(given.rules.defaults.items()):
        whole = flat(default)
        if name in taken or not whole:
            continue
        entry = given.entries.get(whole)
        value = cut(whole, LIMITS[name]) if name in LIMITS else whole
        yield Field(
            name=name,
            label=LABELS.get(name, name),
            value=value,
            shown=flat(entry.name) if entry else value,
            because="the route's default",
            cut=value != whole,
        )


def _with_priority(fields: Iterable[Field]) -> list[Field]:
    """Urgency says which priority ServiceNow will compute: the field itself is read-only and not sent."""
    known = list(fields)
    values = {each.name: str(each.value) for each in known}
    said = plain_fields.priority_said(values.get("impact", ""), values.get("urgency", ""))
    return [
        replace(each, because="; ".join(filter(None, (each.because, said))))
        if each.name == "urgency"
        else each
        for each in known
    ]


def _ordered(fields: Iterable[Field]) -> list[Field]:
    """In the order of the incident's form; fields of the customer come last, by name."""
    order = {name: place for place, name in enumerate(LABELS)}
    return sorted(fields, key=lambda each: (order.get(each.name, len(order)), each.name))
