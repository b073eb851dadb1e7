"""How does a knowledge state read as a Jira issue?

Total and deterministic to the byte. Every item is placed in a field or named in a loss; a person's
answer beats every link and rule, and an empty answer leaves the field empty. Pure.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Part
from escalation.tools.jira import plain_fields, texts
from escalation.tools.jira.references import references
from escalation.tools.jira.requests import SETTING
from escalation.tools.jira.vocabulary import LABELS, LIMITS, RECORD
from escalation.translation.accounting import cut_fields, shortened_items, unplaced
from escalation.translation.draft import Draft, Field, Loss, Translation
from escalation.translation.given import Given
from escalation.translation.plain import block, cut, flat
from escalation.translation.sections import Text, title

_AS_TEXT: Final = {
    Part.HYPOTHESIS: "An issue has no field for a suspected cause; it is text in a panel, marked unproven.",
    Part.AVAILABILITY: "An issue has no field for the user's availability; it is text in the description.",
}


def translate(state: KnowledgeState, given: Given, /) -> Translation:
    """This will say the state in Jira's working model."""
    description = texts.description(state, given)
    linked, questions = references(state, given)
    found = [
        *plain_fields.project_and_type(given),
        _summary(state, given),
        *linked,
        plain_fields.priority(state, given),
        _environment(state, given),
        _description(description, given),
        plain_fields.reporter(state, given),
        plain_fields.labels(given),
        plain_fields.reference(given),
        plain_fields.web_links(state, given),
    ]
    fields = [each for each in found if each is not None]
    fields = [*fields, *plain_fields.defaults(fields, given)]
    losses = list(_losses(state, fields, description.text))
    return Translation(
        draft=Draft(tool="jira", record=RECORD, fields=tuple(_ordered(fields))),
        losses=(*losses, *unplaced(state, fields, losses, record=RECORD)),
        questions=questions,
    )


def _summary(state: KnowledgeState, given: Given) -> Field:
    text = title(state, limit=LIMITS["summary"])
    answer = flat(given.answers.get("summary", ""))  # Jira takes no issue without one
    value = cut(answer, LIMITS["summary"]) if answer else text.text
    changed = value != text.text
    return Field(
        name="summary",
        label=LABELS["summary"],
        value=value,
        shown=value,
        items=() if changed else text.items,
        because="chosen by the technician" if changed else "",
        cut=value != answer if changed else text.cut,
    )


def _description(written: texts.Written, given: Given) -> Field | None:
    text = written.text
    answered = _answer("description", text.text, given)
    if answered is not None:
        return answered if answered.shown else None
    if not text.text:
        return None
    return Field(
        name="description",
        label=LABELS["description"],
        value=written.value,
        shown=text.text,
        items=text.items,
        cut=text.cut,
        multiline=True,
    )


def _environment(state: KnowledgeState, given: Given) -> Field | None:
    found = texts.environment(state, given)
    answered = _answer("environment", found.text.text if found else "", given)
    if answered is not None:
        return answered if answered.shown else None
    if found is None:
        return None
    return Field(
        name="environment",
        label=LABELS["environment"],
        value=found.value,
        shown=found.text.text,
        items=found.text.items,
        because="what the facts say of browsers, systems and networks",
        cut=found.text.cut,
        multiline=True,
    )


def _answer(name: str, ours: str, given: Given) -> Field | None:
    """The field as a person wrote it anew, with nothing in it when it was emptied; None when untouched."""
    if name not in given.answers:
        return None
    answer = block(given.answers[name]).strip()
    if answer == ours and answer:
        return None
    kept, value = texts.fitted(answer, texts.flavour_of(given), limit=LIMITS[name])
    return Field(
        name=name,
        label=LABELS[name],
        value=value,
        shown=kept,
        because="chosen by the technician",
        cut=kept != answer,
        multiline=True,
    )


def _losses(state: KnowledgeState, fields: Sequence[Field], description: Text) -> Iterator[Loss]:
    yield from cut_fields(fields, limits={"summary": LIMITS["summary"]})
    held = next((each for each in fields if each.name == "description"), None)
    if held is not None and held.cut and held.items:
        yield from shortened_items(state, description, field=held)
    for part, what in _AS_TEXT.items():
        if held is not None and state.part(part):
            yield Loss(what=what, part=part, field="description")
    if any(each.deadline for each in state.business):
        what = "An issue has no field for the business deadline; it is text in the description."
        yield Loss(what=what, part=Part.BUSINESS, field="description")
    if any(each.impact and each.urgency for each in state.business):
        what = "Jira has one priority where there are impact and urgency; both stand in the description."
        yield Loss(what=what, part=Part.BUSINESS, field="priority")
    if any(each.name == SETTING for each in fields) and any(each.name == "reporter" for each in fields):
        what = "The person a request is raised for can read it on the portal, description and all."
        yield Loss(what=what, field="description")
    if state.source is not None and not any(each.name == "reporter" for each in fields):
        what = "The reporter stays Baton itself; the description names the requester."
        yield Loss(what=what, field="reporter")


def _ordered(fields: Sequence[Field]) -> list[Field]:
    """In the order of Jira's create screen; fields of the customer come last, by name."""
    order = {name: place for place, name in enumerate(LABELS)}
    return sorted(fields, key=lambda each: (order.get(each.name, len(order)), each.name))
