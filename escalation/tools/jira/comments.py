"""Which comments does an issue hold, oldest first?"""

from collections.abc import Iterator
from typing import Final

from escalation.tools.jira import site
from escalation.transport.door import Door

PAGE: Final = 100
MOST_PAGES: Final = 10


def listed(door: Door, remote_id: str, *, expand: str = "") -> Iterator[site.Document]:
    """This will go through the comments, at most a thousand; raises ``NotFound``."""
    path, start = site.issue_path(remote_id, "/comment"), 0
    more = {"expand": expand} if expand else {}
    for _ in range(MOST_PAGES):
        page = site.document(
            site.get(door, path, orderBy="created", startAt=str(start), maxResults=str(PAGE), **more)
        )
        found = site.documents(page.get("comments"))
        yield from found
        start += len(found)
        total = page.get("total")
        if not found or (isinstance(total, int) and start >= total):
            return
