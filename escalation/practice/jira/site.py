"""What does the practice Jira work with: its records, its clock, and who is told when something happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from escalation.practice.clock import Clock
from escalation.practice.jira import adf, wiki
from escalation.practice.store import Document, Store

FIRST_ID: Final = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """One thing that happened to an issue.

    `items` are the lines of the changelog, `kind` the vendor's word.
    """

    event: str
    kind: str
    issue: Document
    by: Document
    items: tuple[Mapping[str, Any], ...] = ()
    change_id: str = ""
    comment: Document | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """One Jira. `search_lag` gives the seconds for which a new issue is not found by a search."""

    store: Store
    clock: Clock
    new_id: Callable[[], str]
    announce: Callable[[Happening], None]
    search_lag: Callable[[], float]

    def next_id(self, kind: str) -> str:
        """Count up the ids of a kind of record."""
        return str(self.store.next_number(kind, first=FIRST_ID))

    def now(self) -> str:
        """Give the present moment as it is stored."""
        return self.clock().isoformat(timespec="milliseconds")


def rich(value: Mapping[str, Any] | str) -> dict[str, Any]:
    """Keep a text in both spellings, exactly as sent in the one it was sent in."""
    if isinstance(value, str):
        return {"wiki": value, "adf": wiki.to_adf(value)}
    return {"wiki": wiki.to_wiki(value), "adf": dict(value)}


def words(value: Mapping[str, Any] | None) -> str:
    """Give the plain words of a kept text."""
    return "" if value is None else adf.plain(value["adf"])


def issue_named(store: Store, name: str) -> Document | None:
    """Find an issue by its key (in any case) or its id."""
    found = store.get("issue", name.upper())
    return found or next((one for one in store.all("issue") if one["id"] == name), None)


def project_named(store: Store, name: str) -> Document | None:
    """Find a project by its key or its id."""
    found = store.get("project", name.upper())
    return found or next((one for one in store.all("project") if one["id"] == name), None)


def user_with(store: Store, **wanted: str) -> Document | None:
    """Find a user by `accountId`, `name`, `key` or `emailAddress`."""
    ((part, value),) = wanted.items()
    return next((one for one in store.all("user") if value and one[part] == value), None)


def of_issue(store: Store, kind: str, issue: Document) -> list[Document]:
    """List the comments, attachments, links or changes of an issue, oldest first."""
    return [one for one in store.all(kind) if one["issue"] == issue["id"]]


def parsed(moment: str) -> datetime:
    """Read a stored moment."""
    return datetime.fromisoformat(moment)
