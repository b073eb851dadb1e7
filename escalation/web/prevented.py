"""Which questions did the form ask, so that a receiver can say which one failed?"""

from django.http import QueryDict

from escalation.knowledge.words import PART_TITLES, Part
from escalation.models import Handoff, Snapshot
from escalation.reception.prevented import FIELD, LONGEST_WORDS, Prevented
from escalation.translation.asking import template_from
from escalation.web.rows import ROWS


def form_questions(handoff: Handoff) -> tuple[tuple[str, str], ...]:
    """This will return value and words of each question, of the template it was confirmed under."""
    row = Snapshot.objects.select_related("template").filter(handoff=handoff).first()
    body = row.template.body if row and row.template else {}
    asking = template_from(body).in_category(handoff.category)
    parts = [
        (part.value, f"{PART_TITLES[part]}: {asking.prompts.get(part, ROWS[part].prompt)}") for part in Part
    ]
    return (*parts, *((f"{FIELD}{each.name}", each.label) for each in asking.fields))


def prevented_in(posted: QueryDict, handoff: Handoff) -> Prevented:
    """This will read what was chosen; a question that the form did not ask is left out."""
    questions = dict(form_questions(handoff))
    asked = posted.get("prevented_by", "")
    words = posted.get("prevented_words", "")[:LONGEST_WORDS]
    if asked not in questions:
        return Prevented(words=words)
    return Prevented(asked=asked, question=questions[asked][:LONGEST_WORDS], words=words)
