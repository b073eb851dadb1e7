"""How does an owner write a template's own fields and categories as lines of text? Pure.

``u_site = Site, choice: Berlin | Zaragoza, needed`` for a field of the receiver's tool; in a category the
same behind its name, ``vpn: field u_site = …``, and ``vpn: needs = diagnostics``, ``vpn: folded = …``,
``vpn: ask facts = Which client version?``. What cannot be read is named by its number.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from escalation.translation.asking import Asking, ExtraField, Kind
from escalation.upkeep.written import NotReadable, halves, numbered_lines

FIELD = "u_site = Site, choice: Berlin | Zaragoza, needed"
CATEGORY = "vpn: needs = diagnostics, availability"


def fields_of(text: str) -> list[dict[str, Any]]:
    """This will read the fields; raises ``NotReadable``."""
    return [_field(number, *halves(number, line, example=FIELD)) for number, line in numbered_lines(text)]


def categories_of(text: str) -> dict[str, dict[str, Any]]:
    """This will read what each category adds; raises ``NotReadable``."""
    found: dict[str, dict[str, Any]] = {}
    for number, line in numbered_lines(text):
        left, value = halves(number, line, example=CATEGORY)
        name, _, what = (each.strip() for each in left.partition(":"))
        if not name or not what:
            raise NotReadable(f"Line {number}: write it like “{CATEGORY}”.")
        _add(found.setdefault(name, {}), number, what, value)
    return found


def written_fields(fields: tuple[ExtraField, ...]) -> str:
    """This will write what ``fields_of`` reads."""
    return "\n".join(_written_field(each) for each in fields)


def written_categories(categories: Mapping[str, Asking]) -> str:
    """This will write what ``categories_of`` reads."""
    return "\n".join(line for name, asking in categories.items() for line in _written(name, asking))


def _add(category: dict[str, Any], number: int, what: str, value: str) -> None:
    verb, _, rest = what.partition(" ")
    if verb in {"needs", "folded"} and not rest:
        category[verb] = [each.strip() for each in value.split(",") if each.strip()]
    elif verb == "ask" and rest:
        category.setdefault("prompts", {})[rest.strip()] = value
    elif verb == "field" and rest:
        category.setdefault("fields", []).append(_field(number, rest.strip(), value))
    else:
        raise NotReadable(f"Line {number}: a category has needs, folded, “ask PART” and “field NAME”.")


def _field(number: int, name: str, value: str) -> dict[str, Any]:
    label, *rest = (each.strip() for each in value.split(","))
    field: dict[str, Any] = {"name": name, "label": label}
    for word in rest:
        kind, _, choices = (each.strip() for each in word.partition(":"))
        if word == "needed":
            field["needed"] = True
        elif kind in set(Kind):
            field["kind"] = kind
            if choices:
                field["choices"] = [each.strip() for each in choices.split("|") if each.strip()]
        else:
            raise NotReadable(f"Line {number}: “{word}” is no kind of field; there are {', '.join(Kind)}.")
    return field


def _written_field(field: ExtraField) -> str:
    kind = f"{field.kind}: {' | '.join(field.choices)}" if field.choices else str(field.kind)
    return f"{field.name} = {field.label}, {kind}" + (", needed" if field.needed else "")


def _written(name: str, asking: Asking) -> Iterator[str]:
    for verb, parts in (("needs", asking.needs), ("folded", asking.folded)):
        if parts:
            yield f"{name}: {verb} = {', '.join(parts)}"
    for part, prompt in asking.prompts.items():
        yield f"{name}: ask {part} = {prompt}"
    for field in asking.fields:
        yield f"{name}: field {_written_field(field)}"
