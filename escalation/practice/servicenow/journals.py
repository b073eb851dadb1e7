"""How are work notes and comments kept and read back.

The Table API never gives a journal back raw: the field is "" and only the shown text holds the entries.
Texts with ids stand in `sys_journal_field`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from escalation.practice.servicenow.tables import DATE_FORMAT, Reader
from escalation.practice.store import Document, Store

JOURNALS: Final = {"work_notes": "Work notes", "comments": "Additional comments"}


def entries_of(store: Store, sys_id: str) -> list[Document]:
    """List the journal entries of a record, oldest first."""
    return [row for row in store.all("sys_journal_field") if row["element_id"] == sys_id]


def shown_text(reader: Reader, element: str, row: Document) -> str:
    """Write a record's journal as one text, newest entry first, each under `date - name (kind)`."""
    wanted = JOURNALS if element == "comments_and_work_notes" else {element: JOURNALS[element]}
    entries = [entry for entry in entries_of(reader.store, row["sys_id"]) if entry["element"] in wanted]
    return "".join(_shown_entry(reader, entry) for entry in reversed(entries))


def _shown_entry(reader: Reader, entry: Document) -> str:
    written = datetime.strptime(entry["sys_created_on"], DATE_FORMAT).replace(tzinfo=UTC)
    when = written.astimezone(reader.zone).strftime(DATE_FORMAT)
    who = person_named(reader.store.all("sys_user"), entry["sys_created_by"])
    return f"{when} - {who} ({JOURNALS[entry['element']]})\n{entry['value']}\n\n"


def person_named(users: Iterable[Document], user_name: str) -> str:
    """Give the full name behind a user name, or the user name itself."""
    return next((str(user["name"]) for user in users if user["user_name"] == user_name), user_name)
