"""Into which status of a tool does a change of ours lead? Pure: a company's own words, never a guess.

The rules name it as "Resolved; close_code = Solution provided": the tool's name of the status, and what the
tool wants on the way there. What they do not name is not carried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Place(StrEnum):
    """Whose status: the record by what its receiver says here or a later tier says, or the user's ticket."""

    RECORD = "record"
    LATER = "later"
    SOURCE = "source"


class Word(StrEnum):
    """What has become of the handoff."""

    WORKING = "working"
    WAITING = "waiting"
    RESOLVED = "resolved"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A status of a tool, with the fields that go along; names and values as the tool shows them."""

    status: str
    fields: Mapping[str, str] = field(default_factory=dict)
    said: str = ""  # what was said with the change, where a tool wants words with it


def wanted_in(
    statuses: Mapping[Place, Mapping[Word, str]], place: Place, word: Word, *, said: str = ""
) -> Wanted | None:
    """This will return the status that the rules name, or None where they name none."""
    name, *more = statuses.get(place, {}).get(word, "").split(";")
    if not name.strip():
        return None
    pairs = (each.partition("=") for each in more)
    fields = {left.strip(): right.strip() for left, _, right in pairs if left.strip() and right.strip()}
    return Wanted(status=name.strip(), fields=fields, said=said)


def same_name(one: str, other: str) -> bool:
    """This will say whether two names of a status are the same to people."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
