"""What was said about the problem before it was escalated, in whichever tool?

The neutral form of a ticket with its comments and the chat threads beside it. ``text`` is always
plain text: whoever builds a Message has taken markup out already, so nothing here is ever rendered.
"""

from dataclasses import dataclass
from datetime import datetime

from escalation.knowledge.state import Source
from escalation.knowledge.words import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One comment, note or chat line."""

    tool: str
    reference: str  # the tool's id of this message
    author: str
    role: Role
    text: str
    at: datetime | None = None
    edited_at: datetime | None = None  # the text is the one of then; what stood there before is not kept
    public: bool = True
    permalink: str = ""
    files: tuple[str, ...] = ()  # names only; the bytes stay in the tool


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """A ticket's conversation with the threads beside it, oldest message first."""

    source: Source
    subject: str
    messages: tuple[Message, ...] = ()
    zone: str = "UTC"  # the requester's IANA zone, against which "tomorrow" is read
