"""How does a ticket with its comments become a conversation? Pure.

Works on the decoded JSON of ticket, comments, users and organisation, so that recorded answers of any
shape can prove it.
"""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Source
from escalation.knowledge.words import Role
from escalation.tools.contract import TicketLine
from escalation.tools.zendesk.html_text import html_text
from escalation.tools.zendesk.shapes import Document, documents, moment, text
from escalation.translation.plain import block, cut, flat

_THREAD: Final = re.compile(
    r"https://[a-z0-9][\w.-]*\.slack\.com/archives/[A-Z0-9]{6,}/p\d{16}(?:\?[\w=&.%-]*)?", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"^(?:#|ticket\s*#?)?\s*(\d{1,18})$", re.IGNORECASE)
_URL: Final = re.compile(r"/(?:agent/|api/v2/)?(?:tickets|requests|filters/\d+/tickets)/(\d{1,18})(?:\D|$)")
EXCERPT: Final = 160


def reference_of(said: str, /) -> str:
    """This will read a ticket's number from an address, "#123" or "123"; "" when it is none."""
    said = said.strip()
    found = _REFERENCE.match(said)
    if found is None and "://" in said:
        found = _URL.search(said)
    return found[1] if found else ""


def conversation_of(
    ticket: Document, *, comments: Sequence[Document], people: Mapping[str, Document], site: str
) -> Conversation:
    """This will put a ticket together; ``people`` by id, ``site`` as "https://acme.zendesk.com"."""
    requester = people.get(text(ticket.get("requester_id")), {})
    messages = tuple(_message(each, ticket, people, site) for each in comments)
    number = text(ticket.get("id"))
    threads = dict.fromkeys(url for each in messages for url in _THREAD.findall(each.text))
    source = Source(
        tool="zendesk",
        reference=number,
        number=f"#{number}",
        url=ticket_url(site, number),
        requester=flat(text(requester.get("name"))),
        requester_email=flat(text(requester.get("email"))),
        requester_zone=zone_of(requester),
        requester_language=language_of(requester),
        organisation=flat(text(ticket.get("organization_name"))),
        priority=text(ticket.get("priority")),
        thread_urls=tuple(threads),
    )
    return Conversation(
        source=source,
        subject=flat(text(ticket.get("subject"))),
        messages=messages,
        zone=zone_of(requester) or "UTC",
    )


def ticket_line(ticket: Document, *, people: Mapping[str, Document], site: str) -> TicketLine:
    """This will return a ticket as one line of a list."""
    number = text(ticket.get("id"))
    return TicketLine(
        reference=number,
        number=f"#{number}",
        subject=flat(text(ticket.get("subject"))),
        requester=flat(text(people.get(text(ticket.get("requester_id")), {}).get("name"))),
        priority=text(ticket.get("priority")),
        updated_at=moment(ticket.get("updated_at")),
        url=ticket_url(site, number),
        excerpt=cut(flat(text(ticket.get("description"))), EXCERPT),
    )


def ticket_url(site: str, number: str) -> str:
    """This will return the address at which agents open a ticket."""
    return f"{site}/agent/tickets/{quote(number)}"


def said_in(comment: Document) -> str:
    """This will return a comment's text: from its HTML, or else from its plain forms."""
    markup = text(comment.get("html_body"))
    if markup:
        return block(html_text(markup))
    return block(html.unescape(text(comment.get("plain_body"))) or text(comment.get("body")))


def unresolved(said: str) -> str:
    """This will keep Zendesk from filling placeholders ("{{ticket.requester.email}}") in a text of ours.

    A brace of full width looks the same, is none to Zendesk, and leaves the length as it is.
    """
    return re.sub(r"\{(?=[{%])", "｛", said)


def zone_of(user: Document) -> str:
    """This will return a user's IANA zone; ``time_zone`` is a Rails label and is not asked."""
    zone = text(user.get("iana_time_zone"))
    try:
        ZoneInfo(zone)
    except (OSError, KeyError, ValueError):
        return ""
    return zone


def language_of(user: Document) -> str:
    """This will return a user's language as "de", of a locale such as "de-AT"; "" when it is none."""
    language = text(user.get("locale")).partition("-")[0].lower()
    return language if re.fullmatch(r"[a-z]{2,3}", language) else ""


def _message(comment: Document, ticket: Document, people: Mapping[str, Document], site: str) -> Message:
    number = text(ticket.get("id"))
    author_id = text(comment.get("author_id"))
    author = people.get(author_id, {})
    return Message(
        tool="zendesk",
        reference=text(comment.get("id")),
        author=flat(text(author.get("name"))) or ("Zendesk" if author_id == "-1" else "unknown"),
        role=_role(author_id, author, ticket),
        text=said_in(comment),
        at=moment(comment.get("created_at")),
        # Whatever does not say that it is public is treated as internal.
        public=comment.get("public") is True,
        permalink=f"{ticket_url(site, number)}?comment={quote(text(comment.get('id')))}",
        files=tuple(flat(text(each.get("file_name"))) for each in documents(comment.get("attachments"))),
    )


def _role(author_id: str, author: Document, ticket: Document) -> Role:
    if author_id and author_id == text(ticket.get("requester_id")):
        return Role.REQUESTER
    return Role.TECHNICIAN if author.get("role") in {"agent", "admin"} else Role.OTHER
