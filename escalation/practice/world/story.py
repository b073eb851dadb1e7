"""What is a story of the practice world made of: who said what, when, and where.

Times are relative (see `times`). A text may hold `{{moment|format}}` and `{{thread:key}}`, the link to a
Slack thread.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One comment of a ticket. `html` replaces `text` where a mail came in as HTML."""

    by: str
    at: str
    text: str = ""
    html: str = ""
    internal: bool = False
    files: tuple[tuple[str, str, str], ...] = ()  # name, content type, text


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One ticket. People are named by their key in `people`; priority and type are "" where nobody chose."""

    id: int
    subject: str
    requester: str
    said: tuple[Said, ...]
    assignee: str = ""
    status: str = "open"
    priority: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    channel: str = "email"
    rating: tuple[str, str] = ("", "")  # score, comment


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One message of a Slack thread."""

    by: str
    at: str
    text: str
    edited: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """A Slack thread: its key in links, its channel's id and name, its messages, oldest first."""

    key: str
    channel: str
    channel_name: str
    lines: tuple[Line, ...]
