"""How does a handoff begin: from a ticket, or from text that somebody pasted?

Reads the conversation where it is, keeps it as a dated snapshot, and puts what extraction found into
the state as suggestions. A chat thread that cannot be read does not stop the handoff; it is said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.foremost import later
from escalation.extraction.paste import conversation_from_text
from escalation.extraction.prefill import Candidate, Prefill, prefill
from escalation.knowledge.codec import conversation_to_json, to_json
from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import KnowledgeState, Source
from escalation.knowledge.words import Part
from escalation.lifecycle.words import Status
from escalation.models import ChatThread, Connection, Entry, Handoff, Receipt, Route
from escalation.models.connection import NotConfigured
from escalation.timeline.record import Line, record
from escalation.tools.contract import TicketLine
from escalation.tools.registry import tool
from escalation.transport.errors import NotFound, TransportError

CHAT = "slack"
LONGEST_PASTE = 200_000  # characters; a longer one is a log, which belongs into an attachment


class NoSource(Exception):
    """The connection's tool holds no tickets that could be escalated."""


class TooLong(Exception):
    """The pasted text is longer than a conversation; the text says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """What a handoff begins with."""

    conversation: Conversation
    notes: tuple[str, ...] = ()  # what could not be read, for the technician
    people: Mapping[str, str] = field(default_factory=dict)  # the requester as the receiver's tool knows them


def open_tickets(*, connection: Connection) -> tuple[TicketLine, ...]:
    """This will list the open tickets of a connection; raises the errors of transport."""
    source = tool(connection.tool).source
    if source is None:
        raise NoSource(f"{connection.name} holds no tickets that could be escalated.")
    return source.open_tickets(connection.door())


def reference_of(*, connection: Connection, text: str) -> str:
    """This will read a ticket's reference from what a person pasted; "" when it is none."""
    source = tool(connection.tool).source
    return source.reference_of(text) if source else ""


def draft_of(*, route: Route, reference: str, by: User) -> Handoff | None:
    """This will return the draft that somebody already has of a ticket."""
    return Handoff.objects.drafts_of(by).filter(route=route, source_reference=reference).first()


def read_ticket(*, route: Route, reference: str) -> Begun:
    """This will read a ticket where it is, with its chat threads, and look its requester up.

    It calls tools and writes what those calls renew, so no transaction may be open around it: one that is
    rolled back would take new tokens with it. Raises the errors of transport; ``NotFound`` when there is no
    such ticket.
    """
    source = tool(route.source.tool).source
    if source is None:
        raise NoSource(f"{route.source.name} holds no tickets that could be escalated.")
    begun = _with_threads(source.conversation(route.source.door(), reference))
    return replace(begun, people=_people(route, email=begun.conversation.source.requester_email))


def begin_from_ticket(*, route: Route, begun: Begun, by: User, now: datetime) -> Handoff:
    """This will begin a handoff from a ticket that was read, or return the draft its author already has."""
    reference = begun.conversation.source.reference
    return draft_of(route=route, reference=reference, by=by) or _begin(
        route=route, begun=begun, by=by, now=now
    )


def start_from_ticket(*, route: Route, reference: str, by: User, now: datetime) -> Handoff:
    """This will read a ticket and begin a handoff from it, or return the draft its author already has of it.

    Raises what ``read_ticket`` raises.
    """
    earlier = draft_of(route=route, reference=reference, by=by)
    if earlier is not None:
        return earlier
    begun = read_ticket(route=route, reference=reference)
    return begin_from_ticket(route=route, begun=begun, by=by, now=now)


def start_from_text(*, route: Route, text: str, by: User, now: datetime) -> Handoff:
    """This will begin a handoff from pasted chat, mail or notes; raises ``TooLong``."""
    if len(text) > LONGEST_PASTE:
        raise TooLong(
            f"That is {len(text):,} characters. Paste the conversation, and attach the log instead."
        )
    source = Source(tool="text", reference="")
    conversation = conversation_from_text(text, source=source, at=now, zone=route.sender.zone)
    return _begin(route=route, begun=Begun(conversation=conversation), by=by, now=now)


def start_empty(*, route: Route, by: User, now: datetime) -> Handoff:
    """This will begin a handoff of which nothing is written down yet: somebody called."""
    source = Source(tool="text", reference="")
    conversation = Conversation(source=source, subject="", zone=route.sender.zone)
    return _begin(route=route, begun=Begun(conversation=conversation), by=by, now=now)


