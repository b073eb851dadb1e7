"""By which words may a query name what an issue holds: each field with its ids, names and keys."""

from collections.abc import Callable
from typing import Any, Final

from escalation.practice.jira import vocabulary
from escalation.practice.jira.site import words
from escalation.practice.store import Document, Store


def _with_name(known: Any, key: str | None) -> list[str]:
    return [] if key is None else [key, known[key].name]


def _project(found: Document) -> list[str]:
    return [str(found[part]) for part in ("id", "key", "name") if part in found]


def _status_category(issue: Document, _store: Store) -> list[str]:
    key = vocabulary.STATUSES[issue["status"]].category
    return [key, vocabulary.CATEGORIES[key][2]]


def _shelf(kind: str, name: str) -> Callable[[Document, Store], list[str]]:
    def reading(issue: Document, store: Store) -> list[str]:
        return [str(part) for key in issue[name] for part in (key, (store.get(kind, key) or {})["name"])]

    return reading


def _person(name: str) -> Callable[[Document, Store], list[str]]:
    def reading(issue: Document, store: Store) -> list[str]:
        found = store.get("user", issue[name] or "") or {}
        parts = ("accountId", "name", "emailAddress", "displayName")
        return [str(found[part]) for part in parts if found]

    return reading


HELD: Final[dict[str, Callable[[Document, Store], list[str]]]] = {
    "key": lambda issue, _store: [issue["key"], issue["id"]],
    "project": lambda issue, store: _project(store.get("project", issue["project"]) or {}),
    "labels": lambda issue, _store: list(issue["labels"]),
    "issuetype": lambda issue, _store: _with_name(vocabulary.ISSUE_TYPES, issue["issuetype"]),
    "status": lambda issue, _store: _with_name(vocabulary.STATUSES, issue["status"]),
    "statuscategory": _status_category,
    "priority": lambda issue, _store: _with_name(vocabulary.PRIORITIES, issue["priority"]),
    "resolution": lambda issue, _store: (
        _with_name(vocabulary.RESOLUTIONS, issue["resolution"]) or ["Unresolved"]
    ),
    "components": _shelf("component", "components"),
    "versions": _shelf("version", "versions"),
    "fixversions": _shelf("version", "fixVersions"),
    "assignee": _person("assignee"),
    "reporter": _person("reporter"),
}


def values_of(issue: Document, name: str, store: Store) -> list[str]:
    """Give the words by which a query may name the value of a field."""
    if name in HELD:
        return HELD[name](issue, store)
    return [text_of(issue, name)] if text_of(issue, name) else []


def text_of(issue: Document, name: str) -> str:
    """Give the text that `~` looks into, in small letters."""
    summary, described = str(issue["summary"]), words(issue["description"])
    whole = f"{summary}\n{described}"
    return {"summary": summary, "description": described}.get(name, whole).lower()


def sortable(issue: Document, name: str) -> Any:
    """Give what ORDER BY compares."""
    if name == "key":
        project, _, number = issue["key"].rpartition("-")
        return project, int(number)
    return str(issue.get(name) or "")
