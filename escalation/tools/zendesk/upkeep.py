"""Is a Zendesk connection able to do its work, and does Zendesk call us?"""

from datetime import UTC, datetime
from typing import Final

from escalation.tools.health import Lack
from escalation.tools.zendesk.client import client, reading
from escalation.tools.zendesk.hearing import listen
from escalation.tools.zendesk.shapes import text
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, Unauthorised

__all__ = ["check", "listen"]

# Address, what it is needed for, the scope that opens it.
_READS: Final = (
    ("/api/v2/tickets", "to list and read tickets", "tickets:read"),
    ("/api/v2/groups", "to propose the group and say who has a ticket", "users:read"),
    ("/api/v2/organizations", "to say where a user belongs", "organizations:read"),
)
# Any moment will do that the export accepts; this asks for nothing but the right to ask.
_EXPORT_FROM: Final = datetime(2026, 1, 1, tzinfo=UTC)


def check(door: Door) -> tuple[Lack, ...]:
    """This will name what the connection's identity may not do. Raises ``Unavailable``."""
    try:
        with reading():
            me = client(door).users.me().to_dict()
    except Unauthorised as error:
        fix = "Make an OAuth client with the scopes tickets:read tickets:write users:read organizations:read."
        return (Lack(what=str(error), fix=fix),)
    if me.get("role") not in {"agent", "admin"}:
        fix = "Use the identity of an agent or an admin."
        return (Lack(what=f"{text(me.get('name')) or 'The identity'} is no agent.", fix=fix),)
    lacks = [*(_readable(door, path, *why) for path, *why in _READS), _export(door), _webhooks(door)]
    return tuple(each for each in lacks if each is not None)


def _readable(door: Door, path: str, why: str, scope: str) -> Lack | None:
    try:
        door.session.ask("GET", f"{door.base_url}{path}", params={"page[size]": "1"})
    except (Unauthorised, NotFound, Refused) as error:
        fix = f"Add the scope {scope} to the OAuth client, or give the identity a role that reads it."
        return Lack(what=f"It cannot read {path.rpartition('/')[2]} ({why}): {error}", fix=fix)
    return None


def _export(door: Door) -> Lack | None:
    params = {"start_time": str(int(_EXPORT_FROM.timestamp())), "per_page": "1"}
    try:
        door.session.ask("GET", f"{door.base_url}/api/v2/incremental/tickets/cursor.json", params=params)
    except (Unauthorised, Refused) as error:
        return Lack(
            what=f"It cannot read the incremental export, by which lost webhooks are made up for: {error}",
            fix="Give the identity the role of an admin; without it only webhooks bring changes.",
        )
    return None


def _webhooks(door: Door) -> Lack | None:
    try:
        door.session.ask("GET", f"{door.base_url}/api/v2/webhooks", params={"page[size]": "1"})
    except (Unauthorised, NotFound, Refused) as error:
        return Lack(
            what=f"It cannot see webhooks: {error}",
            fix="Add the scope webhooks:write for the set-up, or register the webhook by hand.",
        )
    return None
