"""What is there to link to, and what is a link?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """The kinds of catalog entries that tools know by name."""

    CONFIGURATION_ITEM = "configuration_item"
    BUSINESS_SERVICE = "business_service"
    ASSIGNMENT_GROUP = "assignment_group"
    COMPONENT = "component"
    VERSION = "version"
    CHANGE = "change"
    AREA_LABEL = "area_label"


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogEntry:
    """One thing a tool knows by name."""

    id: str
    kind: EntryKind
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()  # domains, host names and addresses found in its record
    released_at: datetime | None = None  # versions
    starts_at: datetime | None = None  # changes: the implementation window
    ends_at: datetime | None = None
    related: tuple[str, ...] = ()  # ids of related entries: CI, service, group, change


SIMILAR = "similar past items"  # the reason that names them behind a colon


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A catalog entry found for a text; ``score`` is P(correct), ``because`` the words that led to it."""

    entry_id: str
    kind: EntryKind
    name: str
    score: float
    because: tuple[str, ...] = ()

    @property
    def surest(self) -> str:
        """The one reason by which a person chooses among several: the first, "" where there is none.

        Which past items were like it is told once it is chosen: titles are long to read three times.
        """
        first = self.because[0] if self.because else ""
        return first.partition(": ")[0] if SIMILAR in first else first


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A text that is known to belong to these entries: resolved, confirmed or corrected."""

    id: str
    text: str
    entry_ids: tuple[str, ...]
    at: datetime | None = None
    title: str = ""  # what people call it; its id is said where there is none


@dataclass(frozen=True, kw_only=True, slots=True)
class Similar:
    """A past item that reads like a text; ``score`` is P(same issue), ``because`` the words they share."""

    example_id: str
    score: float
    because: tuple[str, ...] = ()
