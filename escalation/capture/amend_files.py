"""Which files come with a correction, and how do they follow it to the receiver?

Looked into and cleaned like any other. They belong to the correction alone until it is sent, and go with it
when it is given up; what was sent before is never touched.
"""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.template.defaultfilters import filesizeformat

from escalation.capture.file_kinds import NotTaken, look_into
from escalation.capture.files import NewFile, TooLarge, keep_with_amendment
from escalation.capture.take_files import MOST_AT_ONCE, Taken, Upload
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Amendment, Attachment
from escalation.outbox.files import owe_file
from escalation.tools.registry import tool
from escalation.translation.amending import Change, How

TITLE = "Files"


def add_files(*, amendment: Amendment, uploads: tuple[Upload, ...], by: User, now: datetime) -> Taken:
    """This will keep the files with an open correction; raises ``NotAllowedNow`` for anybody else's."""
    _open(amendment, by)
    kept: list[Attachment] = []
    refused: list[str] = []
    for upload in uploads[:MOST_AT_ONCE]:
        try:
            looked = look_into(name=upload.name, body=upload.body)
            file = NewFile(
                name=looked.name, content_type=looked.content_type, body=looked.body, stripped=looked.stripped
            )
            kept.append(keep_with_amendment(amendment=amendment, file=file, by=by, now=now))
        except (NotTaken, TooLarge) as error:
            refused.append(str(error))
    if len(uploads) > MOST_AT_ONCE:
        refused.append(f"Ten files at a time: {len(uploads) - MOST_AT_ONCE} were left out.")
    return Taken(kept=tuple(kept), refused=tuple(refused))


def remove_file(*, amendment: Amendment, file: UUID, by: User) -> None:
    """This will take a file out of an open correction; nobody has seen it yet."""
    _open(amendment, by)
    amendment.files.filter(pk=file).delete()


def file_changes(amendment: Amendment) -> tuple[Change, ...]:
    """This will return the files as differences, for the note and the page."""
    files = amendment.files.order_by("added_at", "pk")
    return tuple(
        Change(how=How.ADDED, title=TITLE, after=f"{each.name} ({filesizeformat(each.size)})")
        for each in files
    )


def digests(amendment: Amendment) -> list[str]:
    """This will return what the files are by their bytes, so that a press names exactly these."""
    return list(amendment.files.order_by("added_at", "pk").values_list("sha256", flat=True))


def owe_amendment_files(*, amendment: Amendment, now: datetime) -> None:
    """This will owe each file behind the note; nothing where the tool's records hold none."""
    connection = amendment.handoff.route.target
    if tool(connection.tool).files is None:
        return
    for each in amendment.files.order_by("added_at", "pk"):
        owe_file(handoff=amendment.handoff, connection=connection, file=each, now=now)


def _open(amendment: Amendment, by: User) -> None:
    row = Amendment.objects.filter(pk=amendment.pk, by=by, sent_at=None).first()
    if row is None:
        raise NotAllowedNow("This correction has been sent or given up; its files no longer change.")
