"""How does a link on a record come to be owed to a tool?

Behind the record in its lane, so that a record whose answer was lost has its links all the same; and on the
record before, once the next hop's stands. A tool without links of its own holds the addresses in its text.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from escalation.models import Connection, Delivery, Handoff
from escalation.outbox.chain import earlier_hops
from escalation.outbox.owe import owe
from escalation.tools.contract import Remote, WebLink
from escalation.tools.registry import label, tool


def owe_links(
    *, handoff: Handoff, connection: Connection, payload: Mapping[str, Any], now: datetime
) -> tuple[Delivery, ...]:
    """This will owe the links that a confirmed payload names, on the handoff's own record."""
    links = tool(connection.tool).links
    found = links.links_of(payload) if links is not None else ()
    return tuple(_owed(handoff, connection, each, remote_id="", now=now) for each in found)


def owe_link_onward(*, handoff: Handoff, remote: Remote, now: datetime) -> None:
    """This will owe the record before a link to the one that now stands; the handoff's row is locked."""
    before = next(earlier_hops(handoff), None)
    if before is None or not before.remote_id or tool(before.route.target.tool).links is None:
        return
    name = f"{label(handoff.route.target.tool)} {remote.number or remote.remote_id}"
    link = WebLink(key=f"{handoff.pk.hex}:onward", url=remote.url, title=name, onward=True)
    if link.url:
        _owed(before, before.route.target, link, remote_id=before.remote_id, now=now)


def _owed(
    handoff: Handoff, connection: Connection, link: WebLink, *, remote_id: str, now: datetime
) -> Delivery:
    return owe(
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.LINK,
        once=f"link {connection.pk} {link.key}",
        values={"key": link.key, "url": link.url, "title": link.title, "onward": link.onward},
        remote_id=remote_id,
        now=now,
    )
