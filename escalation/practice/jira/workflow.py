"""Where may an issue go from its status, and what must be sent along: the same for the API and the page."""

from collections.abc import Mapping
from typing import Any

from escalation.practice.jira import issues, vocabulary
from escalation.practice.jira.fields import Invalid, named
from escalation.practice.jira.shown import Shown
from escalation.practice.jira.site import Site
from escalation.practice.store import Document, Store


def ways_out(store: Store, issue: Document) -> tuple[vocabulary.Transition, ...]:
    """List the transitions open to an issue."""
    project = store.get("project", issue["project"]) or {}
    return vocabulary.transitions_of(str(project["projectTypeKey"]), issue["status"])


def move(site: Site, issue: Document, key: str, *, fields: Mapping[str, Any], by: Document) -> Document:
    """Take an issue through a transition. Raises Invalid where it is not open or lacks a resolution."""
    way = next((one for one in ways_out(site.store, issue) if one.id == key), None)
    if way is None:
        raise Invalid({}, f"Transition id '{key}' is not valid for this issue.")
    unknown = set(fields) - ({"resolution"} if way.has_screen else set())
    if unknown:
        text = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."
        raise Invalid({name: text.format(name) for name in unknown})
    values: dict[str, Any] = {"status": way.to}
    if way.has_screen:
        values = {"resolution": _resolution(fields), **values}
    elif issue["resolution"]:
        values = {"resolution": None, **values}
    return issues.change(site, issue, values, by=by)


def shown(way: vocabulary.Transition, show: Shown, *, with_fields: bool) -> dict[str, Any]:
    """Show a transition, with the fields of its screen where asked (`expand=transitions.fields`)."""
    answer = {
        "id": way.id,
        "name": way.name,
        "to": show.status(way.to),
        "hasScreen": way.has_screen,
        "isGlobal": False,
        "isInitial": False,
        "isAvailable": True,
        "isConditional": False,
    }
    if not with_fields:
        return answer
    resolution = {
        "required": True,
        "schema": {"type": "resolution", "system": "resolution"},
        "name": "Resolution",
        "key": "resolution",
        "hasDefaultValue": False,
        "operations": ["set"],
        "allowedValues": [show.resolution(key) for key in vocabulary.RESOLUTIONS],
    }
    return {**answer, "fields": {"resolution": resolution} if way.has_screen else {}}


def _resolution(fields: Mapping[str, Any]) -> str:
    if not fields.get("resolution"):
        raise Invalid({"resolution": "Resolution is required."})
    try:
        return named(vocabulary.RESOLUTIONS, fields["resolution"], refusal="Resolution is not valid.")
    except ValueError as why:
        raise Invalid({"resolution": str(why)}) from why
