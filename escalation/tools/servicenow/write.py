"""How is something written into ServiceNow, and what did it keep?

Unknown or protected fields are ignored there without a word, so the answer is compared with what was
sent. A note goes into work notes; only ``public`` lets it into the comments that the caller sees.
"""

from collections.abc import Mapping
from typing import Any

from escalation.tools.contract import Proof
from escalation.tools.servicenow import table
from escalation.tools.servicenow.find import remote
from escalation.tools.servicenow.journals import Entry, entries, key_of, marked
from escalation.tools.servicenow.vocabulary import JOURNALS, LIMITS, TABLE
from escalation.transport.door import Door
from escalation.transport.errors import TransportError

_JOURNAL_FIELDS = ("sys_id", "number", "work_notes", "comments")


def create(door: Door, *, payload: Mapping[str, Any], key: str) -> Proof:  # noqa: ARG001 - the payload carries it
    """This will create the incident from a confirmed payload."""
    fields = dict.fromkeys(("sys_id", "number", *(name for name in payload if name not in JOURNALS)))
    kept = table.insert(door, TABLE, values=payload, fields=fields)
    ignored = tuple(
        name
        for name, value in payload.items()
        if name not in JOURNALS and _plain(kept.get(name, "")) != _plain(str(value))
    )
    return Proof(
        remote=remote(door, kept["sys_id"], kept["number"]),
        kept={name: value for name, value in kept.items() if name in payload},
        ignored=ignored,
        note_ids=_ids_of_text(door, kept["sys_id"], str(payload.get("work_notes", ""))),
    )


def note(door: Door, *, remote_id: str, text: str, key: str, public: bool) -> Proof:
    """This will add one work note, or with ``public`` one comment that the caller reads."""
    element = "comments" if public else "work_notes"
    values = {element: marked(text, key=key, limit=LIMITS["work_notes"])}
    kept = table.change(door, TABLE, remote_id, values=values, fields=("sys_id", "number"))
    found = _after_write(door, remote_id)
    ours = tuple(each.id for each in found if key_of(each.text) == key)
    return Proof(
        remote=remote(door, kept["sys_id"], kept["number"]),
        kept=values if ours else {},
        # Entries can be read and ours is not among them: the field was not taken.
        ignored=(element,) if found and not ours else (),
        note_ids=ours,
    )


def find_note(door: Door, *, remote_id: str, key: str) -> str:
    """This will return the id of the entry that carries the key, or ""; raises ``NotFound``."""
    return next((each.id for each in journal(door, remote_id) if key_of(each.text) == key), "")


def journal(door: Door, remote_id: str) -> tuple[Entry, ...]:
    """This will return every note and comment of an incident."""
    there = table.row(door, TABLE, remote_id, fields=_JOURNAL_FIELDS)
    shown = {name: there.get(name, {}).get("display_value", "") for name in JOURNALS}
    return entries(door, remote_id, shown=shown)


def _after_write(door: Door, remote_id: str) -> tuple[Entry, ...]:
    """The write has happened; that it cannot be read back now must not look like a failure of it."""
    try:
        return journal(door, remote_id)
    except TransportError:
        return ()


def _ids_of_text(door: Door, remote_id: str, text: str) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(each.id for each in _after_write(door, remote_id) if _plain(each.text) == _plain(text))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
