"""What changed since we last looked, webhooks or not?

By ``sys_updated_on`` with an overlap, because it has seconds only and rows of one second come and go
together. Times in a query are read in the API user's zone, so a user that is not in GMT is refused. What
cannot be read or does not fit into one poll is left for the next (``tools.polling``).
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from escalation.tools.polling import Bounds, Listing, Place, gone_through
from escalation.tools.servicenow import table
from escalation.tools.servicenow.read import read
from escalation.tools.servicenow.times import moment, written
from escalation.tools.servicenow.vocabulary import DISPLAY, TABLE
from escalation.tools.updates import Update, UpdatePage
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError

OVERLAP: Final = timedelta(seconds=60)
FIRST_LOOK: Final = timedelta(hours=1)
PAGE: Final = 100
MOST_PAGES: Final = 10
MOST_READ: Final = 200  # incidents in one poll, at three calls each
MOST_AGAIN: Final = 6
ZONES: Final = frozenset({"GMT", "UTC", "Etc/UTC", "Etc/GMT"})
_FIELDS: Final = ("sys_id", "correlation_display", "sys_updated_on")


def poll(door: Door, *, cursor: str, now: datetime) -> UpdatePage:
    """This will return the updates of every record of ours that changed since the cursor.

    Raises the errors of transport where not one of them could be read because of them.
    """
    if zone_of_our_user(door) not in ZONES:
        raise Refused(
            "The integration user's time zone in ServiceNow must be set to GMT before Baton can poll."
        )
    # Before a poll could stop in the middle its cursor was the moment alone, as ServiceNow writes it.
    place = Place.read(cursor) or Place(since=moment(cursor) or now - FIRST_LOOK)
    listing = _changed(door, place)
    return gone_through(
        place,
        listing,
        read=partial(_read, door),
        bounds=Bounds(most_read=MOST_READ, most_again=MOST_AGAIN),
        # By the clock of the instance, so that one which is not ours makes no gap.
        end=max((place.since, *(at for _, at in listing.changed))) if cursor or listing.changed else now,
    )


def _read(door: Door, sys_id: str) -> tuple[Update, ...]:
    return read(door, remote_id=sys_id)


def zone_of_our_user(door: Door) -> str:
    """This will return the integration user's own time zone, "" where none is set or it is not shown."""
    wanted = door.our_user
    search = table.Search(
        table="sys_user",
        query=f"user_name={table.escaped(wanted)}",
        fields=("user_name", "time_zone"),
        holds=lambda each: str(each.get("user_name", "")).casefold() == wanted.casefold(),
        limit=1,
    )
    found = table.rows(door, search)
    return found[0].get("time_zone", "") if found else ""


def _changed(door: Door, place: Place) -> Listing:
    """In the order of the changes; in the middle of a list without the overlap: it was read at the start."""
    since = written(place.since if place.more else place.since - OVERLAP)

    def holds(each: table.Row) -> bool:
        return each.get("correlation_display") == DISPLAY and str(each.get("sys_updated_on", "")) >= since

    changed: dict[str, datetime] = {}
    for page in range(MOST_PAGES):
        search = table.Search(
            table=TABLE,
            query=f"correlation_display={DISPLAY}^sys_updated_on>={since}^ORDERBYsys_updated_on^ORDERBYsys_id",
            fields=_FIELDS,
            holds=holds,
            limit=PAGE,
            offset=page * PAGE,
        )
        try:
            found = table.rows(door, search)
        except TransportError as error:
            if not changed:
                raise
            return Listing(changed=list(changed.items()), whole=False, error=error)
        if not found:
            return Listing(changed=list(changed.items()))
        changed |= {each["sys_id"]: moment(each["sys_updated_on"]) or place.since for each in found}
    return Listing(changed=list(changed.items()), whole=False)
