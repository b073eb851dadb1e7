"""Slack as a place where something was said about a ticket (``contract.Source``).

Read only, so one HTTP call per page and person is all there is. Slack answers 200 to everything: whether a
call succeeded stands in ``ok``.
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.knowledge.conversation import Conversation
from escalation.tools.contract import TicketLine
from escalation.tools.slack.thread import Document, authors, conversation_of, permalink
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, TransportError, Unauthorised, Unavailable

PAGE: Final = 200
MOST_PAGES: Final = 5
MOST_PEOPLE: Final = 50
_OUR_TOKEN: Final = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required"}
)
_NOT_THERE: Final = frozenset(
    {"channel_not_found", "thread_not_found", "message_not_found", "user_not_found"}
)
_LATER: Final = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable"}
)


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
    messages: list[Document] = []
    params = {"channel": place.channel, "ts": place.ts, "limit": str(PAGE)}
    for _ in range(MOST_PAGES):
        answer = _call(door, "conversations.replies", params)
        messages += [each for each in answer.get("messages") or [] if isinstance(each, Mapping)]
        further = answer.get("response_metadata")
        cursor = further.get("next_cursor") if isinstance(further, Mapping) else ""
        if not cursor:
            break
        params["cursor"] = str(cursor)
    people = {each: _person(door, each) for each in authors(messages)[:MOST_PEOPLE]}
    known = {number: person for number, person in people.items() if person}
    return conversation_of(messages, people=known, place=place)


def _person(door: Door, number: str) -> Document:
    """A person's name and zone; a thread can be read without them."""
    try:
        user = _call(door, "users.info", {"user": number}).get("user")
    except (Unauthorised, Refused):
        return {}
    return user if isinstance(user, Mapping) else {}


def _call(door: Door, method: str, params: Mapping[str, str]) -> Mapping[str, Any]:
    answer = door.session.ask("GET", f"{door.base_url}/api/{method}", params=params).json
    if not isinstance(answer, Mapping):
        raise Unavailable("Slack's answer could not be understood.")
    if answer.get("ok") is not True:
        raise refusal(str(answer.get("error") or "unknown"), answer)
    return answer


def refusal(error: str, answer: Mapping[str, Any]) -> TransportError:
    """This will say in a sentence why Slack did not do it."""
    if error in _OUR_TOKEN:
        return Unauthorised("Slack does not accept the app's token; an owner has to connect Slack again.")
    if error == "missing_scope":
        return Unauthorised(f"The Slack app lacks the scope {str(answer.get('needed') or 'it needs')[:80]}.")
    if error == "not_in_channel":
        return NotFound("The Slack app is not in that channel; invite it there, or paste what was said.")
    if error in _NOT_THERE:
        return NotFound("Slack shows no such thread to the app: it was deleted, or the channel is private.")
    if error in _LATER:
        return Unavailable("Slack does not answer for now.")
    return Refused(f"Slack refused ({error[:60]}).")
