"""Where does a poll of Jira go on? Written as text into the connection's cursor. Pure.

"2026-11-29T14:00:00+00:00 more again 10010 10011": from then on, in the middle of a list, and two issues
that could not be read.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from escalation.tools.jira.times import moment

MOST_AGAIN: Final = 10  # so that the text stays below 255 characters
_MORE: Final = "more"
_AGAIN: Final = "again"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What the last poll came to."""

    since: datetime
    more: bool = False  # it did not come to the end: what changed before ``since`` is read, the rest is not
    again: tuple[str, ...] = ()  # ids of issues to be read whatever has changed

    @classmethod
    def read(cls, cursor: str) -> Self | None:
        """This will read a cursor; None where it is none of ours, or the first."""
        first, *words = cursor.split() or [""]
        since = moment(first)
        if since is None:
            return None
        more = words[:1] == [_MORE]
        return cls(since=since, more=more, again=tuple(words[more + 1 :]))

    def written(self) -> str:
        """This will write it as the next cursor."""
        words = [self.since.isoformat(), *([_MORE] if self.more else ())]
        return " ".join((*words, _AGAIN, *self.again) if self.again else words)
