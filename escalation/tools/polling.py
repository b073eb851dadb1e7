"""How does a poll go through what has changed, so that one record which cannot be read costs itself alone?

Where it goes on is written as text into the connection's cursor: "2026-11-29T14:00:00+00:00 more again 10010
10011" is from then on, in the middle of a list, and two records that could not be read. A cursor never passes
over what was not read: that is in it by its id, or stands behind its moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Self

from escalation.tools.updates import Update, UpdatePage
from escalation.transport.errors import Limited, NotFound, Paused, TransportError

_MORE: Final = "more"
AGAIN: Final = "again"

Changed = tuple[str, datetime]  # a record's id, and when it last changed


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What the last poll came to."""

    since: datetime
    more: bool = False  # it did not come to the end: what changed before ``since`` is read, the rest is not
    again: tuple[str, ...] = ()  # ids of records to be read whatever has changed

    @classmethod
    def read(cls, cursor: str) -> Self | None:
        """This will read a cursor; None where it is none of ours, or the first."""
        first, *words = cursor.split() or [""]
        try:
            since = datetime.fromisoformat(first)
        except ValueError:
            return None
        if since.tzinfo is None:
            return None
        more = words[:1] == [_MORE]
        return cls(since=since, more=more, again=tuple(words[more + 1 :]))

    def written(self) -> str:
        """This will write it as the next cursor."""
        words = [self.since.isoformat(), *([_MORE] if self.more else ())]
        return " ".join((*words, AGAIN, *self.again) if self.again else words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What has changed since a place, oldest change first."""

    changed: Sequence[Changed]
    whole: bool = True  # that is all
    error: TransportError | None = None  # what broke the list off


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How much one poll takes on."""

    most_read: int  # records; the other connections wait meanwhile
    most_again: int  # so that the cursor stays below 255 characters


@dataclass(kw_only=True, slots=True)
class Seen:
    """What a poll has read so far, and what it could not."""

    updates: list[Update] = field(default_factory=list)
    read: int = 0
    failed: list[str] = field(default_factory=list)
    errors: list[TransportError] = field(default_factory=list)


def gone_through(
    place: Place,
    listing: Listing,
    *,
    read: Callable[[str], Sequence[Update]],
    bounds: Bounds,
    end: datetime,
) -> UpdatePage:
    """This will read each record and return the updates; after a whole list the next poll begins at ``end``.

    Raises the errors of transport where not one record could be read because of them.
    """
    listed = listing.changed
    numbers = {number for number, _ in listed}
    repeated = [(each, place.since) for each in place.again if each not in numbers]
    seen = Seen(errors=[listing.error] if listing.error else [])
    left = read_each([*repeated, *listed], seen, read=read, bounds=bounds)
    if seen.errors and not seen.read:
        raise seen.errors[0]
    # A record that was to be read again stands before the listed ones, so what is left ends with those.
    unread = left[-len(listed) :] if listed else []
    since, more = end, False
    if unread or not listing.whole:
        # A list that brought nothing new and was not whole leaves the place where it is.
        since, more = next((at for _, at in (*unread, *listed[-1:])), place.since), True
    again = (*seen.failed, *(number for number, _ in left[: len(left) - len(unread)]))
    seen.updates.sort(key=lambda each: (each.at, each.key))
    return UpdatePage(
        updates=tuple(seen.updates),
        cursor=Place(since=since, more=more, again=again).written(),
        trouble=trouble_of(seen),
    )


def read_each(
    wanted: Sequence[Changed], seen: Seen, *, read: Callable[[str], Sequence[Update]], bounds: Bounds
) -> Sequence[Changed]:
    """This will read one record after the other; returns those left for the next poll."""
    last = None
    for place, (number, at) in enumerate(wanted):
        # Between two changes of one moment the next poll could not tell where to go on.
        if len(seen.failed) >= bounds.most_again or (seen.read >= bounds.most_read and at != last):
            return wanted[place:]
        try:
            seen.updates.extend(read(number))
        except NotFound:
            pass  # deleted, or taken out of our sight, since the list was made
        except TransportError as error:
            seen.errors.append(error)
            if isinstance(error, Paused) or (isinstance(error, Limited) and error.everywhere):
                return wanted[place:]
            seen.failed.append(number)
            continue
        seen.read, last = seen.read + 1, at
    return ()


def trouble_of(seen: Seen) -> str:
    """This will say what an owner should know of a poll that has not read all it wanted."""
    if not seen.errors:
        return ""
    said = f"Some changes could not be read and are asked for again: {seen.errors[0]}"
    return f"{said} Records: {', '.join(seen.failed)}." if seen.failed else said
