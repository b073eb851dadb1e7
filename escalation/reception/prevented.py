"""Which question of the form would have made a question back, or a return, needless?

Kept on the timeline's entry, with the words the question had then, so that whoever owns the template sees
what it fails to ask; a question that no form has yet is kept in the receiver's own words.
"""

from dataclasses import dataclass

from escalation.knowledge.words import PART_TITLES, Part
from escalation.models import Handoff, Snapshot
from escalation.translation.asking import template_from

LONGEST_WORDS = 200
FIELD = "field:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Prevented:
    """A question of the template, by part or by extra field, or one that it lacks."""

    asked: str = ""  # a part's value, or "field:" and the field's name; "" for none of them
    question: str = ""  # as the form asked it
    words: str = ""  # the question that the form should have asked

    @property
    def part(self) -> str:
        """The part it belongs to; "" for an extra field or none."""
        return self.asked if self.asked in set(Part) else ""

    def details(self) -> dict[str, str]:
        """This will return what an entry keeps; nothing where nothing was said."""
        said = {
            "prevented_by": self.asked,
            "prevented_question": self.question,
            "prevented_words": " ".join(self.words.split())[:LONGEST_WORDS],
        }
        return {name: value for name, value in said.items() if value}


NOT_SAID = Prevented()


def form_questions(handoff: Handoff) -> tuple[tuple[str, str], ...]:
    """This will return value and words of each question, of the template it was confirmed under."""
    row = Snapshot.objects.select_related("template").filter(handoff=handoff).first()
    body = row.template.body if row and row.template else {}
    asking = template_from(body).in_category(handoff.category)
    parts = [(part.value, f"{PART_TITLES[part]}: {asking.prompt(part)}") for part in Part]
    return (*parts, *((f"{FIELD}{each.name}", each.label) for each in asking.fields))


def prevented(*, handoff: Handoff, asked: str, words: str) -> Prevented:
    """This will return what somebody chose; a question that the form did not ask is left out."""
    questions = dict(form_questions(handoff))
    said = words[:LONGEST_WORDS]
    if asked not in questions:
        return Prevented(words=said)
    return Prevented(asked=asked, question=questions[asked][:LONGEST_WORDS], words=said)
