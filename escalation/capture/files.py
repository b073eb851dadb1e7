"""Which files does a draft hold, and how does one come in or go?

The rows are the truth: the saved state of a draft names no file, what is translated names those that travel.
A name is kept unique within the handoff, because a tool without keys knows a file by its name and size.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Final
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from escalation.knowledge.state import File, KnowledgeState
from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Status
from escalation.models import Amendment, Attachment, AttachmentBytes, Connection, Handoff
from escalation.models.attachment import LARGEST_FILE, LARGEST_TOGETHER
from escalation.models.prepared import Prepared
from escalation.translation.plain import flat

LONGEST_NAME: Final = 100
TRAVELLING: Final = Prepared(
    lambda handoff: Attachment.objects.filter(handoff_id=handoff).travelling(), handoff=UUID
)


class TooLarge(Exception):
    """The file does not fit; the text says which bound and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFile:
    """A file as it is to be kept: what had to be taken out of it is out."""

    name: str
    content_type: str  # found by its content
    body: bytes
    item: str = ""
    stripped: str = ""
    seen_in: Connection | None = None  # the tool it was fetched from
    remote_id: str = ""


@transaction.atomic
def keep_file(*, handoff: Handoff, file: NewFile, by: User | None, now: datetime) -> Attachment:
    """This will keep a file with a draft; one fetched before is put back. Raises ``TooLarge``."""
    locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
    if locked.status != Status.DRAFT:
        raise NotAllowedNow("This handoff has been sent; its files no longer change.")
    known = locked.attachments.filter(seen_in=file.seen_in, remote_id=file.remote_id).first()
    if file.remote_id and known is not None:
        known.put_back()
        return known
    return _kept(locked, file, by=by, now=now)


@transaction.atomic
def keep_with_amendment(*, amendment: Amendment, file: NewFile, by: User, now: datetime) -> Attachment:
    """This will keep a file with a correction that is not sent yet. Raises ``TooLarge``."""
    locked = Handoff.objects.select_for_update().get(pk=amendment.handoff_id)
    return _kept(locked, file, by=by, now=now, amendment=amendment)


def _kept(
    locked: Handoff, file: NewFile, *, by: User | None, now: datetime, amendment: Amendment | None = None
) -> Attachment:
    _check(locked, file, already=amendment.files.together() if amendment else 0)
    row = Attachment.objects.create(
        handoff=locked,
        amendment=amendment,
        item=file.item,
        name=_free(locked, file.name),
        content_type=file.content_type,
        size=len(file.body),
        sha256=hashlib.sha256(file.body).hexdigest(),
        stripped=file.stripped[:255],
        seen_in=file.seen_in,
        remote_id=file.remote_id,
        added_by=by,
        added_at=now,
    )
    AttachmentBytes.objects.create(attachment=row, body=file.body)
    return row


def with_files(state: KnowledgeState, *, handoff: Handoff) -> KnowledgeState:
    """This will return the state with the files that travel, as their rows say."""
    files = tuple(
        File(
            id=str(each.pk),
            name=each.name,
            content_type=each.content_type,
            size=each.size,
            item=each.item,
            stripped=each.stripped,
        )
        for each in TRAVELLING.rows(handoff=handoff.pk)
    )
    return replace(state, files=files)


def _check(handoff: Handoff, file: NewFile, *, already: int = 0) -> None:
    size = len(file.body)
    if not size:
        raise TooLarge(f"“{file.name}” is empty; nothing was kept.")
    if size > LARGEST_FILE:
        raise TooLarge(
            f"“{file.name}” has {size / 1_048_576:.1f} MB and a file may have 10 MB. "
            "Cut it to the part that shows the problem, or say where it lies."
        )
    if handoff.attachments.travelling().together() + already + size > LARGEST_TOGETHER:
        raise TooLarge(
            f"With “{file.name}” the files would have more than 25 MB together. Remove one that says less."
        )


def _free(handoff: Handoff, name: str) -> str:
    """The name without folders and control characters, numbered where the handoff has one like it."""
    plain = flat(name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:].strip(". ") or "file"
    taken = {each.casefold() for each in handoff.attachments.values_list("name", flat=True)}
    path, free, number = PurePath(plain), plain, 2
    while free.casefold() in taken:
        free, number = f"{path.stem} ({number}){path.suffix}", number + 1
    return free
