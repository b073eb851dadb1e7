"""What changed since we last looked, webhooks or not?

By how long ago, never by a clock time: JQL reads a time in the API user's zone and to the minute. The
overlap covers that, the lag of the index, and a clock of Jira's that is not ours. What does not fit into
one poll is left for the next, which goes on where this one stopped (``tools.polling``).
"""

import math
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from escalation.tools.jira import site
from escalation.tools.jira.read import read
from escalation.tools.jira.search import Query, issues
from escalation.tools.jira.times import moment
from escalation.tools.jira.vocabulary import LABEL
from escalation.tools.polling import Bounds, Listing, Place, gone_through
from escalation.tools.updates import Update, UpdatePage
from escalation.transport.door import Door
from escalation.transport.errors import TransportError

OVERLAP: Final = timedelta(minutes=5)
FIRST_LOOK: Final = timedelta(hours=1)
MOST_READ: Final = 200  # issues in one poll, at two calls each
MOST_AGAIN: Final = 10
MOST_LISTED: Final = 5000


def poll(door: Door, *, cursor: str, now: datetime) -> UpdatePage:
    """This will return the updates of every issue of ours that changed since the cursor.

    Raises the errors of transport where not one issue could be read because of them.
    """
    place = Place.read(cursor) or Place(since=now - FIRST_LOOK)
    return gone_through(
        place,
        _listed(door, place, now=now),
        read=partial(_read, door),
        bounds=Bounds(most_read=MOST_READ, most_again=MOST_AGAIN),
        end=now,
    )


def _read(door: Door, number: str) -> tuple[Update, ...]:
    return read(door, remote_id=number)


def _listed(door: Door, place: Place, *, now: datetime) -> Listing:
    """Read in one go, before the list moves."""
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
        return Listing(changed=list(found.items()), whole=False, error=error)
    return Listing(changed=list(found.items()), whole=answered < MOST_LISTED)
