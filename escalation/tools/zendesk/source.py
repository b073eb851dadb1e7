"""Zendesk as the tool whose tickets can be escalated (``contract.Source``)."""

from collections.abc import Iterable
from typing import Any, Final

from escalation.knowledge.conversation import Conversation
from escalation.tools.contract import TicketLine
from escalation.tools.zendesk.client import client, plain, reading
from escalation.tools.zendesk.reading import conversation_of, reference_of, ticket_line
from escalation.tools.zendesk.shapes import Document, by_id, text
from escalation.tools.zendesk.vocabulary import OPEN_STATES
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Unauthorised

__all__ = ["conversation", "open_tickets", "people_of", "reference_of"]

MOST_TICKETS: Final = 100
MOST_COMMENTS: Final = 1000
_PAGE: Final = 100


def open_tickets(door: Door) -> tuple[TicketLine, ...]:
    """This will list the open tickets, most recently updated first, at most 100."""
    with reading():
        zendesk = client(door)
        # A page holds 100 by itself; zenpy would write per_page into the query's words.
        found = zendesk.search(
            type="ticket", status_less_than="solved", sort_by="updated_at", sort_order="desc"
        )
        tickets = [each for each in plain(found, most=MOST_TICKETS) if each.get("status") in OPEN_STATES]
        people = people_of(zendesk, (each.get("requester_id") for each in tickets))
    lines = [ticket_line(each, people=people, site=door.base_url) for each in tickets]
    return tuple(sorted(lines, key=lambda each: str(each.updated_at or ""), reverse=True))


def conversation(door: Door, reference: str) -> Conversation:
    """This will read a ticket with everything said on it; raises ``NotFound``."""
    if not reference.isascii() or not reference.isdigit():
        raise NotFound(f"“{reference[:40]}” is no number of a Zendesk ticket.")
    with reading():
        zendesk = client(door)
        ticket = dict(zendesk.tickets(id=int(reference)).to_dict())
        comments = plain(zendesk.tickets.comments(ticket=int(reference)), most=MOST_COMMENTS)
        authors = [each.get("author_id") for each in comments]
        people = people_of(zendesk, (ticket.get("requester_id"), *authors))
        ticket["organization_name"] = _organisation(zendesk, ticket)
    return conversation_of(ticket, comments=comments, people=people, site=door.base_url)


def people_of(zendesk: Any, ids: Iterable[Any]) -> dict[str, Document]:
    """This will return the users by id, in as few calls as Zendesk's limit of 100 ids allows."""
    wanted = sorted({int(each) for each in ids if text(each).isdigit()})
    people: dict[str, Document] = {}
    for start in range(0, len(wanted), _PAGE):
        part = wanted[start : start + _PAGE]
        people |= by_id(plain(zendesk.users(ids=part), most=len(part)))
    return people


def _organisation(zendesk: Any, ticket: Document) -> str:
    """The organisation's name; an agent who may not see it can still hand the ticket on."""
    number = text(ticket.get("organization_id"))
    if not number.isdigit():
        return ""
    try:
        return text(zendesk.organizations(id=int(number)).to_dict().get("name"))
    except (NotFound, Unauthorised):
        return ""
