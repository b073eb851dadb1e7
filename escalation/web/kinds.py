"""How are kinds of handoffs called on a page?"""

from collections.abc import Iterable

from escalation.metrics.read import Kind
from escalation.models import Template

HEADINGS = {
    "parts": "By completeness",  # first: it shows what a whole handoff is worth
    "category": "By category",
    "template": "By template version",
    "shift": "By shift",
}
_SHIFTS = {"early": "Early, 6 to 14", "late": "Late, 14 to 22", "night": "Night, 22 to 6"}
_NONE = {
    "parts": "Not known",
    "category": "Without a category",
    "template": "No template",
    "shift": "Not known",
}


def names(kinds: Iterable[Kind]) -> dict[Kind, str]:
    """This will return the name of each kind; templates are asked for at once."""
    known = tuple(kinds)
    wanted = [each.value for each in known if each.dimension == "template" and each.value]
    rows = Template.objects.filter(pk__in=wanted).select_related("route") if wanted else ()
    templates = {str(row.pk): str(row) for row in rows}
    return {each: _name(each, templates) for each in known}


def _name(kind: Kind, templates: dict[str, str]) -> str:
    if not kind.value:
        return _NONE[kind.dimension]
    match kind.dimension:
        case "template":
            return templates.get(kind.value, "A template that is gone")
        case "parts":
            return f"{kind.value} of 6 parts"
        case "shift":
            return _SHIFTS.get(kind.value, kind.value)
        case _:
            return kind.value
