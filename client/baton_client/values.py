"""What does the API say, as values? A field that a newer Baton adds is left out, never an error."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")


class Refused(Exception):
    """Baton said no; the text says why, ``errors`` at which places."""

    def __init__(self, *, status: int, detail: str, errors: dict[str, list[str]]) -> None:
        super().__init__(detail)
        self.status, self.errors = status, errors


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way to hand off."""

    id: int
    name: str
    sender: str
    receiver: str
    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Handoff:
    """Where one handoff stands."""

    id: str
    route: str
    author: str
    status: str
    summary: str
    remote_number: str
    remote_url: str
    last_sequence: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One's own draft: change ``state`` and save it; ``mark`` keeps it from overwriting somebody's words."""

    id: str
    state: dict[str, Any]
    mark: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The exact record, by the tool's own fields, with what it loses and what is uncertain."""

    tool: str
    record: str
    fingerprint: str
    fields: list[dict[str, Any]]
    losses: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    advice: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a timeline; ``sayable`` is what can be said to the user."""

    sequence: int
    kind: str
    title: str
    text: str
    sayable: str
    who: str
    happened_at: datetime


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """One open ticket in the sender's tool; ``reference`` begins a draft."""

    reference: str
    number: str
    subject: str
    requester: str
    priority: str
    url: str


@dataclass(frozen=True, kw_only=True)
class File:
    """One file as it was kept; ``stripped`` says what had to be taken out."""

    id: str
    name: str
    content_type: str
    size: int
    item: str
    stripped: str
    removed: bool


@dataclass(frozen=True, kw_only=True)
class Consult:
    """One question that a team was asked before anything was handed to it."""

    id: int
    handoff: str
    team: str
    question: str
    answer: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """One's own correction before it goes: change ``state`` and save it; ``text`` is the exact note."""

    handoff: str
    number: int
    state: dict[str, Any]
    text: str
    fingerprint: str
    mark: str


def read(kind: type[T], values: dict[str, Any]) -> T:
    """Return the value that the JSON object says."""
    said = {each.name: values[each.name] for each in fields(kind)}  # type: ignore[arg-type]
    if "happened_at" in said:
        said["happened_at"] = datetime.fromisoformat(said["happened_at"])
    return kind(**said)
