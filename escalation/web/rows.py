"""How does one item of a part look as a line of the form, and back?

A draft is saved however little it holds, so nothing here is required. A line carries its whole item
along, signed: what has no field of its own (quotes, resolved times) survives moves, undo and a second
window, and nobody can make up a quote.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.validators import RegexValidator
from django.utils.functional import cached_property

from escalation.drafting.choose import MARK
from escalation.knowledge import codec
from escalation.knowledge.state import (
    HEADLINES,
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    Item,
    KnowledgeState,
    Moment,
    Remediation,
)
from escalation.knowledge.words import Channel, Confidence, Level, Origin, Outcome, Part, Standing
from escalation.web.widgets import Choices, Hidden, Line, Text

SALT = "escalation.web.rows"
ITEM_ID = RegexValidator(r"^[A-Za-z0-9_:.-]{1,64}$")
SHARED = ("id", "origin", "kept", "place")

# A quote that only begins with one of these, and a name, need not be read beside its line.
GREETINGS = frozenset(
    {"hi", "hello", "hey", "dear", "morning", "hallo", "hola", "bonjour", "salut", "thanks"}
)
GREETING = 4  # words at most, the name included

NOT_SAID = ("", "Not said")
STANDINGS = {
    Standing.CONFIRMED: "Confirmed",
    Standing.RULED_OUT: "Ruled out",
    Standing.REPORTED: "Reported",
    Standing.NOT_CHECKED: "Not checked",
}
OUTCOMES = {
    Outcome.NO_CHANGE: "No change",
    Outcome.PARTLY: "Partly",
    Outcome.WORSE: "Worse",
    Outcome.FIXED_FOR_A_WHILE: "For a while",
    Outcome.UNKNOWN: "Not seen yet",
}
LEVELS = {Level.HIGH: "High", Level.MEDIUM: "Medium", Level.LOW: "Low"}
CONFIDENCES = {Confidence.LOW: "Low", Confidence.MEDIUM: "Medium", Confidence.HIGH: "High"}
CHANNELS = {
    Channel.SLACK: "Slack",
    Channel.TEAMS: "Teams",
    Channel.PHONE: "Phone",
    Channel.EMAIL: "E-mail",
    Channel.IN_PERSON: "In person",
    Channel.TICKET: "The ticket",
}


def new_id() -> str:
    """This will make the id of a new line; the browser makes the same kind."""
    return secrets.token_hex(8)


def sealed(part: Part, item: Item) -> str:
    """This will sign an item so that a page may carry it."""
    alone: dict[str, Any] = {part.value: (item,)}
    values = codec.to_json(KnowledgeState(**alone))[part.value][0]
    return signing.dumps([part.value, values], salt=SALT, compress=True)


def unsealed(text: str) -> tuple[Part, Item] | None:
    """This will return the part and item of a sealed text, or None when it is not ours."""
    try:
        part, values = signing.loads(text, salt=SALT)
        state = codec.from_json({"schema": codec.SCHEMA, part: [values]})
    except (signing.BadSignature, codec.Malformed, TypeError, ValueError):
        return None
    return Part(part), state.part(Part(part))[0]


def line(label: str, *, hint: str = "", size: int = 0) -> forms.CharField:
    """This will return a field for free words: a growing text area if it has a hint, else an input."""
    widget: forms.Widget
    if hint:
        widget = Text(attrs={"rows": 1, "class": "line-main", "aria-label": label, "placeholder": hint})
    else:
        attrs = {"class": "line-more", "autocomplete": "off", "placeholder": " "} | (
            {"size": size} if size else {}
        )
        widget = Line(attrs=attrs)
    return forms.CharField(label=label, required=False, widget=widget)


def choice(label: str, words: Mapping[Any, str], *, default: StrEnum | None = None) -> forms.TypedChoiceField:
    """This will return a field for one word of a closed vocabulary."""
    coerce: Callable[[Any], Any] = type(next(iter(words)))
    return forms.TypedChoiceField(
        label=label,
        required=False,
        # What has no default can be taken back: the last choice says nothing, and shows once one is made.
        choices=[*((word.value, title) for word, title in words.items()), *([] if default else [NOT_SAID])],
        coerce=coerce,
        empty_value=default,
        initial=default,
        widget=Choices,
    )


class Row(forms.Form):
    """What the lines of all parts share."""

    part: ClassVar[Part]
    makes: ClassVar[type[Item]]
    prompt: ClassVar[str]

    id = forms.CharField(required=False, widget=Hidden, validators=[ITEM_ID])
    origin = forms.TypedChoiceField(
        required=False,
        widget=Hidden,
        choices=[(each.value, each.value) for each in Origin],
        coerce=Origin,
        empty_value=Origin.TYPED,
    )
    kept = forms.CharField(required=False, widget=Hidden)
    place = forms.IntegerField(required=False, widget=Hidden(attrs={"class": "place"}))

    def has_changed(self) -> bool:
        """A line counts as soon as it holds any words of its own; a preselected choice is not words."""
        words = (name for name, field in self.fields.items() if type(field) is forms.CharField)
        texts = (self.data.get(self.add_prefix(name), "") for name in words if name not in SHARED)
        return any(str(text).strip() for text in texts)

    def clean_kept(self) -> Item | None:
        """The item as it was when the page was made; None for a new line or a forged one."""
        found = unsealed(self.cleaned_data["kept"])
        return found[1] if found and found[0] is self.part else None

    def item(self) -> Item:
        """This will build the item; a field that does not fit keeps its last saved value."""
        kept: Item | None = self.cleaned_data.get("kept")
        values: dict[str, Any] = {
            name: self.cleaned_data[name] for name in self.cleaned_data if name not in {"kept", "place"}
        }
        values["id"] = values.get("id") or (kept.id if kept else new_id())
        values |= {name: _moment(values[name], kept, name) for name in ("when", "deadline") if name in values}
        if kept is None:
            return self.makes(**({HEADLINES[self.part]: ""} | values))
        if values.get("origin") is Origin.FOUND and values.get(HEADLINES[self.part]) != getattr(
            kept, HEADLINES[self.part]
        ):
            # Whoever rewrites a suggestion has taken it over.
            values["origin"] = Origin.CONFIRMED
        return replace(kept, **values)

    @cached_property
    def seen(self) -> Item | None:
        """The item behind the line, for what a template shows beside the fields."""
        found = unsealed(str(self["kept"].value() or ""))
        return found[1] if found else None

    @property
    def found(self) -> bool:
        """Whether the line is a suggestion nobody has confirmed."""
        return str(self["origin"].value() or "") == Origin.FOUND

    @property
    def by_model(self) -> bool:
        """Whether a language model wrote its first version."""
        return str(self["id"].value() or "").startswith(MARK)

    @property
    def is_quote(self) -> bool:
        """Whether the line with its fields says all that its quote says: showing both is reading twice."""
        seen = self.seen
        said = _plain(" ".join(str(each.value() or "") for each in (self.main, *self.more)))
        return seen is not None and any(
            _plain(each.quote) in said
            or _only_greets(_plain(each.quote), _plain(str(self.main.value() or "")))
            for each in seen.evidence[:1]
        )

    @property
    def main(self) -> forms.BoundField:
        """The field that makes the line."""
        return self[HEADLINES[self.part]]

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields answered by one press."""
        return [self[name] for name, field in self.fields.items() if isinstance(field.widget, Choices)]

    @property
    def more(self) -> list[forms.BoundField]:
        """The small fields after the main one."""
        return [
            each for each in self.visible_fields() if each not in self.choices and each.name != self.main.name
        ]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _only_greets(quote: str, line: str) -> bool:
    """Whether the quote says nothing more than the line but a greeting, an address, a name before it."""
    before, found, after = f" {quote} ".partition(f" {line} ")
    left = [*before.split(), *after.split()]
    return bool(found and line and before.split()) and left[0] in GREETINGS and len(left) <= GREETING


