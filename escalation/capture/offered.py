"""Which files hang on the record a draft comes from, and how does one become its evidence?

The list is kept with the draft without addresses, for an address may open its file to whoever holds it: when
a file is taken its record is asked anew. What is fetched is looked into like an upload, whatever the tool
calls it.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.draft import own_draft
from escalation.capture.file_kinds import NotTaken
from escalation.capture.files import TooLarge
from escalation.capture.take_files import MOST_AT_ONCE, Taken, Upload, take_one
from escalation.models import Attachment, Handoff, Receipt
from escalation.models.attachment import LARGEST_FILE
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.contract import Files, RemoteFile
from escalation.tools.registry import tool
from escalation.transport.door import Door
from escalation.transport.errors import TransportError

MOST: Final = 100  # of one record; more are not listed
_TROUBLES: Final = (TransportError, NotConfigured, Unreadable)
_WEB_PAGE: Final = (b"<!doctype html", b"<html")


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One file of the record, as its tool describes it."""

    file_id: str
    name: str
    size: int  # bytes, 0 where the tool does not say
    content_type: str
    suspect: bool  # the tool says that it holds malware
    waiting: bool = False  # the tool is still looking for some


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """What the record holds; ``trouble`` says why that could not be read."""

    files: tuple[Offer, ...] = ()
    looked_at: datetime | None = None
    trouble: str = ""


def files_role(handoff: Handoff) -> Files | None:
    """This will return how files of the record are read; None without a record or where it can hold none."""
    return tool(handoff.route.source.tool).files if handoff.source_reference else None


def offered(handoff: Handoff) -> Offered:
    """This will return what was seen on the record when somebody last looked."""
    kept = handoff.offered_files or {}
    looked = kept.get("looked_at")
    return Offered(
        files=tuple(Offer(**each) for each in kept.get("files", ())),
        looked_at=datetime.fromisoformat(looked) if looked else None,
        trouble=kept.get("trouble", ""),
    )


def look(*, handoff: Handoff, now: datetime) -> Offered:
    """This will ask the tool for the record's files and keep the list; what fails is kept as its trouble."""
    role = files_role(handoff)
    if role is None:
        return Offered()
    files, trouble = offered(handoff).files, ""
    try:
        held = role.files(handoff.route.source.door(), remote_id=handoff.source_reference)
    except _TROUBLES as error:
        trouble = str(error)
    else:
        ours = _put_there_by_us(handoff)
        files = tuple(_offer(each) for each in held if each.file_id not in ours)[-MOST:]
    kept = {"files": [asdict(each) for each in files], "looked_at": now.isoformat(), "trouble": trouble}
    handoff.offered_files = kept
    Handoff.objects.filter(pk=handoff.pk).update(offered_files=kept)
    return offered(handoff)


def taken_ids(handoff: Handoff) -> frozenset[str]:
    """This will return the ids of the record's files that travel with the draft already."""
    rows = handoff.attachments.travelling().filter(seen_in=handoff.route.source)
    return frozenset(rows.values_list("remote_id", flat=True))


def take_offered(*, handoff: Handoff, file_ids: tuple[str, ...], by: User, now: datetime) -> Taken:
    """This will fetch files of the record and keep them as evidence; raises ``NotAllowedNow``.

    One that cannot be had costs the others nothing: it is named with the reason among ``refused``.
    """
    with transaction.atomic():
        own_draft(handoff, by)
    role, source = files_role(handoff), handoff.route.source
    if role is None:
        return Taken()
    try:
        door = source.door()
        held = {each.file_id: each for each in role.files(door, remote_id=handoff.source_reference)}
    except _TROUBLES as error:
        return Taken(refused=(f"{source} did not say where the files are: {error} Nothing was taken.",))
    kept: list[Attachment] = []
    refused: list[str] = []
    suggestions = 0
    for file_id in file_ids[:MOST_AT_ONCE]:
        try:
            upload = _fetched(role, door, held.get(file_id))
            upload = replace(upload, seen_in=source, remote_id=file_id)
            row, added = take_one(handoff, upload, by=by, now=now)
        except (NotTaken, TooLarge) as error:
            refused.append(str(error))
        except _TROUBLES as error:
            refused.append(f"“{held[file_id].name}” could not be fetched: {error} It is still on the ticket.")
        else:
            kept.append(row)
            suggestions += added
    if len(file_ids) > MOST_AT_ONCE:
        refused.append(f"Ten files at a time: press again for the other {len(file_ids) - MOST_AT_ONCE}.")
    return Taken(kept=tuple(kept), suggestions=suggestions, refused=tuple(refused))


def _fetched(role: Files, door: Door, file: RemoteFile | None) -> Upload:
    if file is None:
        raise NotTaken("That file is no longer on the ticket. Look again for what is there now.")
    if file.suspect:
        raise NotTaken(f"“{file.name}” holds malware, says the tool it lies in. Nothing was fetched.")
    if file.waiting:
        raise NotTaken(
            f"“{file.name}” is still being looked through for malware by the tool it lies in. Nothing was "
            "fetched; take it in a few minutes."
        )
    if file.size > LARGEST_FILE:
        raise TooLarge(
            f"“{file.name}” has {file.size / 1_048_576:.1f} MB and a file may have 10 MB. Say where it lies."
        )
    body = role.fetch(door, file=file)
    if body[:100].lstrip().lower().startswith(_WEB_PAGE) and "html" not in file.content_type:
        # Where files are private a tool may answer with its log-in page, and says that all is well.
        raise NotTaken(
            f"Instead of “{file.name}” came a web page, as to somebody who is not logged in. The owner of "
            "the connection can look whether it may read files."
        )
    if len(body) < file.size:
        raise NotTaken(f"Only a part of “{file.name}” came. Nothing of it was kept; take it again.")
    return Upload(name=file.name or "file", body=body)


def _offer(file: RemoteFile) -> Offer:
    return Offer(
        file_id=file.file_id,
        name=file.name,
        size=file.size,
        content_type=file.content_type,
        suspect=file.suspect,
        waiting=file.waiting,
    )


def _put_there_by_us(handoff: Handoff) -> frozenset[str]:
    # A record that an earlier handoff made holds the files which Baton wrote onto it: inherited already.
    made = Receipt.objects.filter(
        delivery__connection=handoff.route.source, remote_id=handoff.source_reference
    ).values_list("note_ids", flat=True)
    return frozenset(each for note_ids in made for each in note_ids)