def find_people(*, handoff: Handoff) -> None:
    """This will look the requester up in the receiver's tool, once; a tool that is down is asked later."""
    source = (handoff.state or {}).get("source") or {}
    if handoff.people:
        return
    found = _people(handoff.route, email=source.get("requester_email", ""))
    if found:
        handoff.people = found
        handoff.save(update_fields=["people"])


def follow_threads(*, handoff: Handoff, urls: Iterable[str]) -> None:
    """This will note which chat threads belong to the handoff, so that what is said there later is seen."""
    chat = tool(CHAT).chat
    connection = Connection.objects.filter(tool=CHAT).order_by("name").first()
    if chat is None or connection is None:
        return
    threads = [thread for url in urls if (thread := chat.thread_of(url))]
    ChatThread.objects.bulk_create(
        [
            ChatThread(handoff=handoff, connection=connection, remote_id=each)
            for each in dict.fromkeys(threads)
        ],
        ignore_conflicts=True,
    )


def _begin(*, route: Route, begun: Begun, by: User, now: datetime) -> Handoff:
    conversation = begun.conversation
    heard = _without_our_notes(conversation, connection=route.source)
    state = _state(conversation, prefill(heard))
    waiting = later(state)
    state = _at_the_end(state, waiting)
    with transaction.atomic():
        handoff = Handoff.objects.create(
            route=route,
            author=by,
            status=Status.DRAFT,
            summary=state.summary[:255],
            state=to_json(state),
            conversation=conversation_to_json(conversation)
            | {"notes": list(begun.notes), "later": list(waiting)},
            people=dict(begun.people),
            source_reference=conversation.source.reference,
            source_number=conversation.source.number,
            created_at=now,
            saved_at=now,
        )
        line = Line(kind=Entry.Kind.STARTED, happened_at=now, by=by, tool=conversation.source.tool)
        record(handoff=handoff, line=line, now=now)
        follow_threads(handoff=handoff, urls=conversation.source.thread_urls)
    return handoff


def _people(route: Route, *, email: str) -> dict[str, str]:
    """The person with that address in the receiver's tool; nobody where it has none, or does not answer."""
    receiver = tool(route.target.tool).receiver
    if not email or receiver is None:
        return {}
    try:
        return dict(receiver.people(route.target.door(), emails=(email,)))
    except (TransportError, NotConfigured):
        return {}


def _at_the_end(state: KnowledgeState, ids: tuple[str, ...]) -> KnowledgeState:
    parts: dict[str, Any] = {
        part.value: tuple(sorted(state.part(part), key=lambda item: item.id in ids)) for part in Part
    }
    return replace(state, **parts)


def _without_our_notes(conversation: Conversation, *, connection: Connection) -> Conversation:
    # A ticket that was handed off before holds what Baton wrote on it: told already, and not by the user.
    receipts = Receipt.objects.filter(
        delivery__connection=connection, remote_id=conversation.source.reference
    ).values_list("note_ids", flat=True)
    ours = {note_id for note_ids in receipts for note_id in note_ids}
    return replace(
        conversation, messages=tuple(each for each in conversation.messages if each.reference not in ours)
    )


def _state(conversation: Conversation, found: Prefill) -> KnowledgeState:
    parts: dict[str, Any] = {
        part.value: tuple(each.item for each in _once(found) if each.part is part) for part in Part
    }
    return KnowledgeState(summary=found.summary, ask=found.ask, source=conversation.source, **parts)


def _once(found: Prefill) -> Iterator[Candidate]:
    """A sentence that is the ask, or stands in a more telling part, is not read again as a fact."""
    elsewhere = {_quote(each) for each in found.candidates if each.part is not Part.FACTS} | {found.ask}
    return (each for each in found.candidates if each.part is not Part.FACTS or _quote(each) not in elsewhere)


def _quote(candidate: Candidate) -> str:
    return candidate.item.evidence[0].quote if candidate.item.evidence else ""


def _with_threads(conversation: Conversation) -> Begun:
    messages: list[tuple[Message, ...]] = [conversation.messages]
    notes: list[str] = []
    for url in conversation.source.thread_urls:
        try:
            messages.append(_thread(url))
        except (TransportError, NotConfigured) as error:
            notes.append(f"The chat thread {url} could not be read: {error}")
    together = sorted(chain.from_iterable(messages), key=lambda message: (message.at is None, message.at))
    return Begun(conversation=replace(conversation, messages=tuple(together)), notes=tuple(notes))


def _thread(url: str) -> tuple[Message, ...]:
    chat = tool(CHAT).source
    connection = Connection.objects.filter(tool=CHAT).order_by("name").first()
    if chat is None or connection is None:
        raise NotFound("no chat is connected.")
    return chat.conversation(connection.door(), url).messages
