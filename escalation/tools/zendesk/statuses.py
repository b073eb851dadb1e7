"""How is a ticket brought into a status (``contract.Statuses``)?

The change carries our key as the ticket's metadata, so its audit proves it. A closed ticket never changes
again.
Source: Zendesk developer documentation, "Tickets", "Ticket audits".
"""

from datetime import datetime
from typing import Any, Final

from zenpy.lib.api_objects import Ticket

from escalation.tools.contract import Proof, Remote
from escalation.tools.zendesk.client import client, reading, writing
from escalation.tools.zendesk.history import key_of, status_change
from escalation.tools.zendesk.mirror import audits_of, number_of
from escalation.tools.zendesk.reading import ticket_url
from escalation.tools.zendesk.shapes import Document, by_id, documents, text
from escalation.tools.zendesk.vocabulary import STATE_WORDS
from escalation.translation.statuses import Wanted, same_name
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError

_SET: Final = frozenset({"new", "open", "pending", "hold", "solved"})
# What may go along, beside the customer's own fields; those are named by their number.
_ALONG: Final = frozenset(
    {
        "priority",
        "type",
        "group_id",
        "assignee_id",
        "problem_id",
        "ticket_form_id",
        "brand_id",
        "custom_status_id",
    }
)


def objection(wanted: Wanted) -> str:
    """This will say why it can never be set, "" where it may."""
    try:
        _status(wanted)
        _along(wanted)
    except Refused as refusal:
        return str(refusal)
    return ""


def find_status(
    door: Door,
    *,
    remote_id: str,
    wanted: Wanted,
    key: str,
    since: datetime | None,  # noqa: ARG001 - the key of the change is proof enough
) -> Proof | None:
    """This will return the proof that the ticket stands there or was brought there under the key."""
    status = _status(wanted)
    with reading():
        zendesk = client(door)
        there = text(zendesk.tickets(id=number_of(remote_id)).to_dict().get("status"))
        changed = _change_with(zendesk, remote_id, key)
    if there == "closed":
        # Nobody can change it any more, so it is no work for anybody either.
        return _proof(door, remote_id, there, changed, ignored=() if status == "solved" else ("status",))
    return _proof(door, remote_id, status, changed) if there == status or changed else None


def set_status(door: Door, *, remote_id: str, wanted: Wanted, key: str) -> Proof:
    """This will change the ticket's status; other fields of the rules go along by their names."""
    status, along = _status(wanted), _along(wanted)
    with writing():
        zendesk = client(door)
        ticket = Ticket(id=number_of(remote_id), status=status, metadata={"baton_id": key}, **along)
        answer = zendesk.tickets.update(ticket).to_dict()
    made = answer.get("ticket") or {}
    there = text(made.get("status"))
    try:
        with reading():
            changed = _change_with(zendesk, remote_id, key)
    except TransportError:
        changed = ""
    ignored = (*(() if there == status else ("status",)), *_passed_over(wanted, made))
    return _proof(door, remote_id, there, changed, ignored=ignored)


def _along(wanted: Wanted) -> dict[str, Any]:
    """What goes along, as a ticket takes it; raises ``Refused`` for what would be no field of it."""
    found: dict[str, Any] = {}
    own: list[dict[str, Any]] = []
    for name, value in wanted.fields.items():
        if name.isascii() and name.isdigit():
            own.append({"id": int(name), "value": value})
        elif name in _ALONG:
            found[name] = (
                int(value) if name.endswith("_id") and value.isascii() and value.isdigit() else value
            )
        else:
            raise Refused(
                f"“{name}” cannot go along with a status in Zendesk; {', '.join(sorted(_ALONG))} can, and "
                "a field of your own by its number, as 360001234 = yes."
            )
    return found | ({"custom_fields": own} if own else {})


def _passed_over(wanted: Wanted, ticket: Document) -> tuple[str, ...]:
    """The fields that Zendesk did not keep: an option it does not have is passed over without a word."""
    own = by_id(documents(ticket.get("custom_fields")))
    kept = {name: ticket.get(name) for name in _ALONG} | {
        name: each.get("value") for name, each in own.items()
    }
    return tuple(name for name, value in wanted.fields.items() if text(kept.get(name)) != value)


def _status(wanted: Wanted) -> str:
    """The status by its key or by the name people read; raises ``Refused`` for what Zendesk does not have."""
    for name, shown in STATE_WORDS.items():
        if name in _SET and (same_name(wanted.status, name) or same_name(wanted.status, shown)):
            return name
    offered = ", ".join(shown for name, shown in STATE_WORDS.items() if name in _SET)
    raise Refused(f"Zendesk has no status “{wanted.status}” to set; it has {offered}.")


def _change_with(zendesk: Any, remote_id: str, key: str) -> str:
    """The key of the update that our change is told as, or ""."""
    ours = (each for each in audits_of(zendesk, remote_id) if key_of(each) == key)
    return next((found for each in ours if (found := status_change(each))), "")


def _proof(door: Door, remote_id: str, status: str, changed: str, *, ignored: tuple[str, ...] = ()) -> Proof:
    address = ticket_url(door.base_url, remote_id)
    return Proof(
        remote=Remote(remote_id=remote_id, number=f"#{remote_id}", url=address),
        kept={"status": STATE_WORDS.get(status, status)},
        ignored=ignored,
        note_ids=(changed,) if changed else (),
    )
