"""May our user write in ServiceNow what a handoff writes (``trying.Writes``)?

ServiceNow has no call that tries a write, and drops what a field's access rules forbid without a word. So one
incident is made, read back, and taken away again; integration users seldom may delete, then it is cancelled.
"""

from collections.abc import Callable, Iterator
from typing import Final

from escalation.tools.contract import Proof, Sent
from escalation.tools.servicenow import files, table, write
from escalation.tools.servicenow.vocabulary import TABLE
from escalation.tools.trying import TITLE, Tried
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, Refused, TransportError, Unauthorised

CANCELLED: Final = "8"
_WORDS: Final = "Written to see whether Baton may write here. Nobody has to do anything."
_ROLE: Final = "Give the integration user a role that writes incidents, such as itil."


def untried() -> tuple[str, ...]:
    """This will name what reading does not show."""
    return (
        "whether it may create incidents, and whether they keep every field that Baton fills",
        "whether it may add work notes and files to them",
    )


def announced() -> str:
    """This will say what a trial writes."""
    return (
        f"Baton creates one incident “{TITLE}” of low priority, adds a work note and a small file, and "
        "deletes it. Where its user may not delete, the incident is cancelled and stays."
    )


def try_writing(door: Door, *, key: str) -> Tried:
    """This will create an incident, note and file, and take the incident away."""
    payload = {
        "short_description": TITLE,
        "description": _WORDS,
        "impact": "3",
        "urgency": "3",
        "correlation_id": f"baton-check:{key}",
        "correlation_display": "Baton",
    }
    try:
        made = write.create(door, payload=payload, key=key)
    except (Refused, Unauthorised) as error:
        return Tried(lacks=((f"It cannot create incidents: {error}", _ROLE),))
    except Ambiguous as error:
        return Tried(left=f"{error} An incident “{TITLE}” may stand there.", unsure=True)
    lacks = tuple(_lacks(door, made, key))
    return Tried(lacks=lacks, left=_taken_away(door, made))


def _lacks(door: Door, made: Proof, key: str) -> Iterator[tuple[str, str]]:
    if made.ignored:
        names = ", ".join(made.ignored)
        fix = "Let the integration user write them: a field's access rules or a data policy drop them."
        yield f"An incident does not keep what Baton writes into {names}.", fix
    number = made.remote.remote_id
    note = _done(lambda: write.note(door, remote_id=number, text=_WORDS, key=key, public=False))
    if note:
        yield f"It cannot add work notes: {note}", _ROLE
    small = Sent(name="baton-check.txt", content_type="text/plain", body=_WORDS.encode())
    file = _done(lambda: files.attach(door, remote_id=number, sent=small, key=key))
    if file:
        fix = "Let the integration user write attachments of incidents, also of the kind text."
        yield f"It cannot add files: {file}", fix


def _done(write_it: Callable[[], Proof]) -> str:
    """Why it was not kept, "" when it was."""
    try:
        kept = write_it()
    except TransportError as error:
        return str(error)
    return f"ServiceNow took the call and not the {', '.join(kept.ignored)}." if kept.ignored else ""


def _taken_away(door: Door, made: Proof) -> str:
    remote = made.remote
    address = f"{door.base_url}/api/now/v2/table/{TABLE}/{table.id_of_record(remote.remote_id)}"
    try:
        door.session.ask("DELETE", address, headers={"Accept": "application/json"})
    except TransportError:
        return _cancelled(door, made)
    return ""


def _cancelled(door: Door, made: Proof) -> str:
    number, fields = made.remote.number, ("sys_id", "state")
    try:
        kept = table.change(door, TABLE, made.remote.remote_id, values={"state": CANCELLED}, fields=fields)
    except TransportError as error:
        return f"{number} stays there: it could be neither deleted nor cancelled ({error}) Close it by hand."
    if kept.get("state") != CANCELLED:
        return f"{number} stays there: it could be neither deleted nor cancelled. Close it by hand."
    return f"{number} stays there, cancelled: Baton's user may not delete incidents."
