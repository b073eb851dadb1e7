"""Which files does an issue hold, and how is one added (``contract.Files``)?

A file is known by its name and size on its own issue: there is no key. The upload is a form whose part is
named ``file`` and needs a header against forged posts. Source: Jira Cloud REST v3, "Issue attachments".
"""

from typing import Final

from escalation.tools.contract import Proof, RemoteFile, Sent
from escalation.tools.jira import site
from escalation.transport.door import Door, Upload
from escalation.transport.errors import Ambiguous, NotFound

_NO_CHECK: Final = {"X-Atlassian-Token": "no-check"}


def files(door: Door, *, remote_id: str) -> tuple[RemoteFile, ...]:
    """This will list the files of an issue; raises ``NotFound``."""
    issue = site.document(site.get(door, site.issue_path(remote_id), fields="attachment"))
    return tuple(_file(each) for each in site.documents(site.member(issue, "fields").get("attachment")))


def find_file(door: Door, *, remote_id: str, sent: Sent, key: str) -> str:  # noqa: ARG001 - nothing there carries a key
    """This will return the id of the file with that name and size, or ""; raises ``NotFound``."""
    found = files(door, remote_id=remote_id)
    return next((each.file_id for each in found if (each.name, each.size) == (sent.name, len(sent.body))), "")


def attach(door: Door, *, remote_id: str, sent: Sent, key: str) -> Proof:  # noqa: ARG001 - nothing there carries a key
    """This will add one file to the issue."""
    upload = Upload(
        name=sent.name, content_type=sent.content_type, body=sent.body, part="file", headers=_NO_CHECK
    )
    address = site.address(door, site.issue_path(remote_id, "/attachments"))
    made = site.documents(door.session.put_file(address, file=upload).json)
    if not made or not site.text(made[0].get("id")):
        raise Ambiguous("Jira's answer to a file could not be understood.")
    kept = _file(made[0])
    return Proof(
        remote=site.remote_of(door, {"id": remote_id}),
        kept={"filename": kept.name, "size": kept.size},
        ignored=() if kept.size == len(sent.body) else ("size",),
        note_ids=(kept.file_id,),
    )


def fetch(door: Door, *, file: RemoteFile) -> bytes:
    """This will read a file's bytes; Jira sends a reader on to where it keeps them."""
    if not file.file_id.isdigit():
        raise NotFound(f"“{file.file_id[:40]}” is no id of a Jira attachment.")
    return door.session.get_file(site.address(door, f"/attachment/content/{file.file_id}"))


def _file(row: site.Document) -> RemoteFile:
    size = site.text(row.get("size"))
    return RemoteFile(
        file_id=site.text(row.get("id")),
        name=site.text(row.get("filename")),
        size=int(size) if size.isdigit() else 0,
        content_type=site.text(row.get("mimeType")),
    )
