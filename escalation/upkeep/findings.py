"""What of a tool's record no longer fits a route's translation? Pure: descriptions in, findings out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from escalation.models.drift import Drift
from escalation.tools.described import RemoteField, Schema
from escalation.tools.health import Lack
from escalation.translation.asking import Demanded, ExtraField, sent
from escalation.translation.draft import Question
from escalation.translation.rules import Rules

Kind = Drift.Kind
_OFFERS = {True: "no longer offers", False: "does not offer"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that no longer fits, and what to do about it."""

    kind: Drift.Kind
    field: str
    what: str
    fix: str
    value: str = ""
    since: datetime | None = None  # where more is known than when it was found


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What the tool says of its record now, and what it said when somebody last vouched for it."""

    fields: Mapping[str, RemoteField]
    vouched: Mapping[str, Mapping[str, str]]  # field -> value -> label


def findings(
    *, looked: Looked, schema: Schema, rules: Rules, asked: Iterable[ExtraField] = ()
) -> tuple[Finding, ...]:
    """This will name every field and choice that no longer fits, fields first.

    ``asked`` are the fields of the tool that the route's template asks for.
    """
    typed = tuple(asked)
    return (
        *_gone(looked, schema, rules, {each.name for each in typed}),
        *_required(looked, schema, rules),
        *_choices(looked, schema, rules),
        *_offered(looked, typed),
    )


def retired(names: Mapping[str, str], rules: Rules) -> tuple[Finding, ...]:
    """This will name the retired entries (id or name to the entry's name) that the rules still name."""
    return tuple(
        Finding(
            kind=Kind.ENTRY_RETIRED,
            field=field,
            value=value,
            what=f"“{names[value]}”, which the rules name for {field}, is retired in the tool.",
            fix=f"Name another entry for {field} in the route's rules.",
        )
        for field, value in named_values(rules)
        if value in names
    )


def named_values(rules: Rules) -> tuple[tuple[str, str], ...]:
    """This will return every field with a value that the rules name for it, each pair once."""
    named = list(rules.defaults.items())
    named += [(name, value) for name, table in rules.values.items() for value in table.values()]
    return tuple(sorted(set(named)))


def _gone(looked: Looked, schema: Schema, rules: Rules, asked: set[str]) -> Iterator[Finding]:
    ruled = set(rules.defaults) | set(rules.values)
    for name in sorted((set(schema.filled()) | ruled | asked) - set(looked.fields)):
        fix = f"Have the tool's administrators bring {name} back; until then it is sent and not kept."
        if name in ruled:
            fix = f"Take {name} out of the route's rules, or have it brought back."
        elif name in asked:
            fix = f"Take {name} out of the route's template, or have it brought back."
        yield Finding(
            kind=Kind.FIELD_GONE, field=name, what=f"The tool has no field {name} any more.", fix=fix
        )


def _required(looked: Looked, schema: Schema, rules: Rules) -> Iterator[Finding]:
    asked = _asked(looked, schema)
    for name, field in _may_lack(looked, schema):
        if name in rules.defaults:
            continue
        fix = f"Give {name} a default in the route's rules."
        if name in asked:
            fix = f"The form asks for it now; a default for {name} in the route's rules spares the question."
        yield Finding(
            kind=Kind.FIELD_REQUIRED,
            field=name,
            what=f"The tool requires {field.label} ({name}), which a handoff may leave empty.",
            fix=fix,
        )


def demanded(looked: Looked, schema: Schema) -> Demanded:
    """This will say what a form must ask for, because the tool takes no record without it."""
    asked = _asked(looked, schema).values()
    return Demanded(
        fields=tuple(each for each in asked if isinstance(each, ExtraField)),
        questions=tuple(each for each in asked if isinstance(each, Question)),
    )


def rights_missing(lacks: Iterable[Lack]) -> tuple[Finding, ...]:
    """This will name what our user may not do there."""
    return tuple(
        Finding(kind=Kind.RIGHT_MISSING, field="", value=each.what[:255], what=each.what, fix=each.fix)
        for each in lacks
    )


def _may_lack(looked: Looked, schema: Schema) -> Iterator[tuple[str, RemoteField]]:
    filled = schema.filled()
    for name, field in sorted(looked.fields.items()):
        if field.required and not filled.get(name, False):
            yield name, field


def _asked(looked: Looked, schema: Schema) -> dict[str, ExtraField | Question]:
    """What we fill sometimes is asked where it came out empty; what we never fill, always."""
    filled = schema.filled()
    found = ((name, field.ask) for name, field in _may_lack(looked, schema))
    return {name: ask for name, ask in found if ask and isinstance(ask, Question) == (name in filled)}


def _choices(looked: Looked, schema: Schema, rules: Rules) -> Iterator[Finding]:
    for name, values in sorted(_sent(schema, rules).items()):
        field = looked.fields.get(name)
        if field is None or field.choices is None:
            continue
        for value in sorted(values):
            before, now = _called(looked.vouched.get(name, {}), field.choices, value)
            if not now:
                yield _not_offered(field, value, known=bool(before))
            elif before and before != now:
                yield Finding(
                    kind=Kind.CHOICE_RENAMED,
                    field=name,
                    value=value,
                    what=f"{field.label}: “{before}” is now called “{now}”.",
                    fix=_renamed_fix(field, value),
                )


def _called(vouched: Mapping[str, str], offered: Mapping[str, str], value: str) -> tuple[str, str]:
    """What a value was called and is called; one that is sent by its name is followed by its number."""
    before = vouched.get(value, "")
    if value in offered:
        return before, offered[value]
    numbers = (each for each, name in vouched.items() if each != value and name == value)
    return before, next((offered[each] for each in numbers if each in offered), "")


def _not_offered(field: RemoteField, value: str, *, known: bool) -> Finding:
    return Finding(
        kind=Kind.CHOICE_GONE,
        field=field.name,
        value=value,
        what=f"{field.label} {_OFFERS[known]} “{value}”, which the translation sends.",
        fix=f"Name another value for {field.name} in the route's rules.",
    )


def _renamed_fix(field: RemoteField, value: str) -> str:
    if field.choices is not None and value in field.choices:
        return "If it still means the same, say so below; else name another value in the rules."
    return f"It is sent by its name: name the new one for {field.name} in the route's rules."


def _offered(looked: Looked, asked: Iterable[ExtraField]) -> Iterator[Finding]:
    """What the template offers to choose from, and the tool does not know."""
    for each in asked:
        field = looked.fields.get(each.name)
        if field is None or field.choices is None:
            continue
        for value in (sent(each, choice) for choice in each.choices):
            if not isinstance(value, str) or value in field.choices:
                continue
            known = value in looked.vouched.get(each.name, {})
            yield replace(
                _not_offered(field, value, known=known),
                what=f"{field.label} {_OFFERS[known]} “{value}”, which the template lets people choose.",
                fix=f"Offer another value for {each.name} in the route's template.",
            )


def _sent(schema: Schema, rules: Rules) -> dict[str, set[str]]:
    values = {name: set(of_field) for name, of_field in schema.sent().items()}
    for name, table in rules.values.items():
        # A table stands in for our own values; a word it lacks would be sent as ours, which is rare.
        values[name] = set(table.values())
    for name, value in rules.defaults.items():
        values.setdefault(name, set()).add(value)
    return values


def labels_of(fields: Iterable[RemoteField]) -> dict[str, dict[str, str]]:
    """This will keep the choices' labels, so that a later renaming is seen."""
    return {field.name: dict(field.choices) for field in fields if field.choices}
