"""What changed since we last looked, webhooks or not?

By how long ago, never by a clock time: JQL reads a time in the API user's zone and to the minute. The
overlap covers that, the lag of the index, and a clock of Jira's that is not ours. What does not fit into
one poll is left for the next, which goes on where this one stopped; an issue that cannot be read is asked
for again and holds up no other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from escalation.tools.contract import Update, UpdatePage
from escalation.tools.jira import site
from escalation.tools.jira.place import MOST_AGAIN, Place
from escalation.tools.jira.read import read
from escalation.tools.jira.search import Query, issues
from escalation.tools.jira.times import moment
from escalation.tools.jira.vocabulary import LABEL
from escalation.transport.door import Door
from escalation.transport.errors import Limited, NotFound, Paused, TransportError

OVERLAP: Final = timedelta(minutes=5)
FIRST_LOOK: Final = timedelta(hours=1)
MOST_READ: Final = 200  # issues in one poll, at two calls each: the other connections wait meanwhile
MOST_LISTED: Final = 5000

Changed = tuple[str, datetime]  # an issue's id, and when it last changed


@dataclass(kw_only=True, slots=True)
class _Seen:
    """What one poll has come to so far."""

    updates: list[Update] = field(default_factory=list)
    read: int = 0
    failed: list[str] = field(default_factory=list)
    errors: list[TransportError] = field(default_factory=list)


def poll(door: Door, *, cursor: str, now: datetime) -> UpdatePage:
    """This will return the updates of every issue of ours that changed since the cursor.

    Raises the errors of transport where not one issue could be read because of them.
    """
    place = Place.read(cursor) or Place(since=now - FIRST_LOOK)
    seen = _Seen()
    listed, whole = _listed(door, place, seen, now=now)
    numbers = {number for number, _ in listed}
    repeated = [(each, place.since) for each in place.again if each not in numbers]
    left = _read_each(door, [*repeated, *listed], seen)
    if seen.errors and not seen.read:
        raise seen.errors[0]
    # An issue that was to be read again stands before the listed ones, so what is left ends with those.
    unread = left[-len(listed) :] if listed else []
    if unread or not whole:
        since, more = (unread or listed[-1:])[0][1], True
    else:
        since, more = now, False
    again = (*seen.failed, *(number for number, _ in left[: len(left) - len(unread)]))
    seen.updates.sort(key=lambda each: (each.at, each.key))
    return UpdatePage(
        updates=tuple(seen.updates),
        cursor=Place(since=since, more=more, again=again).written(),
        trouble=_trouble(seen),
    )


def _listed(door: Door, place: Place, seen: _Seen, *, now: datetime) -> tuple[list[Changed], bool]:
    """What has changed, oldest change first, and whether that is all; read in one go, before it moves."""
    minutes = max(1, math.ceil((now - place.since + OVERLAP).total_seconds() / 60))
    query = Query(
        jql=f'labels = "{LABEL}" AND updated >= "-{minutes}m" ORDER BY updated ASC',
        fields=("updated",),
        most=MOST_LISTED,
    )
    found: dict[str, datetime] = {}
    answered = 0
    try:
        for each in issues(door, query):
            answered += 1
            at = moment(site.member(each, "fields").get("updated")) or place.since
            if not place.more or at >= place.since:
                found[site.text(each.get("id"))] = at
    except TransportError as error:
        if not found:
            raise
        seen.errors.append(error)
        return list(found.items()), False
    return list(found.items()), answered < MOST_LISTED


def _read_each(door: Door, wanted: Sequence[Changed], seen: _Seen) -> Sequence[Changed]:
    """Read one issue after the other; returns those from which on it was left for the next poll."""
    last = None
    for place, (number, at) in enumerate(wanted):
        # Between two changes of one moment the next poll could not tell where to go on.
        if len(seen.failed) >= MOST_AGAIN or (seen.read >= MOST_READ and at != last):
            return wanted[place:]
        try:
            seen.updates.extend(read(door, remote_id=number))
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


def _trouble(seen: _Seen) -> str:
    """What an owner should know of a poll that has not read all it wanted."""
    if not seen.errors:
        return ""
    said = f"Some changes could not be read and are asked for again: {seen.errors[0]}"
    return f"{said} Issues: {', '.join(seen.failed)}." if seen.failed else said
