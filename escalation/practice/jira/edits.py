"""What does an edit ask for: `fields` and the verbs of `update` (set, add, remove) as plain values."""

from collections.abc import Mapping
from typing import Any, Final

from escalation.practice.jira.fields import Invalid, rich_text
from escalation.practice.store import Document

_LISTS: Final = frozenset({"labels", "components", "versions", "fixVersions"})


def with_updates(issue: Document, body: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values an edit leads to. Raises Invalid for a verb that the field does not know."""
    fields, update = body.get("fields") or {}, body.get("update") or {}
    if not isinstance(fields, dict) or not isinstance(update, dict):
        raise Invalid({}, "fields and update must be objects")
    values = dict(fields)
    for name, verbs in update.items():
        if name == "comment":
            continue
        if name in fields:
            message = "Field '{}' cannot be both in fields and in update."
            raise Invalid({name: message.format(name)})
        values[name] = _updated(name, _as_sent(issue, name), verbs)
    return values


def comments_of(body: Mapping[str, Any], *, as_adf: bool) -> list[Mapping[str, Any]]:
    """Give the comments that an edit or a transition brings along in `update`. Raises Invalid."""
    update = body.get("update") or {}
    given = update.get("comment", []) if isinstance(update, Mapping) else []
    texts: list[Mapping[str, Any]] = []
    for step in given if isinstance(given, list) else [None]:
        added = step.get("add") if isinstance(step, Mapping) else None
        text = rich_text(added.get("body"), as_adf=as_adf) if isinstance(added, Mapping) else None
        if text is None:
            raise Invalid({"comment": "Field with id 'comment' does not support this operation"})
        texts.append(text)
    return texts


def _as_sent(issue: Document, name: str) -> Any:
    if name not in _LISTS:
        return None
    return list(issue[name]) if name == "labels" else [{"id": key} for key in issue[name]]


def _updated(name: str, value: Any, verbs: Any) -> Any:
    if not isinstance(verbs, list):
        raise Invalid({name: "data was not an array"})
    for step in verbs:
        ((verb, given),) = step.items() if isinstance(step, dict) and len(step) == 1 else (("", None),)
        if verb == "set":
            value = given
        elif verb == "add" and name in _LISTS:
            value = [*value, given]
        elif verb == "remove" and name in _LISTS:
            value = [one for one in value if one != given]
        else:
            raise Invalid({name: f"Field with id '{name}' does not support operation '{verb}'"})
    return value
