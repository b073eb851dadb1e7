"""What may a route's template ask of a sender, and in which words?

Data an owner edits without code: which parts the receiver truly needs, which stay folded, the question
over each part, and typed fields that only this receiver's tool has. A category adds to its route.
"""

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from escalation.knowledge.words import Part
from escalation.translation.draft import Question

LONGEST_PROMPT = 200
MOST_FIELDS = 12
# The question over a part where neither route nor category says another.
PROMPTS: Mapping[Part, str] = {
    Part.FACTS: "What did you check or hear, and how far is it established?",
    Part.DIAGNOSTICS: "What did you look at, and what did it show?",
    Part.REMEDIATION: "What did you try, and what came of it?",
    Part.HYPOTHESIS: "What do you believe? It is marked unproven wherever it goes.",
    Part.BUSINESS: "Who is hit, how badly, by when does it hurt?",
    Part.AVAILABILITY: "When and how can the user be reached? As people say it.",
}
MOST_CHOICES = 50
TYPED = "…"  # in ``ExtraField.sent_as`` it stands for what was typed


class Kind(StrEnum):
    """How the answer to an extra field is typed."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


class ExtraField(BaseModel):
    """One field of the receiver's tool that the six parts do not hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][A-Za-z0-9_]{0,39}$", description="The tool's name, as “u_site”.")
    label: str = Field(min_length=1, max_length=60)
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = Field(default=(), max_length=MOST_CHOICES)
    needed: bool = Field(default=False, description="The receiver cannot start without it.")
    sends: tuple[tuple[str, str], ...] = Field(
        default=(), description="A choice, and the JSON that the tool gets for it; else the choice itself."
    )
    sent_as: str = Field(
        default="", description=f"JSON in which “{TYPED}” stands for what was typed; else the text itself."
    )

    @model_validator(mode="after")
    def _choices_where_one_chooses(self) -> "ExtraField":
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.name}: a field of kind choice, and only that, has choices")
        return self


class Asking(BaseModel):
    """What is asked, on a route or in one category of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    needs: tuple[Part, ...] = ()
    prompts: dict[Part, str] = Field(default_factory=dict)
    folded: tuple[Part, ...] = ()
    fields: tuple[ExtraField, ...] = Field(default=(), max_length=MOST_FIELDS)

    def prompt(self, part: Part) -> str:
        """This will return the question over that part."""
        return self.prompts.get(part, PROMPTS[part])

    def with_(self, more: "Asking") -> "Asking":
        """This will return both together; where they differ ``more`` wins."""
        names = {each.name for each in more.fields}
        return Asking(
            needs=tuple(dict.fromkeys((*self.needs, *more.needs))),
            prompts={**self.prompts, **more.prompts},
            folded=tuple(
                each for each in dict.fromkeys((*self.folded, *more.folded)) if each not in more.needs
            ),
            fields=(*(each for each in self.fields if each.name not in names), *more.fields),
        )


class TemplateBody(Asking):
    """A whole template: what the route asks always, and what a category adds."""

    categories: dict[str, Asking] = Field(default_factory=dict)

    def in_category(self, name: str) -> Asking:
        """This will return what is asked there; of a category it does not know, what the route asks."""
        always = Asking(needs=self.needs, prompts=self.prompts, folded=self.folded, fields=self.fields)
        return always.with_(self.categories[name]) if name in self.categories else always


class Demanded(BaseModel):
    """Without what does the receiver's tool refuse a record, although no state of ours fills it?"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: tuple[ExtraField, ...] = ()  # asked on the form, like the template's own
    questions: tuple[Question, ...] = ()  # asked where a translation leaves the field empty

    def in_template(self, body: TemplateBody, *, filled: Mapping[str, str]) -> TemplateBody:
        """This will return the template with these fields besides; ``filled`` are the rules' defaults.

        A field that the template asks for itself is worded as there and sent as the tool wants it.
        """
        wanted = {each.name: each for each in self.fields}
        words = {name: _sent_right(more, wanted) for name, more in body.categories.items()}
        fields = _sent_right(body, wanted).fields
        known = {each.name for each in fields} | {name for name, value in filled.items() if value.strip()}
        more = tuple(each for each in self.fields if each.name not in known)
        return body.model_copy(update={"fields": (*fields, *more), "categories": words})


def _sent_right(asking: Asking, wanted: Mapping[str, ExtraField]) -> Asking:
    fields = tuple(
        each.model_copy(update={"sends": its.sends, "sent_as": its.sent_as})
        if (its := wanted.get(each.name))
        else each
        for each in asking.fields
    )
    return asking.model_copy(update={"fields": fields})


def sent(field: ExtraField, said: str) -> Any:
    """This will return what the tool gets for what was typed into the field, a JSON value."""
    if (chosen := dict(field.sends).get(said)) is not None:
        return json.loads(chosen)
    if not field.sent_as:
        return said
    return _put_in(json.loads(field.sent_as), int(said) if field.kind is Kind.NUMBER else said)


def _put_in(value: Any, typed: str | int) -> Any:
    if isinstance(value, dict):
        return {name: _put_in(each, typed) for name, each in value.items()}
    if isinstance(value, list):
        return [_put_in(each, typed) for each in value]
    return typed if value == TYPED else value


def template_from(body: Mapping[str, Any]) -> TemplateBody:
    """This will read a stored template; raises pydantic's ``ValidationError``, which names the place."""
    return TemplateBody.model_validate(dict(body))


def misfit(field: ExtraField, value: str) -> str:
    """This will say in a sentence why the value is none of the field's; "" when it fits or is empty."""
    said = value.strip()
    if not said:
        return ""
    if field.kind is Kind.NUMBER and not said.lstrip("-").isdecimal():
        return f"{field.label}: say a whole number."
    if field.kind is Kind.CHOICE and said not in field.choices:
        return f"{field.label}: choose one of {', '.join(field.choices)}."
    if field.kind is Kind.YES_NO and said not in {"yes", "no"}:
        return f"{field.label}: say yes or no."
    if field.kind is Kind.DATE and not _is_date(said):
        return f"{field.label}: say a day, as 2026-11-24."
    return ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
