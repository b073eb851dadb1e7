"""Slack as a place where something was said about a ticket (``contract.Source``).

Read only, so one HTTP call per page and person is all there is. Slack answers 200 to everything: whether a
call succeeded stands in ``ok``.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from escalation.knowledge.conversation import Conversation
from escalation.tools.contract import TicketLine
from escalation.tools.slack.calls import called, cursor_of
from escalation.tools.slack.thread import Document, authors, conversation_of, permalink
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, Unauthorised

PAGE: Final = 200
MOST_PAGES: Final = 5
MOST_PEOPLE: Final = 50


def reference_of(text: str, /) -> str:
    """This will return the permalink in a text, or ""."""
    place = permalink(text)
    return place.url if place else ""


def open_tickets(door: Door) -> tuple[TicketLine, ...]:  # noqa: ARG001 - Slack has threads, no tickets
    """This will return nothing: a thread is reached by its permalink."""
    return ()


def conversation(door: Door, reference: str) -> Conversation:
    """This will read the thread of a permalink as it stands now; raises ``NotFound``."""
    place = permalink(reference)
    if place is None:
        raise NotFound("That is no link to a Slack message.")
    messages = thread_messages(door, channel=place.channel, ts=place.ts)
    return conversation_of(messages, people=people_in(door, messages), place=place)


def thread_messages(door: Door, *, channel: str, ts: str) -> list[Document]:
    """This will read the messages of a thread, oldest first; raises ``NotFound``."""
    messages: list[Document] = []
    params = {"channel": channel, "ts": ts, "limit": str(PAGE)}
    for _ in range(MOST_PAGES):
        answer = called(door, "conversations.replies", params)
        messages += [each for each in answer.get("messages") or [] if isinstance(each, Mapping)]
        cursor = cursor_of(answer)
        if not cursor:
            break
        params["cursor"] = cursor
    return messages


def people_in(door: Door, messages: Sequence[Document]) -> dict[str, Document]:
    """This will return by id whoever wrote or is named in the messages, as far as they may be seen."""
    people = {each: _person(door, each) for each in authors(messages)[:MOST_PEOPLE]}
    return {number: person for number, person in people.items() if person}


def _person(door: Door, number: str) -> Document:
    """A person's name and zone; a thread can be read without them."""
    try:
        user = called(door, "users.info", {"user": number}).get("user")
    except (Unauthorised, Refused):
        return {}
    return user if isinstance(user, Mapping) else {}
