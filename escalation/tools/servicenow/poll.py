"""What changed since we last looked, webhooks or not?

By ``sys_updated_on`` with an overlap, because it has seconds only and rows of one second come and go
together. Times in a query are read in the API user's zone, so a user that is not in GMT is refused.
"""

from datetime import datetime, timedelta
from typing import Final

from escalation.tools.contract import Update, UpdatePage
from escalation.tools.servicenow import table
from escalation.tools.servicenow.read import read
from escalation.tools.servicenow.times import moment, written
from escalation.tools.servicenow.vocabulary import DISPLAY, TABLE
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused

OVERLAP: Final = timedelta(seconds=60)
FIRST_LOOK: Final = timedelta(hours=1)
PAGE: Final = 100
MOST_PAGES: Final = 10
ZONES: Final = frozenset({"GMT", "UTC", "Etc/UTC", "Etc/GMT"})
_FIELDS: Final = ("sys_id", "correlation_display", "sys_updated_on")


def poll(door: Door, *, cursor: str, now: datetime) -> UpdatePage:
    """This will return the updates of every record of ours that changed since the cursor."""
    if zone_of_our_user(door) not in ZONES:
        raise Refused(
            "The integration user's time zone in ServiceNow must be set to GMT before Baton can poll."
        )
    since = (moment(cursor) or now - FIRST_LOOK) - OVERLAP
    changed = _changed(door, written(since))
    updates: list[Update] = []
    for sys_id in changed:
        try:
            updates.extend(read(door, remote_id=sys_id))
        except NotFound:
            continue  # deleted, or taken out of our sight, since the page was made
    updates.sort(key=lambda each: (each.at, each.key))
    return UpdatePage(updates=tuple(updates), cursor=max((cursor, *changed.values())) or written(now))


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


def _changed(door: Door, since: str) -> dict[str, str]:
    """Record id to the time of its last change, in the order of the changes."""

    def holds(each: table.Row) -> bool:
        return each.get("correlation_display") == DISPLAY and str(each.get("sys_updated_on", "")) >= since

    changed: dict[str, str] = {}
    for page in range(MOST_PAGES):
        search = table.Search(
            table=TABLE,
            query=f"correlation_display={DISPLAY}^sys_updated_on>={since}^ORDERBYsys_updated_on^ORDERBYsys_id",
            fields=_FIELDS,
            holds=holds,
            limit=PAGE,
            offset=page * PAGE,
        )
        found = table.rows(door, search)
        if not found:
            break
        changed |= {each["sys_id"]: each["sys_updated_on"] for each in found}
    return changed
