"""How do the files of a handoff come to be owed to a tool?

One delivery each, behind the record in its lane, in the confirming transaction. The row names the file and
its digest; the bytes stay where they are, for a file that was confirmed no longer changes.
"""

from datetime import datetime

from escalation.models import Attachment, Connection, Delivery, Handoff
from escalation.outbox.owe import owe
from escalation.tools.registry import tool


def owe_files(*, handoff: Handoff, connection: Connection, now: datetime) -> tuple[Delivery, ...]:
    """This will owe every file that travels with the handoff; none where the tool's records hold none."""
    if tool(connection.tool).files is None:
        return ()
    return tuple(
        owe_file(handoff=handoff, connection=connection, file=each, now=now)
        for each in handoff.attachments.travelling()
    )


def owe_file(*, handoff: Handoff, connection: Connection, file: Attachment, now: datetime) -> Delivery:
    """This will owe one file on the handoff's own record; the same file again is the same delivery."""
    values = {
        "attachment": str(file.pk),
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
        "text": f"File: {file.name}",  # what a tool that needs words beside a file says
    }
    return owe(
        handoff=handoff,
        connection=connection,
        kind=Delivery.Kind.FILE,
        once=f"file {file.pk} {connection.pk}",
        values=values,
        by=file.added_by,
        now=now,
    )
