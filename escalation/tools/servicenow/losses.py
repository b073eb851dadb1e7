"""What can an incident not hold, and what is left to ask?

Called with the finished fields: whatever item is then neither in a field nor named gets its loss here,
so that nothing vanishes whichever way it got lost. Pure.
"""

from collections.abc import Iterator, Sequence

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import PART_TITLES, Part
from escalation.tools.servicenow.texts import Text
from escalation.tools.servicenow.vocabulary import LABELS, LIMITS
from escalation.translation.draft import Field, Loss, Question
from escalation.translation.given import Given
from escalation.translation.plain import flat

_AS_TEXT = {
    Part.HYPOTHESIS: "An incident has no field for a suspected cause; it is text, marked unproven.",
    Part.AVAILABILITY: "An incident has no field for the user's availability; it is text in the description.",
}


def losses(state: KnowledgeState, fields: Sequence[Field], description: Text) -> tuple[Loss, ...]:
    """This will return every loss of these fields against the state."""
    placed = {item for each in fields for item in each.items}
    named = [
        *_cut(fields),
        *_shortened(state, fields, description),
        *_as_text(state, fields),
        *_no_caller(state, fields),
    ]
    known = placed | {each.item_id for each in named}
    return (*named, *_vanished(state, known))


def caller_question(state: KnowledgeState, given: Given, fields: Sequence[Field]) -> Question | None:
    """This will ask for the caller where the requester is not known there and nobody has answered."""
    if "caller_id" in given.answers or any(each.name == "caller_id" for each in fields):
        return None
    return Question(
        field="caller_id", prompt=f"Who is the caller? ServiceNow knows no user for {_requester(state)}."
    )


def _requester(state: KnowledgeState) -> str:
    source = state.source
    if source is None:
        return "this case"
    return flat(source.requester_email) or flat(source.requester) or "this case"


def _cut(fields: Sequence[Field]) -> Iterator[Loss]:
    for each in fields:
        if each.cut:
            limit = f" at {LIMITS[each.name]} characters" if each.name in LIMITS else ""
            yield Loss(what=f"{each.label} is cut{limit}.", field=each.name)


def _shortened(state: KnowledgeState, fields: Sequence[Field], description: Text) -> Iterator[Loss]:
    if not any(each.name == "description" and each.cut for each in fields):
        return
    for part, item in state.items():
        if item.id in description.dropped:
            what = f"{PART_TITLES[part]}: a line or its evidence is left out; the description is full."
        elif item.id in description.shortened:
            what = f"{PART_TITLES[part]}: a line is shortened; the description is full."
        else:
            continue
        yield Loss(what=what, part=part, item_id=item.id, field="description")


def _as_text(state: KnowledgeState, fields: Sequence[Field]) -> Iterator[Loss]:
    if any(each.name == "description" for each in fields):
        for part, what in _AS_TEXT.items():
            if state.part(part):
                yield Loss(what=what, part=part, field="description")
    if any(each.deadline for each in state.business):
        what = "An incident has no field for the business deadline; it is text in the description."
        yield Loss(what=what, part=Part.BUSINESS, field="description")


def _no_caller(state: KnowledgeState, fields: Sequence[Field]) -> Iterator[Loss]:
    if state.source is not None and not any(each.name == "caller_id" for each in fields):
        what = (
            f"{LABELS['caller_id']} stays empty; the description names the requester ({_requester(state)})."
        )
        yield Loss(what=what, field="caller_id")


def _vanished(state: KnowledgeState, known: set[str]) -> Iterator[Loss]:
    for part, item in state.items():
        if item.id not in known:
            what = f"{PART_TITLES[part]}: an item is in no field of the incident."
            yield Loss(what=what, part=part, item_id=item.id)
