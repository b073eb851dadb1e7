"""What do a ticket's audits say that happened? Pure.

Audits are Zendesk's history: each change has its own id, so reading them again gives the same updates.
A comment's id is the same in an audit, in the list of comments and in a webhook.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from escalation.tools.updates import RemoteState, Update, UpdateKind
from escalation.tools.zendesk.reading import said_in
from escalation.tools.zendesk.shapes import Document, documents, moment, text
from escalation.tools.zendesk.vocabulary import STATE_WORDS, STATES
from escalation.translation.plain import flat

_ASSIGNED: Final = frozenset({"assignee_id", "group_id"})
_FIELDS: Final = {"priority": "Priority", "type": "Type", "subject": "Subject"}
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def updates_of(remote_id: str, audits: Sequence[Document], *, names: Mapping[str, str]) -> tuple[Update, ...]:
    """This will return the updates of a ticket, oldest first; ``names`` of users and groups by id."""
    found = [each for audit in audits for each in _of_audit(remote_id, audit, names)]
    return tuple(sorted(found, key=lambda each: (each.at, each.key)))


def note_with_key(audits: Sequence[Document], key: str) -> str:
    """This will return the id of the comment whose audit carries our key, or ""."""
    for audit in audits:
        if key_of(audit) == key:
            return next((text(each.get("id")) for each in comments_in(audit)), "")
    return ""


def key_of(audit: Document) -> str:
    """This will return the key that we sent as ticket metadata, or ""."""
    metadata = audit.get("metadata")
    custom = metadata.get("custom") if isinstance(metadata, Mapping) else None
    return text(custom.get("baton_id")) if isinstance(custom, Mapping) else ""


def comments_in(audit: Document) -> list[Document]:
    """This will return the comment events of an audit: one, or none."""
    return [each for each in documents(audit.get("events")) if text(each.get("type")).endswith("Comment")]


def status_change(audit: Document) -> str:
    """This will return the key of the update that an audit's change of status is told as, or ""."""
    for event in documents(audit.get("events")):
        if event.get("type") == "Change" and event.get("field_name") == "status":
            return f"event:{text(event.get('id'))}"
    return ""


def people_in(audits: Sequence[Document]) -> Iterator[str]:
    """This will go through the ids of everyone an audit names."""
    for audit in audits:
        yield text(audit.get("author_id"))
        for event in documents(audit.get("events")):
            yield text(event.get("author_id"))
            if event.get("field_name") == "assignee_id":
                yield text(event.get("value"))


def _of_audit(remote_id: str, audit: Document, names: Mapping[str, str]) -> Iterator[Update]:
    at = moment(audit.get("created_at")) or _LONG_AGO
    author = names.get(text(audit.get("author_id")), "")
    for event in documents(audit.get("events")):
        kind = text(event.get("type"))
        if kind.endswith("Comment"):
            by = names.get(text(event.get("author_id")), author)
            yield _noted(remote_id, event, at=at, author=by)
            for file in documents(event.get("attachments")):
                yield _attached(remote_id, file, event, at=at, author=by)
        elif kind in {"Create", "Change"}:
            changed = _changed(event, names)
            if changed is not None:
                key = f"event:{text(event.get('id'))}"
                yield replace(changed, key=key, remote_id=remote_id, at=at, author=author)


def _noted(remote_id: str, event: Document, *, at: datetime, author: str) -> Update:
    note_id = text(event.get("id"))
    internal = event.get("public") is not True
    return Update(
        key=f"note:{note_id}",
        remote_id=remote_id,
        kind=UpdateKind.NOTE,
        at=at,
        text=said_in(event),
        words="Internal note" if internal else "Public reply",
        author=author,
        internal=internal,
        note_id=note_id,
    )


def _attached(remote_id: str, file: Document, event: Document, *, at: datetime, author: str) -> Update:
    number = text(file.get("id"))
    return Update(
        key=f"file:{number}",
        remote_id=remote_id,
        kind=UpdateKind.FILE,
        at=at,
        text=flat(text(file.get("file_name"))),
        words="Attachment",
        author=author,
        internal=event.get("public") is not True,
        note_id=number,
    )


def _changed(event: Document, names: Mapping[str, str]) -> Update | None:
    """The update of a changed field, still without its record; None where nobody needs to hear of it."""
    name, value = text(event.get("field_name")), text(event.get("value"))
    blank = Update(key="", remote_id="", kind=UpdateKind.FIELD, at=_LONG_AGO)
    if name == "status":
        state: RemoteState | None = STATES.get(value)
        kind = UpdateKind.STATE if state else UpdateKind.UNKNOWN
        return replace(blank, kind=kind, state=state, words=STATE_WORDS.get(value, flat(value)))
    if name in _ASSIGNED:
        return (
            replace(blank, kind=UpdateKind.ASSIGNED, words=names.get(value, "") or "nobody")
            if value
            else None
        )
    if name in _FIELDS and event.get("type") == "Change":
        return replace(blank, words=f"{_FIELDS[name]}: {flat(value) or 'none'}")
    return None
