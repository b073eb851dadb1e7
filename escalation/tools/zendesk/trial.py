"""May our identity write in Zendesk what a handoff writes (``trying.Writes``)?

One ticket of our own, with internal comments alone, so that nobody is mailed; a note with a file; and the
ticket is deleted, or solved where the identity may not delete.
"""

from typing import Final

from escalation.tools.contract import Proof, Sent
from escalation.tools.trying import TITLE, Tried
from escalation.tools.zendesk import files, receiver
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, Refused, TransportError, Unauthorised

_WORDS: Final = "Written to see whether Baton may write here. Nobody has to do anything."
_SCOPE: Final = "Add the scope tickets:write, and use the identity of an agent who may edit tickets."


def untried() -> tuple[str, ...]:
    """This will name what reading does not show."""
    return (
        "whether it may open tickets, and whether they keep what Baton fills",
        "whether it may add internal notes and files to them",
    )


def announced() -> str:
    """This will say what a trial writes."""
    return (
        f"Baton opens one ticket “{TITLE}” in its own name with an internal note and a small file, and "
        "deletes it; nobody is mailed. Where it may not delete, the ticket is solved and stays. Your "
        "triggers see it."
    )


def try_writing(door: Door, *, key: str) -> Tried:
    """This will open a ticket, add a note with a file, and take the ticket away."""
    payload = {
        "subject": TITLE,
        "comment": {"body": _WORDS, "public": False},
        "priority": "low",
        "type": "task",
        "external_id": f"baton-check:{key}",
    }
    try:
        made = receiver.create(door, payload=payload, key=key)
    except (Refused, Unauthorised) as error:
        return Tried(lacks=((f"It cannot open tickets: {error}", _SCOPE),))
    except Ambiguous as error:
        return Tried(left=f"{error} A ticket “{TITLE}” may stand there.", unsure=True)
    lacks = []
    if made.ignored:
        fix = "Look at the triggers and fields of the tenant: something takes it out again."
        lacks.append((f"A ticket does not keep what Baton writes into {', '.join(made.ignored)}.", fix))
    small = Sent(name="baton-check.txt", content_type="text/plain", body=_WORDS.encode())
    try:
        files.attach(door, remote_id=made.remote.remote_id, sent=small, key=key)
    except TransportError as error:
        lacks.append((f"It cannot add internal notes and files: {error}", _SCOPE))
    return Tried(lacks=tuple(lacks), left=_taken_away(door, made))


def _taken_away(door: Door, made: Proof) -> str:
    number = made.remote.number
    address = f"{door.base_url}/api/v2/tickets/{made.remote.remote_id}.json"
    try:
        door.session.ask("DELETE", address)
    except TransportError:
        try:
            door.session.ask("PUT", address, body={"ticket": {"status": "solved"}})
        except TransportError as error:
            return f"{number} stays there: it could be neither deleted nor solved ({error}) Close it by hand."
        return f"{number} stays there, solved: Baton's identity may not delete tickets."
    return f"{number} is deleted; Zendesk lists it among the deleted tickets for thirty days."
