"""Zendesk as the tool in which a ticket is created (``contract.Receiver``)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from escalation.linking.entries import CatalogEntry, EntryKind
from escalation.tools.contract import CatalogPage, Proof, Remote
from escalation.tools.zendesk.client import client, plain, reading
from escalation.tools.zendesk.history import comments_in
from escalation.tools.zendesk.reading import ticket_url
from escalation.tools.zendesk.shapes import Document, documents, text
from escalation.tools.zendesk.translate import translate
from escalation.tools.zendesk.vocabulary import KEY_PREFIX
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, Refused

__all__ = ["catalog", "create", "find", "people", "translate"]

MOST_GROUPS: Final = 2000
# Not sent back, or sent back in another shape: nothing to compare.
_NOT_COMPARED: Final = frozenset({"comment", "requester"})
_EMAIL: Final = re.compile(r"^[^\s\"<>,;:()]+@[A-Za-z0-9.-]+$")


def find(door: Door, *, key: str) -> tuple[Remote, ...]:
    """This will return every ticket with the key as external id: a listing, not the lagging search."""
    wanted = f"{KEY_PREFIX}{key}"
    answer = door.session.ask("GET", f"{door.base_url}/api/v2/tickets.json", params={"external_id": wanted})
    found = documents(answer.json.get("tickets") if isinstance(answer.json, Mapping) else None)
    if any(text(each.get("external_id")) != wanted for each in found):
        raise Refused("Zendesk ignored the search for the external id; nothing was sent.")
    return tuple(_remote(door, text(each.get("id"))) for each in found)


def create(door: Door, *, payload: Mapping[str, Any], key: str) -> Proof:
    """This will open the ticket; for two hours Zendesk itself answers a repetition with the first ticket."""
    # zenpy can send no header for one call, and this one matters.
    answer = door.session.ask(
        "POST",
        f"{door.base_url}/api/v2/tickets.json",
        body={"ticket": dict(payload)},
        headers={"Idempotency-Key": key},
    )
    body = answer.json if isinstance(answer.json, Mapping) else {}
    ticket, audit = body.get("ticket"), body.get("audit")
    if not isinstance(ticket, Mapping) or not text(ticket.get("id")):
        raise Ambiguous("Zendesk's answer to a new ticket could not be understood.")
    compared = [name for name in payload if name not in _NOT_COMPARED]
    notes = comments_in(audit) if isinstance(audit, Mapping) else []
    return Proof(
        remote=_remote(door, text(ticket.get("id"))),
        kept={name: ticket.get(name) for name in compared},
        ignored=tuple(name for name in compared if not _same(payload[name], ticket.get(name))),
        note_ids=tuple(text(each.get("id")) for each in notes),
    )


def catalog(
    door: Door,
    *,
    cursor: str,  # noqa: ARG001 - all groups fit on one page
    since: datetime | None = None,  # noqa: ARG001 - and are few
) -> CatalogPage:
    """This will return the groups: what a Zendesk knows by name that a ticket is assigned to."""
    with reading():
        groups = plain(client(door).groups(), most=MOST_GROUPS)
    entries = tuple(_group(each) for each in groups if each.get("deleted") is not True)
    gone = tuple(text(each.get("id")) for each in groups if each.get("deleted") is True)
    return CatalogPage(entries=entries, cursor="", gone=gone)


def people(door: Door, *, emails: tuple[str, ...]) -> Mapping[str, str]:
    """This will return the user id for each e-mail address that one user has."""
    known: dict[str, str] = {}
    with reading():
        zendesk = client(door)
        for email in emails:
            if not _EMAIL.match(email):
                continue
            users = plain(zendesk.users.search(query=f"email:{email}"), most=10)
            ids = [text(each.get("id")) for each in users if _has(each, email)]
            if len(ids) == 1:
                known[email] = ids[0]
    return known


def _remote(door: Door, number: str) -> Remote:
    return Remote(remote_id=number, number=f"#{number}", url=ticket_url(door.base_url, number))


def _group(each: Document) -> CatalogEntry:
    return CatalogEntry(
        id=text(each.get("id")),
        kind=EntryKind.ASSIGNMENT_GROUP,
        name=text(each.get("name")),
        description=text(each.get("description")),
    )


def _has(user: Document, email: str) -> bool:
    return text(user.get("email")).casefold() == email.casefold()


def _same(sent: Any, kept: Any) -> bool:
    if isinstance(sent, list) and isinstance(kept, list):
        return set(map(str, sent)) <= set(map(str, kept))  # triggers add tags of their own
    return str(sent) == text(kept)
