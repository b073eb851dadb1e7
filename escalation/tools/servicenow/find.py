"""Which incident carries an idempotency key?"""

from escalation.tools.contract import Remote
from escalation.tools.servicenow import table
from escalation.tools.servicenow.plain_fields import correlation_id_for, sys_id_for
from escalation.tools.servicenow.vocabulary import TABLE
from escalation.transport.door import Door
from escalation.transport.errors import NotFound

FIELDS = ("sys_id", "number", "correlation_id")


def find(door: Door, *, key: str) -> tuple[Remote, ...]:
    """This will return every incident with the key, by derived record id and by correlation id.

    Both are database reads, so what was written is found at once. An instance that drops the condition
    raises ``Refused`` instead of looking empty.
    """
    wanted = correlation_id_for(key)
    search = table.Search(
        table=TABLE,
        query=f"correlation_id={table.escaped(wanted)}^ORDERBYsys_created_on",
        fields=FIELDS,
        holds=lambda each: each.get("correlation_id") == wanted,
        limit=10,
    )
    found = {each["sys_id"]: each["number"] for each in table.rows(door, search)}
    derived = sys_id_for(key)
    if derived not in found:
        try:
            there = table.row(door, TABLE, derived, fields=FIELDS)
            found[derived] = there["number"]["value"]
        except NotFound:
            pass
    return tuple(remote(door, sys_id, number) for sys_id, number in found.items())


def remote(door: Door, sys_id: str, number: str) -> Remote:
    """This will return a record with the address at which people open it."""
    url = f"{door.base_url}/nav_to.do?uri=incident.do?sys_id={sys_id}"
    return Remote(remote_id=sys_id, number=number, url=url)
