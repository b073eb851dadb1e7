"""What was typed into the fields that only this receiver has, and where does it go?

Into the tool's field of that name, where a default of the rules would go: a field that the six parts fill is
never overwritten. What the tool does not take is a loss like any other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from escalation.capture.asked import asked_for, lacking
from escalation.guard.findings import Finding
from escalation.models import Handoff
from escalation.translation.asking import Asking, ExtraField, misfit, sent
from escalation.translation.draft import Field, Loss, Translation
from escalation.translation.rules import Rules


def typed(handoff: Handoff) -> Mapping[ExtraField, str]:
    """This will return what was typed for each field that is asked for, where it fits."""
    values = {field: handoff.extras.get(field.name, "").strip() for field in asked_for(handoff).fields}
    return {field: value for field, value in values.items() if value and not misfit(field, value)}


def with_extras(rules: Rules, values: Mapping[ExtraField, str]) -> Rules:
    """This will return the rules with what was typed in place of their defaults."""
    if not values:
        return rules
    filled = {field.name: value for field, value in values.items()}
    return rules.model_copy(update={"defaults": {**rules.defaults, **filled}})


def placed(translation: Translation, values: Mapping[ExtraField, str], *, tool: str) -> Translation:
    """This will name the fields as the form does, and each that the tool did not take as a loss."""
    ours = {field.name: (field, value) for field, value in values.items()}
    fields = tuple(
        _as_typed(each, *ours[each.name]) if each.name in ours and str(each.value) else each
        for each in translation.draft.fields
    )
    taken = {each.name for each in fields}
    losses = tuple(
        Loss(what=f"{field.label}: {value}. {tool} has no free field “{field.name}”.", field=field.name)
        for field, value in values.items()
        if field.name not in taken
    )
    draft = replace(translation.draft, fields=fields)
    return replace(translation, draft=draft, losses=(*translation.losses, *losses))


def _as_typed(placed: Field, field: ExtraField, value: str) -> Field:
    # What the six parts filled is theirs; the value is sent as the tool wants it only where it is ours.
    ours = {"value": sent(field, value), "shown": value} if placed.value == value else {}
    return replace(placed, label=field.label, because="typed for this receiver", **ours)


def unfilled(handoff: Handoff, asked: Asking) -> Iterator[Finding]:
    """This will say which of them are missing or do not fit."""
    for field in asked.fields:
        value = handoff.extras.get(field.name, "")
        message = misfit(field, value)
        if field.needed and not value.strip():
            message = lacking(handoff, field)
        if message:
            yield Finding(code="extra_field", message=message)
