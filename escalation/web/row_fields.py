"""Which small fields can a line of the form have, and in which words does a person choose?"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from django import forms

from escalation.knowledge.words import Channel, Confidence, Level, Outcome, Standing
from escalation.web.widgets import Choices, Line, Text

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
