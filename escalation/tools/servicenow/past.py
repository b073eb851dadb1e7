"""Which incidents were resolved before Baton came, who had them in turn, and what were they filed under?

By ascending ``sys_id``, so that the last one read is where it goes on. Who had an incident stands in the
audit (`sys_audit`), which an integration user may have no right to: then only the number of reassignments is
known.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Final

from escalation.tools.history import Past, PastPage
from escalation.tools.servicenow.table import Row, Search, rows
from escalation.tools.servicenow.times import moment, written
from escalation.tools.servicenow.vocabulary import DISPLAY, TABLE
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused

PAGE: Final = 100
_FILED: Final = ("cmdb_ci", "business_service", "assignment_group")
_FIELDS: Final = (
    "sys_id", "number", "short_description", "description", "category", "opened_at", "resolved_at",
    "reassignment_count", "correlation_display", *_FILED,
)  # fmt: skip
_AUDIT: Final = ("documentkey", "fieldname", "oldvalue", "newvalue", "sys_created_on")


def past(
    door: Door,
    *,
    cursor: str,
    since: datetime,
    now: datetime,  # noqa: ARG001 - the tool counts by the clock
) -> PastPage:
    """This will return the next page of what was opened since then and is resolved."""
    found = rows(door, _search(cursor, since))
    if not found:
        return PastPage(records=(), cursor="")
    theirs = [each for each in found if each.get("correlation_display") != DISPLAY]
    holders = _holders(door, theirs)
    made = (_past(each, (holders or {}).get(each["sys_id"], ())) for each in theirs)
    return PastPage(
        records=tuple(each for each in made if each is not None),
        cursor=found[-1]["sys_id"],
        holders_known=holders is not None,
    )


def _search(cursor: str, since: datetime) -> Search:
    def holds(each: Row) -> bool:
        return str(each.get("sys_id", "")) > cursor and bool(each.get("resolved_at"))

    return Search(
        table=TABLE,
        query=f"sys_id>{cursor}^opened_at>={written(since)}^resolved_atISNOTEMPTY^ORDERBYsys_id",
        fields=_FIELDS,
        holds=holds,
        limit=PAGE,
    )


def _holders(door: Door, found: list[dict[str, str]]) -> Mapping[str, tuple[str, ...]] | None:
    """The groups that had each incident, in turn; None where the audit may not be read."""
    moved = {each["sys_id"] for each in found if _count(each)}
    if not moved:
        return {each["sys_id"]: _only(each) for each in found}
    search = Search(
        table="sys_audit",
        query=f"tablename={TABLE}^fieldname=assignment_group^documentkeyIN{','.join(sorted(moved))}"
        "^ORDERBYsys_created_on",
        fields=_AUDIT,
        holds=lambda each: each.get("documentkey") in moved and each.get("fieldname") == "assignment_group",
        limit=PAGE * 20,
    )
    try:
        lines = rows(door, search)
    except (NotFound, Refused):
        return None
    if not lines:
        return None  # a right that is missing shows as nothing at all
    groups: dict[str, list[str]] = defaultdict(list)
    for each in sorted(lines, key=lambda line: line["sys_created_on"]):
        groups[each["documentkey"]] += [each["oldvalue"], each["newvalue"]]
    turns = {key: tuple(group for group, _ in groupby(filter(None, each))) for key, each in groups.items()}
    return {each["sys_id"]: turns.get(each["sys_id"]) or _only(each) for each in found}


def _past(each: Row, holders: tuple[str, ...]) -> Past | None:
    opened, resolved = moment(each["opened_at"]), moment(each["resolved_at"])
    if opened is None or resolved is None or resolved < opened:
        return None
    return Past(
        remote_id=each["sys_id"],
        number=each["number"],
        text=f"{each['short_description']}\n{each['description']}".strip(),
        opened_at=opened,
        resolved_at=resolved,
        reassignments=_count(each),
        holders=holders,
        filed=tuple(each[name] for name in _FILED if each.get(name)),
        category=each.get("category", ""),
    )


def _only(each: Row) -> tuple[str, ...]:
    return (each["assignment_group"],) if each.get("assignment_group") else ()


def _count(each: Row) -> int:
    written_count = str(each.get("reassignment_count", ""))
    return int(written_count) if written_count.isdecimal() else 0
