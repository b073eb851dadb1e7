"""What does a tool tell of how content users were with their tickets? The role and its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from escalation.transport.door import Door


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """What one user said of one ticket, as it stands now."""

    rating_id: str  # the same when the user changes it
    ticket: str
    good: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Readout:
    """The ratings of a time; ``way`` is how the tool asked users, "" where it does in no way we may read."""

    ratings: tuple[Rated, ...]
    way: str
    words: str = ""  # what could not be read, for an owner; "" when all was


class Ratings(Protocol):
    """A tool that asks users whether they were content."""

    def ratings(self, door: Door, *, since: datetime) -> Readout:
        """This will read every rating of that time, however often it is asked."""

    def ratings_of(self, door: Door, *, ticket: str) -> Readout:
        """This will read what was said of one ticket."""

    def kinds_of(self, door: Door, *, tickets: tuple[str, ...]) -> Mapping[str, str]:
        """This will return the kind of each ticket in the tool's own words, where it has one."""
