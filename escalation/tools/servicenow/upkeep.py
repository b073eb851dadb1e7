"""Is a ServiceNow connection able to do its work, and how does ServiceNow come to call us?"""

from typing import Final, NoReturn

from escalation.tools.health import Lack
from escalation.tools.servicenow.poll import ZONES, zone_of_our_user
from escalation.tools.servicenow.table import Search, rows
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, Unauthorised

# Table, what it is needed for, whether Baton works without it.
_READS: Final = (
    ("incident", "to find and follow incidents"),
    ("sys_user", "to find the caller by e-mail address"),
    ("sys_user_group", "to propose the assignment group"),
    ("cmdb_ci", "to propose the configuration item and the service"),
    ("cmdb_rel_ci", "to know which service an item belongs to"),
    ("change_request", "to propose the change that may be the cause"),
    ("task_ci", "to know which items a change touched"),
    ("sys_journal_field", "to read notes exactly; without it they are read from the displayed text"),
)


def check(door: Door) -> tuple[Lack, ...]:
    """This will name what the integration user cannot do; a write is not tried. Raises ``Unavailable``."""
    lacks = [lack for table, why in _READS if (lack := _readable(door, table, why)) is not None]
    if any(lack.what.startswith("It cannot read incident") for lack in lacks):
        return tuple(lacks)
    zone = _zone(door)
    if zone not in ZONES:
        shown = f"is {zone}" if zone else "is not set"
        lacks.append(
            Lack(
                what=f"The time zone of {door.our_user or 'the integration user'} {shown}.",
                fix="Set the user's Time zone to GMT: ServiceNow reads the times in a search in it.",
            )
        )
    return tuple(lacks)


def listen(door: Door, *, url: str, secret: str) -> NoReturn:  # noqa: ARG001 - no call can do it
    """This will always raise ``Refused``: an administrator has to install our script."""
    raise Refused(
        "ServiceNow has no webhooks that could be switched on from outside. An administrator installs the "
        "business rule business_rule.js with this address and secret; until then Baton polls."
    )


def _readable(door: Door, table: str, why: str) -> Lack | None:
    search = Search(table=table, query="ORDERBYsys_id", fields=("sys_id",), holds=lambda _: True, limit=1)
    try:
        rows(door, search)
    except (Unauthorised, NotFound, Refused) as error:
        fix = f"Give the integration user a role that reads the table {table}."
        return Lack(what=f"It cannot read {table} ({why}): {error}", fix=fix)
    return None


def _zone(door: Door) -> str:
    try:
        return zone_of_our_user(door)
    except (Unauthorised, Refused):
        return ""
