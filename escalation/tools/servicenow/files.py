"""Which files does an incident hold, and how is one added (``contract.Files``)?

By the Attachment API. It has no key, so a file is known by its name and size on its own incident; the
listing is a database read and shows at once what was written. Where the instance scans for viruses a file is
given to nobody before that is done, and never when one was found. Source: ServiceNow product documentation,
"Attachment API", "Antivirus Scanning".
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.tools.contract import Proof, RemoteFile, Sent
from escalation.tools.servicenow.find import remote
from escalation.tools.servicenow.table import id_of_record
from escalation.tools.servicenow.vocabulary import TABLE
from escalation.transport.door import Door, Upload
from escalation.transport.errors import Ambiguous, Unavailable

_BASE: Final = "/api/now/attachment"
_MOST: Final = 200
# States of a row of ``sys_attachment``; an instance that does not scan has "available" or none.
PENDING: Final = "pending"
INFECTED: Final = "not_available"


def files(door: Door, *, remote_id: str) -> tuple[RemoteFile, ...]:
    """This will list the files of an incident, oldest first; raises ``NotFound``."""
    return tuple(_file(each) for each in listed(door, remote_id))


def listed(door: Door, remote_id: str) -> tuple[Mapping[str, Any], ...]:
    """This will return the incident's rows of ``sys_attachment``; what is another record's is left out."""
    query = f"table_name={TABLE}^table_sys_id={id_of_record(remote_id)}^ORDERBYsys_created_on"
    answer = door.session.ask(
        "GET",
        f"{door.base_url}{_BASE}",
        params={"sysparm_query": query, "sysparm_limit": str(_MOST)},
        headers={"Accept": "application/json", "Content-Type": "application/json"},
    )
    rows = answer.json.get("result") if isinstance(answer.json, Mapping) else None
    if not isinstance(rows, list):
        raise Unavailable("ServiceNow's answer is not a list of attachments.")
    return tuple(each for each in rows if isinstance(each, Mapping) and each.get("table_sys_id") == remote_id)


def find_file(door: Door, *, remote_id: str, sent: Sent, key: str) -> str:  # noqa: ARG001 - nothing there carries a key
    """This will return the id of the file with that name and size, or ""; raises ``NotFound``."""
    found = files(door, remote_id=remote_id)
    return next((each.file_id for each in found if (each.name, each.size) == (sent.name, len(sent.body))), "")


def attach(door: Door, *, remote_id: str, sent: Sent, key: str) -> Proof:  # noqa: ARG001 - nothing there carries a key
    """This will add one file to the incident."""
    answer = door.session.put_file(
        f"{door.base_url}{_BASE}/file",
        params={"table_name": TABLE, "table_sys_id": id_of_record(remote_id), "file_name": sent.name},
        file=Upload(name=sent.name, content_type=sent.content_type, body=sent.body),
    )
    made = answer.json.get("result") if isinstance(answer.json, Mapping) else None
    if not isinstance(made, Mapping) or not made.get("sys_id"):
        raise Ambiguous("ServiceNow's answer to a file could not be understood.")
    kept = _file(made)
    return Proof(
        remote=remote(door, remote_id, ""),
        kept={"file_name": kept.name, "size_bytes": kept.size},
        ignored=() if kept.size == len(sent.body) else ("size_bytes",),
        note_ids=(kept.file_id,),
    )


def fetch(door: Door, *, file: RemoteFile) -> bytes:
    """This will read a file's bytes."""
    return door.session.get_file(f"{door.base_url}{_BASE}/{id_of_record(file.file_id)}/file")


def _file(row: Mapping[str, Any]) -> RemoteFile:
    size = str(row.get("size_bytes", ""))
    return RemoteFile(
        file_id=str(row.get("sys_id", "")),
        name=str(row.get("file_name", "")),
        size=int(size) if size.isdigit() else 0,
        content_type=str(row.get("content_type", "")),
        suspect=row.get("state") == INFECTED,
        waiting=row.get("state") == PENDING,
    )
