"""Is this save newer than what stands on the row, and may it replace it?

A save names the revision that its page was made from. Where the answer to a page's save was lost after it
was written (a killed server, a broken line), the page still names the revision before it; so each page also
says which window it is and counts its requests. A window never disagrees with itself: its own later request
goes on, and one that comes late or twice changes nothing. Anybody else's newer revision is a conflict for a
person.
"""

import re
from dataclasses import dataclass
from typing import Self

from escalation.models import Amendment, Handoff

_REQUEST = re.compile(r"([0-9a-f]{16})\.(\d{1,9})", re.ASCII)


class Stale(Exception):
    """Somebody, or another window, saved a newer revision; nothing was overwritten."""

    def __init__(self, *, theirs: int) -> None:
        super().__init__("This draft was changed in another window. Nothing of either was lost.")
        self.theirs = theirs


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """Which window asks, and the number of this among its requests."""

    window: str
    number: int

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """This will read "0123456789abcdef.7"; anything else, also nothing, is nobody's."""
        found = _REQUEST.fullmatch(text)
        return cls(window=found[1], number=int(found[2])) if found else None

    def saved(self, revision: int) -> str:
        """This will return what the row remembers of a save that led to that revision."""
        return f"{revision} {self.window}.{self.number}"


def already_saved(row: Handoff | Amendment, *, revision: int, request: str) -> bool:
    """This will say whether the save is on the row already; raises ``Stale`` where it must not be made."""
    asked, last = Request.from_text(request), _last_request(row)
    if asked and last and asked.window == last.window:
        return asked.number <= last.number
    if revision != row.revision:
        raise Stale(theirs=row.revision)
    return False


def window_saved_last(row: Handoff | Amendment) -> str:
    """This will return the window whose save stands on the row; "" where no window said who it was."""
    last = _last_request(row)
    return last.window if last else ""


def remember(row: Handoff | Amendment, *, request: str) -> None:
    """This will count the revision up and keep which request led to it."""
    row.revision += 1
    asked = Request.from_text(request)
    row.saved_from = asked.saved(row.revision) if asked else ""


def _last_request(row: Handoff | Amendment) -> Request | None:
    # Whatever else counts the revision up (an answer that was handed over) makes it nobody's.
    revision, _, request = row.saved_from.partition(" ")
    return Request.from_text(request) if revision == str(row.revision) else None