def _moment(words: str, kept: Item | None, name: str) -> Moment | None:
    before: Moment | None = getattr(kept, name, None)
    if before is not None and before.words == words:
        return before
    return Moment(words=words) if words else None


class FactRow(Row):
    """A line of the validated facts."""

    part, makes = Part.FACTS, Fact
    prompt = "What did you check or hear, and how far is it established?"
    statement = line("Fact", hint="Next fact")
    standing = choice("Standing", STANDINGS, default=Standing.CONFIRMED)
    how_verified = line("How verified")


class DiagnosticRow(Row):
    """A line of the diagnostic results."""

    part, makes = Part.DIAGNOSTICS, Diagnostic
    prompt = "What did you look at, and what did it show?"
    check = line("Check", hint="Next check")
    observation = line("Showed")
    error_code = line("Error code", size=14)
    when = line("When", size=14)


class RemediationRow(Row):
    """A line of the attempted remediation."""

    part, makes = Part.REMEDIATION, Remediation
    prompt = "What did you try, and what came of it?"
    step = line("Step", hint="Next step")
    outcome = choice("Outcome", OUTCOMES, default=Outcome.UNKNOWN)
    when = line("When", size=14)


class HypothesisRow(Row):
    """A line of the working hypothesis."""

    part, makes = Part.HYPOTHESIS, Hypothesis
    prompt = "What do you believe? It is marked unproven wherever it goes."
    statement = line("Hypothesis", hint="What you suspect")
    confidence = choice("Confidence", CONFIDENCES, default=Confidence.MEDIUM)
    because = line("Because")
    wrong_if = line("Would be wrong if")


