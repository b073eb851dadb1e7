"""What did a tool say, by webhook or when it was asked?

A body that is understood becomes updates, the same from either way; one that is not becomes an update of
kind UNKNOWN, never an exception.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BadSignature(Exception):
    """A webhook is not from whom it says, or too old; the text names which, without secrets."""


class Malformed(Exception):
    """A signed webhook's body is not what the tool sends; it is kept raw and shown to the owner."""


class UpdateKind(StrEnum):
    """What was seen to change in a tool."""

    NOTE = "note"
    STATE = "state"
    ASSIGNED = "assigned"
    FIELD = "field"
    FILE = "file"
    UNKNOWN = "unknown"


class RemoteState(StrEnum):
    """The states that all tools share; a tool's own word rides along in ``Update.words``."""

    NEW = "new"
    WORKING = "working"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"  # ended without a fix: "won't do" is not "fixed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What a field of the record names now, out of the tool's catalog."""

    name: str  # the field, as ``translate`` names it
    label: str
    entry_id: str  # as our catalog knows it
    shown: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """One normalised change, with a key under which the same change is always seen again."""

    key: str  # unique per connection: equal for webhook and poll
    remote_id: str
    kind: UpdateKind
    at: datetime
    text: str = ""
    words: str = ""  # the tool's own word for what changed, as "On Hold (Awaiting Caller)"
    author: str = ""
    internal: bool = True
    restricted: str = ""  # of a NOTE: the role or group that alone reads it there
    state: RemoteState | None = None
    note_id: str = ""  # remote id of a note or file; compared with what our own writes returned
    held: tuple[Held, ...] = ()  # of FIELD: what the record is filed under as it stands


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """Something changed on a record; read it again to know what."""

    remote_id: str
    event_id: str
    rating: bool = False  # only what the user said of the help changed, which ``Ratings`` reads


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdatePage:
    """Updates since a cursor, with the cursor to go on from."""

    updates: tuple[Update, ...]
    cursor: str
    trouble: str = ""  # what could not be read and stands behind the cursor, in words
