"""Who in ServiceNow has an e-mail address?"""

import re
from collections import defaultdict
from collections.abc import Mapping

from escalation.tools.servicenow.table import Search, rows
from escalation.transport.door import Door

# Narrower than RFC 5322 on purpose: whatever could be read as a part of a query is no address to look up.
_EMAIL = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?_`{|}~-]+@[A-Za-z0-9.-]+$")


def people(door: Door, *, emails: tuple[str, ...]) -> Mapping[str, str]:
    """This will return the ``sys_user`` id for each address; an address of two active users gets none."""
    wanted = {each.strip().casefold(): each for each in emails if _EMAIL.match(each.strip())}
    if not wanted:
        return {}
    search = Search(
        table="sys_user",
        query=f"emailIN{','.join(wanted)}^active=true^ORDERBYsys_id",
        fields=("sys_id", "email", "active"),
        holds=lambda each: str(each.get("email", "")).casefold() in wanted and each.get("active") == "true",
    )
    found: dict[str, list[str]] = defaultdict(list)
    for each in rows(door, search):
        found[each["email"].casefold()].append(each["sys_id"])
    return {wanted[email]: ids[0] for email, ids in found.items() if len(ids) == 1}
