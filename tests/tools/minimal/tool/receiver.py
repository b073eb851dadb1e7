"""Minimal as the tool in which a ticket is created (``contract.Receiver``)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from escalation.tools.minimal.translate import translate
from escalation.tools.minimal.vocabulary import KEY_PREFIX

from escalation.linking.entries import CatalogEntry, EntryKind
from escalation.tools.contract import CatalogPage, Proof, Remote
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, Refused

__all__ = ["catalog", "create", "find", "people", "translate"]


def find(door: Door, *, key: str) -> tuple[Remote, ...]:
    """This will return every ticket with our reference."""
    wanted = f"{KEY_PREFIX}{key}"
    found = _rows(door, "tickets", reference=wanted)
    # "Nothing found" is read as "create it": a search whose condition was dropped must not pass for one.
    if any(each.get("reference") != wanted for each in found):
        raise Refused("Minimal ignored the search for the reference; nothing was sent.")
    return tuple(_remote(door, each) for each in found)


def create(door: Door, *, payload: Mapping[str, Any], key: str) -> Proof:
    """This will create the ticket and compare what was kept of it."""
    answer = door.session.ask("POST", f"{door.base_url}/api/tickets", body=dict(payload))
    ticket = answer.json if isinstance(answer.json, Mapping) else {}
    if not ticket.get("id"):
        raise Ambiguous("Minimal's answer to a new ticket could not be understood.")
    return Proof(
        remote=_remote(door, ticket),
        kept={name: ticket.get(name) for name in payload},
        ignored=tuple(name for name, value in payload.items() if ticket.get(name) != value),
    )


def catalog(
    door: Door,
    *,
    cursor: str,
    since: datetime | None = None,
) -> CatalogPage:
    """This will return the teams."""
    teams = tuple(
        CatalogEntry(id=str(each["id"]), kind=EntryKind.ASSIGNMENT_GROUP, name=str(each["name"]))
        for each in _rows(door, "teams")
    )
    return CatalogPage(entries=teams, cursor="")


def people(door: Door, *, emails: tuple[str, ...]) -> Mapping[str, str]:
    """This will return the id of each person with exactly that address."""
    found: dict[str, str] = {}
    for email in filter(None, emails):
        for each in _rows(door, "people", email=email):
            if each.get("email") == email:
                found[email] = str(each["id"])
    return found


def _rows(door: Door, what: str, **params: str) -> list[Mapping[str, Any]]:
    answer = door.session.ask("GET", f"{door.base_url}/api/{what}", params=params)
    rows = answer.json.get(what) if isinstance(answer.json, Mapping) else None
    if not isinstance(rows, list):
        raise Refused(f"Minimal's list of {what} could not be understood.")
    return [each for each in rows if isinstance(each, Mapping)]


def _remote(door: Door, ticket: Mapping[str, Any]) -> Remote:
    number = str(ticket["id"])
    return Remote(remote_id=number, number=f"M-{number}", url=f"{door.base_url}/tickets/{number}")
