"""What happened on an incident?

Notes carry the id of their journal entry, so they are seen once however often they are read. For states
and assignments ServiceNow shows only what is so now: their key holds the record's ``sys_mod_count``,
which grows with every write, so a state that comes back later is a new update, and whoever applies
updates drops one that says what was applied last.
"""

from datetime import UTC, datetime
from typing import Final

from escalation.tools.servicenow import table
from escalation.tools.servicenow.files import INFECTED, listed
from escalation.tools.servicenow.journals import Entry, entries, without_mark
from escalation.tools.servicenow.times import moment
from escalation.tools.servicenow.vocabulary import JOURNALS, LABELS, STATES, TABLE
from escalation.tools.updates import Held, RemoteState, Update, UpdateKind
from escalation.translation.plain import flat
from escalation.transport.door import Door
from escalation.transport.errors import Refused, Unauthorised

_FIELDS: Final = (
    "sys_id", "state", "hold_reason", "assignment_group", "assigned_to", "close_code", "close_notes",
    "sys_updated_on", "sys_updated_by", "sys_mod_count", "work_notes", "comments",
    "cmdb_ci", "business_service", "caused_by",
)  # fmt: skip
# The fields that name entries of our catalog.
_REFERENCES: Final = ("business_service", "cmdb_ci", "assignment_group", "caused_by")
_Record = dict[str, dict[str, str]]


def read(door: Door, *, remote_id: str) -> tuple[Update, ...]:
    """This will return every note and the state and assignment in force; raises ``NotFound``."""
    record = table.row(door, TABLE, remote_id, fields=_FIELDS)
    shown = {name: _shown(record, name) for name in JOURNALS}
    updates = [_noted(remote_id, each) for each in entries(door, remote_id, shown=shown)]
    updates += _attached(door, remote_id)
    updates.append(_state(remote_id, record))
    if _raw(record, "assignment_group") or _raw(record, "assigned_to"):
        updates.append(_assignment(remote_id, record))
    updates += _filed(remote_id, record)
    return tuple(sorted(updates, key=lambda each: (each.at, each.key)))


def standing(door: Door, remote_id: str) -> tuple[str, Update, str]:
    """This will return the incident's number, the state in force, and how the instance calls it."""
    record = table.row(door, TABLE, remote_id, fields=(*_FIELDS, "number"))
    update = _state(remote_id, record)
    return _raw(record, "number"), update, _shown(record, "state") or _raw(record, "state")


def _attached(door: Door, remote_id: str) -> list[Update]:
    """The files of the record; an integration user without that right still hears the rest."""
    try:
        rows = listed(door, remote_id)
    except (Refused, Unauthorised):
        return []
    return [
        Update(
            key=f"file:{each.get('sys_id', '')}",
            remote_id=remote_id,
            kind=UpdateKind.FILE,
            at=moment(str(each.get("sys_created_on", ""))) or datetime.min.replace(tzinfo=UTC),
            text=flat(str(each.get("file_name", ""))),
            words="Attachment, in which ServiceNow found a virus"
            if each.get("state") == INFECTED
            else "Attachment",
            author=str(each.get("sys_created_by", "")),
            note_id=str(each.get("sys_id", "")),
        )
        for each in rows
    ]


def _noted(remote_id: str, entry: Entry) -> Update:
    return Update(
        key=f"note:{entry.id}",
        remote_id=remote_id,
        kind=UpdateKind.NOTE,
        at=entry.at,
        text=without_mark(entry.text),
        words="Work note" if entry.internal else "Additional comment",
        author=entry.author,
        internal=entry.internal,
        note_id=entry.id,
    )


def _state(remote_id: str, record: _Record) -> Update:
    raw, hold = _raw(record, "state"), _raw(record, "hold_reason")
    known, ours = STATES.get(raw, (None, ""))
    words = _shown(record, "state") or ours or raw
    reason = _shown(record, "hold_reason") if known is RemoteState.WAITING else ""
    over = known in {RemoteState.RESOLVED, RemoteState.CLOSED, RemoteState.CANCELLED}
    code = _shown(record, "close_code") if over else ""
    aside = reason or code
    return Update(
        key=f"state:{remote_id}:{raw}:{hold}:{_raw(record, 'sys_mod_count')}",
        remote_id=remote_id,
        # A state that the customer added is kept in its own words; what it means is not guessed.
        kind=UpdateKind.STATE if known else UpdateKind.UNKNOWN,
        at=_changed_at(record),
        text=_raw(record, "close_notes") if over else "",
        words=f"{words} ({aside})" if aside else words,
        author=_raw(record, "sys_updated_by"),
        state=known,
    )


def _assignment(remote_id: str, record: _Record) -> Update:
    group, person = _raw(record, "assignment_group"), _raw(record, "assigned_to")
    names = (_shown(record, "assignment_group"), _shown(record, "assigned_to"))
    return Update(
        key=f"assigned:{remote_id}:{group}:{person}:{_raw(record, 'sys_mod_count')}",
        remote_id=remote_id,
        kind=UpdateKind.ASSIGNED,
        at=_changed_at(record),
        words=", ".join(each for each in names if each),
        author=_raw(record, "sys_updated_by"),
    )


def _filed(remote_id: str, record: _Record) -> tuple[Update, ...]:
    """Item, service, group and change that the incident names as it stands."""
    held = tuple(
        Held(name=name, label=LABELS[name], entry_id=_raw(record, name), shown=flat(_shown(record, name)))
        for name in _REFERENCES
        if _raw(record, name)
    )
    if not held:
        return ()
    update = Update(
        key=f"filed:{remote_id}:{_raw(record, 'sys_mod_count')}",
        remote_id=remote_id,
        kind=UpdateKind.FIELD,
        at=_changed_at(record),
        words="; ".join(f"{each.label}: {each.shown}" for each in held),
        author=_raw(record, "sys_updated_by"),
        held=held,
    )
    return (update,)


def _changed_at(record: _Record) -> datetime:
    return moment(_raw(record, "sys_updated_on")) or datetime.min.replace(tzinfo=UTC)


def _raw(record: _Record, name: str) -> str:
    return record.get(name, {}).get("value", "")


def _shown(record: _Record, name: str) -> str:
    return record.get(name, {}).get("display_value", "")
