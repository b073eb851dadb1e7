"""What becomes of files that somebody drops on the form?

Each is looked into, cleaned and kept with the draft, or refused with a sentence; one that is refused does not
cost the others. What a recording or a log tells is suggested as diagnostic results, each quoting its line.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.draft import MOST_ITEMS, own_draft, state_of
from escalation.capture.file_kinds import Looked, NotTaken, look_into
from escalation.capture.files import NewFile, TooLarge, keep_file
from escalation.capture.window import remember
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Diagnostic, Evidence, Moment
from escalation.knowledge.words import Origin, Part, Role
from escalation.models import Attachment, Connection, Handoff

MOST_AT_ONCE = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file as it came in, by a browser or out of a tool."""

    name: str
    body: bytes
    item: str = ""  # the line of the state that it shows
    seen_in: Connection | None = None
    remote_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What was kept, how many suggestions it led to, and a sentence for each file that was refused."""

    kept: tuple[Attachment, ...] = ()
    suggestions: int = 0
    refused: tuple[str, ...] = ()


def take_files(*, handoff: Handoff, uploads: tuple[Upload, ...], item: str, by: User, now: datetime) -> Taken:
    """This will keep the files as evidence of ``item``, if the draft has it; raises ``NotAllowedNow``."""
    item = item if state_of(handoff).find(item) is not None else ""
    kept: list[Attachment] = []
    refused: list[str] = []
    suggestions = 0
    for upload in uploads[:MOST_AT_ONCE]:
        try:
            row, added = take_one(handoff, replace(upload, item=item), by=by, now=now)
        except (NotTaken, TooLarge) as error:
            refused.append(str(error))
        else:
            kept.append(row)
            suggestions += added
    if len(uploads) > MOST_AT_ONCE:
        refused.append(f"Ten files at a time: {len(uploads) - MOST_AT_ONCE} were left out.")
    return Taken(kept=tuple(kept), suggestions=suggestions, refused=tuple(refused))


@transaction.atomic
def point(*, handoff: Handoff, items: Mapping[UUID, str], by: User) -> None:
    """This will say of which item each file is evidence; a file or item of another handoff is ignored."""
    locked = own_draft(handoff, by)
    known = {item.id for _, item in state_of(locked).items()} | {""}
    for row in locked.attachments.filter(pk__in=items):
        item = items[row.pk]
        if item in known and item != row.item:
            row.item = item
            row.save(update_fields=["item"])


@transaction.atomic
def remove_file(*, handoff: Handoff, file: UUID, by: User, now: datetime) -> Attachment | None:
    """This will keep a file from travelling; ``put_file_back`` undoes it."""
    row = own_draft(handoff, by).attachments.filter(pk=file, removed_at=None).first()
    if row is not None:
        row.take_away(at=now)
    return row


@transaction.atomic
def put_file_back(*, handoff: Handoff, file: UUID, by: User) -> None:
    """This will let a removed file travel again."""
    row = own_draft(handoff, by).attachments.filter(pk=file).first()
    if row is not None:
        row.put_back()


@transaction.atomic
def take_one(handoff: Handoff, upload: Upload, *, by: User, now: datetime) -> tuple[Attachment, int]:
    """This will look into one file, keep it and suggest what it tells; returns how much that was.

    Raises ``NotTaken``, ``TooLarge`` and ``NotAllowedNow``.
    """
    looked = look_into(name=upload.name, body=upload.body)
    new = NewFile(
        name=looked.name,
        content_type=looked.content_type,
        body=looked.body,
        item=upload.item,
        stripped=looked.stripped,
        seen_in=upload.seen_in,
        remote_id=upload.remote_id,
    )
    row = keep_file(handoff=handoff, file=new, by=by, now=now)
    return row, _suggest(handoff, tuple(_findings(looked, row)), by=by)


def _suggest(handoff: Handoff, found: tuple[Diagnostic, ...], *, by: User) -> int:
    locked = own_draft(handoff, by)
    state = state_of(locked)
    ids = {each.id for _, each in state.items()}
    room = MOST_ITEMS - len(ids)
    new = tuple(each for each in found if each.id not in ids)[: max(0, room)]
    if new:
        parts: dict[str, Any] = {Part.DIAGNOSTICS.value: (*state.diagnostics, *new)}
        locked.state = to_json(replace(state, **parts))
        remember(locked, request="")  # no window has these lines yet, so none may save over them
        locked.save(update_fields=["state", "revision", "saved_from"])
    return len(new)


def _findings(looked: Looked, row: Attachment) -> Iterator[Diagnostic]:
    recording = looked.recording
    for failure in recording.failures if recording else ():
        at = Moment(words=failure.at.isoformat(), at=failure.at) if failure.at else None
        often = f" ({failure.times} times)" if failure.times > 1 else ""
        yield _finding(
            row,
            failure.line,
            check=failure.request,
            observation=f"{failure.outcome}{often}",
            error_code=failure.code,
            when=at,
        )
    for message in recording.messages if recording else ():
        yield _finding(row, message, check="Browser console", observation=message)
    for line in looked.lines:
        often = f" ({line.times} times)" if line.times > 1 else ""
        yield _finding(row, line.text, check=f"Log {row.name}", observation=f"{line.text}{often}")


def _finding(row: Attachment, line: str, **values: Any) -> Diagnostic:
    # From the words, so that the same file given twice suggests nothing twice.
    digest = hashlib.sha256(f"{row.content_type}\n{line}".encode()).hexdigest()[:16]
    quoted = Evidence(quote=line, tool="file", reference=row.name, author=row.name, author_role=Role.OTHER)
    return Diagnostic(id=f"file-{digest}", origin=Origin.FOUND, evidence=(quoted,), **values)
