"""Which values does an issue take: every field as sent, read into what is stored, or the vendor's refusal.

Refusals are collected, so that a caller sees all of them at once, by field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from escalation.practice.jira import adf, vocabulary
from escalation.practice.jira.site import rich, user_with
from escalation.practice.store import Document, Store

_MOST_SUMMARY: Final = 255
_NOT_ON_SCREEN: Final = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."
_NOT_ADF: Final = (
    "Operation value must be an Atlassian Document (see the Atlassian Document Format documentation)"
)


class Invalid(Exception):
    """Values that Jira answers with 400: `errors` by field, `messages` for the whole."""

    def __init__(self, errors: Mapping[str, str], *messages: str) -> None:
        super().__init__(", ".join((*errors.values(), *messages)))
        self.errors = dict(errors)
        self.messages = messages


class _Wrong(ValueError):
    """One value of one field."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """Where values are read for: the project, the type of issue, and the dialect of the sender."""

    store: Store
    project: Document
    issue_type: str
    adf: bool
    cloud: bool

    @property
    def screen(self) -> tuple[str, ...]:
        """Give the fields that may be set."""
        return vocabulary.screen_of(self.project["projectTypeKey"], self.issue_type)

    @property
    def required(self) -> frozenset[str]:
        """Give the fields that must be set."""
        return vocabulary.required(self.project["projectTypeKey"], self.issue_type)


def read(form: Form, values: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """Read sent values; `whole` for a new issue, where what is required must be there. Raises Invalid."""
    errors: dict[str, str] = {}
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if name in {"project", "issuetype"} and whole:
            continue
        if name not in form.screen or name == "project":
            errors[name] = _NOT_ON_SCREEN.format(name)
            continue
        try:
            kept[name] = _READERS[name](form, value)
        except _Wrong as why:
            errors[name] = str(why)
    missing = form.required - {"project", "issuetype"} if whole else form.required & set(kept)
    for name in missing - set(errors):
        if kept.get(name) in (None, ""):
            errors[name] = _needed(name)
    if errors:
        raise Invalid(errors)
    return kept


def rich_text(value: Any, *, as_adf: bool) -> dict[str, Any] | None:
    """Read a text: a document from v3, wiki markup from v2. Raises adf.NotADocument or Invalid."""
    if value is None:
        return None
    if as_adf:
        try:
            adf.check(value)
        except adf.BrokenDocument as why:
            raise Invalid({}, str(why)) from why
    elif not isinstance(value, str):
        raise adf.NotADocument
    elif len(value) > adf.MOST_CHARACTERS:
        raise Invalid({}, "The entered text is too long. It exceeds the allowed limit of 32,767 characters.")
    return rich(value)


def _needed(name: str) -> str:
    if name == "summary":
        return "You must specify a summary of the issue."
    return f"{vocabulary.FIELDS[name].name} is required."


def _summary(_form: Form, value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong("Operation value must be a string")
    if "\n" in value or "\r" in value:
        raise _Wrong("The summary is invalid because it contains newline characters.")
    if len(value) > _MOST_SUMMARY:
        raise _Wrong(f"Summary can't exceed {_MOST_SUMMARY} characters.")
    return value.strip()


def _rich(form: Form, value: Any) -> dict[str, Any] | None:
    try:
        return rich_text(value, as_adf=form.adf)
    except adf.NotADocument as why:
        raise _Wrong(_NOT_ADF if form.adf else "Operation value must be a string") from why


def _labels(_form: Form, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Wrong("data was not an array")
    for one in value:
        if any(letter.isspace() for letter in one):
            raise _Wrong(f"The label '{one}' contains spaces which is invalid.")
        if len(one) > _MOST_SUMMARY:
            raise _Wrong(f"The label '{one[:20]}…' exceeds {_MOST_SUMMARY} characters.")
    return sorted(set(value))


def _several(kind: str, word: str) -> Callable[[Form, Any], list[str]]:
    def reading(form: Form, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise _Wrong("data was not an array")
        known = [one for one in form.store.all(kind) if one["project"] == form.project["key"]]
        return list(dict.fromkeys(_one_of(known, word, one) for one in value))

    return reading


def _one_of(known: list[Document], word: str, value: Any) -> str:
    if not isinstance(value, Mapping) or not ({"id", "name"} & set(value)):
        raise _Wrong("expected an object with an id or a name")
    part = "id" if "id" in value else "name"
    found = next((one for one in known if one[part] == str(value[part])), None)
    if found is None:
        raise _Wrong(f"{word} {part} '{value[part]}' is not valid")
    return str(found["id"])


def _word(known: Mapping[str, vocabulary.Named], refusal: str) -> Callable[[Form, Any], str]:
    def reading(_form: Form, value: Any) -> str:
        return named(known, value, refusal=refusal)

    return reading


def named(known: Mapping[str, vocabulary.Named], value: Any, *, refusal: str) -> str:
    """Read `{"id"}`, `{"name"}` or an option's `{"value"}` as an id. Raises ValueError with the refusal."""
    given = value if isinstance(value, Mapping) else {}
    for one in known.values():
        if str(given.get("id", "")) == one.id or one.name in {given.get("name"), given.get("value")}:
            return one.id
    raise _Wrong(refusal)


def _assignee(form: Form, value: Any) -> str | None:
    given = value if isinstance(value, Mapping) else {}
    wanted = given.get("accountId", given.get("id")) if form.cloud else given.get("name", given.get("key"))
    if value is None or (given and wanted is None):
        return None
    part = "accountId" if form.cloud else "name"
    found = user_with(form.store, **{part: str(wanted or "")})
    if found is None:
        raise _Wrong(f"User '{wanted}' cannot be assigned issues.")
    return str(found["accountId"])


def _date(_form: Form, value: Any) -> str | None:
    try:
        return None if value is None else date.fromisoformat(str(value)).isoformat()
    except ValueError as why:
        raise _Wrong("Error parsing date string: yyyy-MM-dd is expected") from why


def _issue_type(form: Form, value: Any) -> str:
    offered = {key: vocabulary.ISSUE_TYPES[key] for key in form.project["issuetypes"]}
    return named(offered, value, refusal="The issue type selected is invalid.")


def _request_type(_form: Form, value: Any) -> str | None:
    """By its number, as text."""
    if value is None or value in vocabulary.REQUEST_TYPES:
        return value if value is None else str(value)
    raise _Wrong("The request type is not valid for this service desk.")


_READERS: Final[dict[str, Callable[[Form, Any], Any]]] = {
    "summary": _summary,
    "issuetype": _issue_type,
    "description": _rich,
    "environment": _rich,
    "components": _several("component", "Component"),
    "versions": _several("version", "Version"),
    "fixVersions": _several("version", "Version"),
    "priority": _word(vocabulary.PRIORITIES, "The priority selected is invalid."),
    "labels": _labels,
    "assignee": _assignee,
    "duedate": _date,
    vocabulary.REQUEST_TYPE: _request_type,
    vocabulary.FOUND_IN: _word(vocabulary.OPTIONS, "Option is not valid for this field."),
}