class BusinessRow(Row):
    """A line of the business context."""

    part, makes = Part.BUSINESS, Business
    prompt = "Who is hit, how badly, by when does it hurt?"
    affected = line("Affected", hint="Who is affected")
    affected_count = forms.CharField(
        label="How many",
        required=False,
        widget=Line(attrs={"class": "line-more", "size": 4, "inputmode": "numeric", "placeholder": " "}),
    )
    impact = choice("Impact", LEVELS)
    urgency = choice("Urgency", LEVELS)
    deadline = line("Deadline", size=16)
    priority_reason = line("Why now")

    def clean_affected_count(self) -> int | None:
        """A whole number, or nothing."""
        text = self.cleaned_data["affected_count"]
        if not text:
            return None
        if not text.isdecimal() or len(text) > 7:
            raise forms.ValidationError("How many: say a whole number, such as 40.")
        return int(text)


class AvailabilityRow(Row):
    """A line of the user's availability."""

    part, makes = Part.AVAILABILITY, Availability
    prompt = "When and how can the user be reached? As people say it."
    words = line("Reachable", hint="8–5 Eastern, prefers Slack")
    channel = choice("Channel", CHANNELS)
    handle = line("Handle or number", size=16)
    can_test = forms.TypedChoiceField(
        label="Can test a fix",
        required=False,
        choices=[("yes", "Yes"), ("no", "No"), NOT_SAID],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=Choices,
    )


ROWS: dict[Part, type[Row]] = {
    row.part: row
    for row in (FactRow, DiagnosticRow, RemediationRow, HypothesisRow, BusinessRow, AvailabilityRow)
}


def initial_of(part: Part, item: Item) -> dict[str, Any]:
    """This will return a line's first values for an item."""
    own = {
        each.name: getattr(item, each.name) for each in fields_of(item) if each.name in ROWS[part].base_fields
    }
    for name, value in own.items():
        if isinstance(value, Moment):
            own[name] = value.words
        elif isinstance(value, bool):
            own[name] = "yes" if value else "no"
    # Signed when it is drawn: a posted page brings its own, and is read after every pause in typing.
    return own | {"kept": partial(sealed, part, item)}
