"""Which files does a ticket hold, and how is one added (``contract.Files``)?

A file comes onto a ticket with a comment: the bytes are uploaded first, and the token that answers is named
in an internal note. The note carries our key, so an answer that was lost is found again by it; an upload that
no note names is forgotten after an hour. Source: Zendesk developer documentation, "Ticket attachments".
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

from escalation.tools.contract import Proof, Remote, RemoteFile, Sent
from escalation.tools.zendesk.client import client, plain, reading
from escalation.tools.zendesk.history import comments_in
from escalation.tools.zendesk.mirror import find_note
from escalation.tools.zendesk.reading import ticket_url, unresolved
from escalation.tools.zendesk.shapes import Document, documents, text
from escalation.translation.plain import flat
from escalation.transport.door import Door, Upload
from escalation.transport.errors import Ambiguous, NotFound, Unavailable

MOST_COMMENTS: Final = 1000
MALWARE: Final = "malware_found"


def files(door: Door, *, remote_id: str) -> tuple[RemoteFile, ...]:
    """This will list the files of a ticket's comments, oldest first; raises ``NotFound``."""
    if not (remote_id.isascii() and remote_id.isdigit()):
        raise NotFound(f"“{remote_id[:40]}” is no number of a Zendesk ticket.")
    with reading():
        comments = plain(client(door).tickets.comments(ticket=int(remote_id)), most=MOST_COMMENTS)
    return tuple(file_of(one) for each in comments for one in documents(each.get("attachments")))


def file_of(attachment: Document) -> RemoteFile:
    """This will read one attachment of a comment."""
    size = text(attachment.get("size"))
    return RemoteFile(
        file_id=text(attachment.get("id")),
        name=flat(text(attachment.get("file_name"))),
        size=int(size) if size.isdigit() else 0,
        content_type=text(attachment.get("content_type")),
        address=text(attachment.get("content_url")),
        suspect=text(attachment.get("malware_scan_result")) == MALWARE,
    )


def find_file(door: Door, *, remote_id: str, sent: Sent, key: str) -> str:  # noqa: ARG001 - the key is enough
    """This will return the id of the comment that brought the file, or ""; raises ``NotFound``."""
    return find_note(door, remote_id=remote_id, key=key)


def attach(door: Door, *, remote_id: str, sent: Sent, key: str) -> Proof:
    """This will add one file with an internal note that names it."""
    if not (remote_id.isascii() and remote_id.isdigit()):
        raise NotFound(f"“{remote_id[:40]}” is no number of a Zendesk ticket.")
    comment = {
        "body": unresolved(f"File: {flat(sent.name)}"),
        "public": False,
        "uploads": [_uploaded(door, sent)],
    }
    answer = door.session.ask(
        "PUT",
        f"{door.base_url}/api/v2/tickets/{remote_id}.json",
        body={"ticket": {"comment": comment, "metadata": {"baton_id": key}}},
    )
    audit = answer.json.get("audit") if isinstance(answer.json, Mapping) else None
    made = comments_in(audit) if isinstance(audit, Mapping) else []
    if not made:
        raise Ambiguous("Zendesk's answer to a file could not be understood.")
    kept = [file_of(one) for each in made for one in documents(each.get("attachments"))]
    return Proof(
        remote=Remote(remote_id=remote_id, number=f"#{remote_id}", url=ticket_url(door.base_url, remote_id)),
        kept={"attachments": [each.name for each in kept]},
        note_ids=(*(text(each.get("id")) for each in made), *(each.file_id for each in kept)),
    )


def fetch(door: Door, *, file: RemoteFile) -> bytes:
    """This will read a file's bytes from where the comment says they are."""
    address = urljoin(f"{door.base_url}/", file.address)
    # Zendesk keeps files beside the tenant's address, always by https; a practice tenant itself speaks http.
    beside = urlsplit(address).scheme == "https" or address.startswith(f"{door.base_url}/")
    if not file.address or not beside:
        raise NotFound(f"Zendesk says nowhere where the file {file.name} is.")
    return door.session.get_file(address)


def _uploaded(door: Door, sent: Sent) -> str:
    """The token under which the bytes wait for a comment; made twice, the first one is forgotten there."""
    answer = door.session.put_file(
        f"{door.base_url}/api/v2/uploads.json",
        params={"filename": sent.name},
        file=Upload(name=sent.name, content_type=sent.content_type, body=sent.body),
    )
    upload = answer.json.get("upload") if isinstance(answer.json, Mapping) else None
    token = text(upload.get("token")) if isinstance(upload, Mapping) else ""
    if not token:
        raise Unavailable("Zendesk's answer to an upload could not be understood.")
    return token
