"""What can an incident not hold, and what is left to ask? Pure."""

from collections.abc import Iterator, Sequence

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Part
from escalation.tools.servicenow.vocabulary import LABELS, LIMITS, RECORD
from escalation.translation.accounting import cut_fields, shortened_items, unplaced
from escalation.translation.draft import Field, Loss, Question
from escalation.translation.given import Given
from escalation.translation.plain import flat
from escalation.translation.sections import Text

_AS_TEXT = {
    Part.HYPOTHESIS: "An incident has no field for a suspected cause; it is text, marked unproven.",
    Part.AVAILABILITY: "An incident has no field for the user's availability; it is text in the description.",
}


def losses(state: KnowledgeState, fields: Sequence[Field], description: Text) -> tuple[Loss, ...]:
    """This will return every loss of these fields against the state."""
    text = next((each for each in fields if each.name == "description"), None)
    named = [
        *cut_fields(fields, limits=LIMITS),
        *(shortened_items(state, description, field=text) if text and text.cut else ()),
        *(_as_text(state) if text else ()),
        *_no_caller(state, fields),
    ]
    return (*named, *unplaced(state, fields, named, record=RECORD))


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


def _as_text(state: KnowledgeState) -> Iterator[Loss]:
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
