"""What changed since we last looked, webhooks or not?

By how long ago, never by a clock time: JQL reads a time in the API user's zone and to the minute. The
overlap covers that, the lag of the index, and a clock of Jira's that is not ours.
"""

import math
from datetime import datetime, timedelta
from typing import Final

from escalation.tools.contract import Update, UpdatePage
from escalation.tools.jira import site
from escalation.tools.jira.read import read
from escalation.tools.jira.search import Query, issues
from escalation.tools.jira.times import moment
from escalation.tools.jira.vocabulary import LABEL
from escalation.transport.door import Door
from escalation.transport.errors import NotFound

OVERLAP: Final = timedelta(minutes=5)
FIRST_LOOK: Final = timedelta(hours=1)


def poll(door: Door, *, cursor: str, now: datetime) -> UpdatePage:
    """This will return the updates of every issue of ours that changed since the cursor."""
    since = moment(cursor) or now - FIRST_LOOK
    minutes = max(1, math.ceil((now - since + OVERLAP).total_seconds() / 60))
    query = Query(
        jql=f'labels = "{LABEL}" AND updated >= "-{minutes}m" ORDER BY updated ASC', fields=("updated",)
    )
    updates: list[Update] = []
    for number in dict.fromkeys(site.text(each.get("id")) for each in issues(door, query)):
        try:
            updates.extend(read(door, remote_id=number))
        except NotFound:
            continue  # deleted, or taken out of our sight, since the page was made
    updates.sort(key=lambda each: (each.at, each.key))
    return UpdatePage(updates=tuple(updates), cursor=now.isoformat())
