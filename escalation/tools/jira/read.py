"""What happened on an issue?

Comments carry their id. A status and an assignee are told as they stand now, under the id of the line in
the issue's history that made them so: the same however often it is read, another when it comes back.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from escalation.linking.entries import EntryKind
from escalation.tools.jira import site
from escalation.tools.jira.comments import listed
from escalation.tools.jira.references import KINDS, entry_id
from escalation.tools.jira.shapes import name_of, noted
from escalation.tools.jira.times import moment
from escalation.tools.jira.vocabulary import LABELS, state_of
from escalation.tools.updates import Held, RemoteState, Update, UpdateKind
from escalation.translation.plain import flat
from escalation.transport.door import Door

_FIELDS: Final = "status,resolution,assignee,project,created,attachment"
_STATUS: Final = frozenset({"status", "resolution"})
# What the history calls a change of the fields that name our catalog's entries.
_FILED: Final = frozenset({"component", "version", "affects version", "affects version/s"})
_ENDED: Final = frozenset({RemoteState.RESOLVED, RemoteState.CANCELLED})


def read(door: Door, *, remote_id: str) -> tuple[Update, ...]:
    """This will return every comment, and status and assignee in force; raises ``NotFound``."""
    path = site.issue_path(remote_id)
    issue = site.document(site.get(door, path, fields=_FIELDS, expand="changelog"))
    project_type = site.text(site.member(issue, "fields", "project").get("projectTypeKey"))
    notes = (noted(remote_id, each, project_type=project_type) for each in listed(door, remote_id))
    stands = (standing(remote_id, issue, door), _assignee(remote_id, issue), _filed(remote_id, issue))
    attached = (_attached(remote_id, each) for each in site.documents(_attachments(issue)))
    updates = [each for each in (*notes, *attached, *stands) if each is not None]
    return tuple(sorted(updates, key=lambda each: (each.at, each.key)))


def _attachments(issue: site.Document) -> object:
    return site.member(issue, "fields").get("attachment")


def _attached(remote_id: str, file: site.Document) -> Update:
    number = site.text(file.get("id"))
    return Update(
        key=f"file:{number}",
        remote_id=remote_id,
        kind=UpdateKind.FILE,
        at=moment(file.get("created")) or datetime.min.replace(tzinfo=UTC),
        text=flat(site.text(file.get("filename"))),
        words="Attachment",
        author=name_of(file.get("author")),
        note_id=number,
    )


def standing(remote_id: str, issue: site.Document, door: Door) -> Update | None:
    """This will return the status in force, of an issue that was read with its history."""
    not_fixed = str(door.settings.get("not_fixed", "")).split(",")
    status = site.member(issue, "fields", "status")
    name = flat(site.text(status.get("name")))
    if not name:
        return None
    resolution = flat(site.text(site.member(issue, "fields", "resolution").get("name")))
    category = site.text(site.member(status, "statusCategory").get("key"))
    state = state_of(category, status=name, resolution=resolution, not_fixed=not_fixed)
    line = _last(issue, _STATUS)
    aside = resolution if state in _ENDED and resolution.casefold() != name.casefold() else ""
    return Update(
        key=f"state:{remote_id}:{site.text(status.get('id'))}:{resolution}:{site.text(line.get('id'))}",
        remote_id=remote_id,
        kind=UpdateKind.STATE if state else UpdateKind.UNKNOWN,
        at=_at(line, issue),
        words=f"{name} ({aside})" if aside else name,
        author=name_of(line.get("author")),
        state=state,
    )


def _assignee(remote_id: str, issue: site.Document) -> Update | None:
    person = site.member(issue, "fields", "assignee")
    name = name_of(person)
    if not name:
        return None
    line = _last(issue, frozenset({"assignee"}))
    identity = site.text(person.get("accountId")) or site.text(person.get("name"))
    return Update(
        key=f"assigned:{remote_id}:{identity}:{site.text(line.get('id'))}",
        remote_id=remote_id,
        kind=UpdateKind.ASSIGNED,
        at=_at(line, issue),
        words=name,
        author=name_of(line.get("author")),
    )


def _filed(remote_id: str, issue: site.Document) -> Update | None:
    """Component and affected version, once somebody has changed one of them since the issue was made."""
    line = _last(issue, _FILED)
    project = site.text(site.member(issue, "fields", "project").get("key"))
    held = tuple(each for name, kind in KINDS.items() for each in _held(issue, project, name, kind))
    if not line or not held:
        return None
    return Update(
        key=f"filed:{remote_id}:{site.text(line.get('id'))}",
        remote_id=remote_id,
        kind=UpdateKind.FIELD,
        at=_at(line, issue),
        words="; ".join(f"{each.label}: {each.shown}" for each in held),
        author=name_of(line.get("author")),
        held=held,
    )


def _held(issue: site.Document, project: str, name: str, kind: EntryKind) -> Iterator[Held]:
    for each in site.documents(site.member(issue, "fields").get(name)):
        number = entry_id(project, kind, site.text(each.get("id")))
        yield Held(name=name, label=LABELS[name], entry_id=number, shown=flat(site.text(each.get("name"))))


def _last(issue: site.Document, fields: frozenset[str]) -> site.Document:
    """The newest line of the history that changed one of the fields; empty where none did."""
    lines = [
        each
        for each in site.documents(site.member(issue, "changelog").get("histories"))
        if any(site.text(item.get("field")).lower() in fields for item in site.documents(each.get("items")))
    ]
    return max(lines, key=lambda each: (str(each.get("created")), str(each.get("id"))), default={})


def _at(line: site.Document, issue: site.Document) -> datetime:
    created = site.member(issue, "fields").get("created")
    return moment(line.get("created")) or moment(created) or datetime.min.replace(tzinfo=UTC)
