"""How does one item of a part look as a line of the form, and back?

A draft is saved however little it holds, so nothing here is required.
"""

from dataclasses import fields as fields_of
from functools import partial
from typing import Any

from django import forms

from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    Item,
    Moment,
    Remediation,
)
from escalation.knowledge.words import Confidence, Outcome, Part, Standing
from escalation.web.row import Row, sealed
from escalation.web.row_fields import (
    CHANNELS,
    CONFIDENCES,
    LEVELS,
    NOT_SAID,
    OUTCOMES,
    STANDINGS,
    choice,
    line,
)
from escalation.web.widgets import Choices, Line


class FactRow(Row):
    """A line of the validated facts."""

    part, makes = Part.FACTS, Fact
    statement = line("Fact", hint="Next fact")
    standing = choice("Standing", STANDINGS, default=Standing.CONFIRMED)
    how_verified = line("How verified")


class DiagnosticRow(Row):
    """A line of the diagnostic results."""

    part, makes = Part.DIAGNOSTICS, Diagnostic
    check = line("Check", hint="Next check")
    observation = line("Showed")
    error_code = line("Error code", size=14)
    when = line("When", size=14)


class RemediationRow(Row):
    """A line of the attempted remediation."""

    part, makes = Part.REMEDIATION, Remediation
    step = line("Step", hint="Next step")
    outcome = choice("Outcome", OUTCOMES, default=Outcome.UNKNOWN)
    when = line("When", size=14)


class HypothesisRow(Row):
    """A line of the working hypothesis."""

    part, makes = Part.HYPOTHESIS, Hypothesis
    statement = line("Hypothesis", hint="What you suspect")
    confidence = choice("Confidence", CONFIDENCES, default=Confidence.MEDIUM)
    because = line("Because")
    wrong_if = line("Would be wrong if")


class BusinessRow(Row):
    """A line of the business context."""

    part, makes = Part.BUSINESS, Business
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


class Shared(dict[str, forms.Field]):
    """The fields of every line of a part.

    Django copies all of them for each line, which was a quarter of a save; no line changes its own.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        """A dict of the same fields."""
        return dict(self)


for each in ROWS.values():
    each.base_fields = Shared(each.base_fields)


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
