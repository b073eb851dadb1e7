"""What was noted and commented on an incident?

The Table API answers "" for a journal. The entries stand in ``sys_journal_field``, which plain ``itil``
users often may not read; then the display value holds them as one text, newest first. That text has
no ids, so one is derived from an entry's words: the same entry always gets the same.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from escalation.tools.servicenow.table import Row, Search, rows
from escalation.tools.servicenow.times import moment
from escalation.translation.plain import block, cut
from escalation.transport.door import Door
from escalation.transport.errors import Unauthorised

MOST_ENTRIES: Final = 1000
_FIELDS: Final = ("sys_id", "element", "element_id", "value", "sys_created_on", "sys_created_by")
_ELEMENTS: Final = ("work_notes", "comments")
# As in: 2026-11-23 09:05:11 - Dana Whitfield (Work notes)
_HEADER: Final = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) - (.+) \([^()\n]+\)$", re.MULTILINE)
_MARK: Final = re.compile(r"\n*\[baton:([^\[\]\s]+)\]\s*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One note or comment."""

    id: str
    internal: bool
    text: str
    author: str
    at: datetime


def marked(text: str, *, key: str, limit: int) -> str:
    """This will return a note's text that carries its key, within ``limit`` characters."""
    mark = f"\n\n[baton:{key}]"
    return cut(block(text), limit - len(mark)) + mark


def key_of(text: str) -> str:
    """This will return the key that a note of ours carries, or ""."""
    found = _MARK.search(text)
    return found[1] if found else ""


def without_mark(text: str) -> str:
    """This will return a note's text as its author wrote it."""
    return _MARK.sub("", text)


def entries(door: Door, sys_id: str, *, shown: dict[str, str]) -> tuple[Entry, ...]:
    """This will return every entry, oldest first; ``shown`` holds the display values of both journals."""
    kept = _kept(door, sys_id)
    if not kept:
        # Access rules may take the rows out without a word, so what is shown decides.
        kept = [each for element in _ELEMENTS for each in parsed(shown.get(element, ""), element=element)]
    return tuple(sorted(kept, key=lambda each: (each.at, each.id)))


def _kept(door: Door, sys_id: str) -> list[Entry]:
    def holds(each: Row) -> bool:
        return each.get("element_id") == sys_id and each.get("element") in _ELEMENTS

    search = Search(
        table="sys_journal_field",
        query=f"element_id={sys_id}^elementIN{','.join(_ELEMENTS)}^ORDERBYsys_created_on",
        fields=_FIELDS,
        holds=holds,
        limit=MOST_ENTRIES,
    )
    try:
        found = rows(door, search)
    except Unauthorised:
        return []
    return [
        Entry(
            id=each["sys_id"],
            internal=each["element"] == "work_notes",
            text=each["value"],
            author=each.get("sys_created_by", ""),
            at=moment(each["sys_created_on"]) or datetime.min.replace(tzinfo=UTC),
        )
        for each in found
    ]


def parsed(text: str, *, element: str) -> Iterator[Entry]:
    """This will read a journal's display value; text without a header that we know gives nothing."""
    text = text.replace("\r\n", "\n")
    headers = list(_HEADER.finditer(text))
    for place, header in enumerate(headers):
        end = headers[place + 1].start() if place + 1 < len(headers) else len(text)
        said = text[header.end() : end].strip("\n")
        at = moment(header[1])
        if at is None:
            continue
        identity = "\x1f".join((element, header[1], header[2], said))
        yield Entry(
            id=f"shown-{hashlib.sha256(identity.encode()).hexdigest()[:26]}",
            internal=element == "work_notes",
            text=said,
            author=header[2],
            at=at,
        )
