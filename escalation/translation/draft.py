"""What will the receiving tool get, what does it lose, and what is still a question?

The contract every tool's ``translate`` fulfils: each item of the state is placed in a field of the
draft or named in a loss; nothing vanishes. A draft is what a person confirms and what is sent: its
``payload`` is stored as canonical bytes and never made again.
"""

from dataclasses import dataclass, field
from typing import Any

from escalation.knowledge.codec import canonical
from escalation.knowledge.fingerprint import fingerprint
from escalation.knowledge.words import Part


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of the record, in the tool's own words."""

    name: str  # the tool's name, as "short_description"
    label: str  # what its people read, as "Short description"
    value: Any  # the JSON value that is sent
    shown: str  # the same for a reader: a name where the value is an id
    items: tuple[str, ...] = ()  # ids of the items it came from
    because: str = ""  # why this value, where it was found or chosen
    score: float | None = None  # probability that a found value is right, 0..1
    cut: bool = False  # the tool's limit cut it; a loss says what is missing
    multiline: bool = False
    entry: str = ""  # the catalog entry it names, where the value is not that entry's id


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The exact record: ``fields`` in the order of the tool's page."""

    tool: str
    record: str  # the tool's word for what is created, as "Incident"
    fields: tuple[Field, ...]

    def payload(self) -> dict[str, Any]:
        """This will return the JSON object whose members are the tool's fields."""
        return {each.name: each.value for each in self.fields}

    def body(self) -> bytes:
        """This will return the canonical bytes that are confirmed, stored and sent."""
        return canonical(self.payload())

    def fingerprint(self) -> str:
        """This will return the SHA-256 of the body."""
        return fingerprint(self.payload())


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """Something the tool cannot hold, said before sending."""

    what: str  # product text: what is cut, flattened or left out, and why
    part: Part | None = None
    item_id: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One candidate answer to a question."""

    value: str
    label: str
    score: float | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Something uncertain that the technician can settle; unanswered it stays open, never guessed."""

    field: str
    prompt: str
    choices: tuple[Choice, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """A draft with everything a person should know before confirming it."""

    draft: Draft
    losses: tuple[Loss, ...] = ()
    questions: tuple[Question, ...] = field(default=())
