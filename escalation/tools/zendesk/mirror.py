"""Zendesk as the tool in which notes are written and changes are seen (``contract.Mirror``).

A comment is public there unless told otherwise, and a public one is mailed to the user at once: every
write of ours states ``public``, and what Zendesk made of it is read back from the audit.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from zenpy.lib.api_objects import Comment, Ticket

from escalation.tools.contract import Proof, Remote
from escalation.tools.polling import AGAIN, Bounds, Seen, read_each, trouble_of
from escalation.tools.updates import RemoteState, Update, UpdateKind, UpdatePage
from escalation.tools.zendesk.client import client, plain, reading, writing
from escalation.tools.zendesk.history import comments_in, note_with_key, people_in, updates_of
from escalation.tools.zendesk.reading import ticket_url, unresolved
from escalation.tools.zendesk.shapes import Document, documents, moment, text
from escalation.tools.zendesk.source import people_of
from escalation.tools.zendesk.vocabulary import KEY_PREFIX, LIMITS, STATE_WORDS, TAG
from escalation.translation.plain import block, cut, flat
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, TransportError, Unauthorised

MOST_AUDITS: Final = 1000
MOST_PAGES: Final = 5
PAGE: Final = 500
FIRST_LOOK: Final = timedelta(hours=1)
# A page is read whole or comes again; the cursor stays below 255 characters.
BOUNDS: Final = Bounds(most_read=MOST_PAGES * PAGE, most_again=6)


def find_note(door: Door, *, remote_id: str, key: str) -> str:
    """This will return the id of the comment that carries the key, or ""; raises ``NotFound``."""
    with reading():
        return note_with_key(audits_of(client(door), remote_id), key)


def note(door: Door, *, remote_id: str, text: str, key: str, public: bool) -> Proof:
    """This will add one internal note, or with ``public`` one reply that the user is mailed."""
    with writing():
        zendesk = client(door)
        comment = Comment(body=cut(unresolved(block(text)), LIMITS["comment"]), public=public)
        ticket = Ticket(id=number_of(remote_id), comment=comment, metadata={"baton_id": key})
        answer = zendesk.tickets.update(ticket).to_dict()
    made = comments_in(answer.get("audit") or {})
    as_asked = [each for each in made if (each.get("public") is True) == public]
    _tag(zendesk, remote_id, answer.get("ticket") or {})
    return Proof(
        remote=Remote(remote_id=remote_id, number=f"#{remote_id}", url=ticket_url(door.base_url, remote_id)),
        kept={"comment": {"public": public}} if as_asked else {},
        # A light agent's reply is turned into an internal note without a word.
        ignored=() if as_asked else ("public" if made else "comment",),
        note_ids=tuple(str(each.get("id")) for each in made),
    )


def read(door: Door, *, remote_id: str) -> tuple[Update, ...]:
    """This will return every note and change of one ticket, oldest first; raises ``NotFound``."""
    with reading():
        zendesk = client(door)
        audits = audits_of(zendesk, remote_id)
        people = people_of(zendesk, people_in(audits))
        names = {number: flat(text(each.get("name"))) for number, each in people.items()}
        names |= _groups(zendesk, audits)
    return updates_of(remote_id, audits, names=names)


def poll(door: Door, *, cursor: str, now: datetime) -> UpdatePage:
    """This will return the updates of every ticket of ours that changed since the cursor.

    By the incremental export, which needs an admin; it repeats a ticket at each change. Ours are the
    tickets that carry our tag: the first note sets it, until then webhooks are all there is. Zendesk's own
    cursor means nothing to us, so a page is passed over when each of its tickets was read or stands in ours
    by its number, "MTU3NjYx again 4711" (``tools.polling``); what is read twice is applied once. Raises the
    errors of transport where not one ticket could be read because of them.
    """
    place, _, numbers = cursor.partition(f" {AGAIN} ")
    before, seen, again = numbers.split(), Seen(), []
    for _page in range(MOST_PAGES):
        try:
            page = _exported(door, place, now)
        except TransportError as error:
            seen.errors.append(error)
            again = before
            break
        ours: dict[str, Document] = {each: {} for each in before}
        ours |= {text(each.get("id")): each for each in documents(page.get("tickets")) if _is_ours(each)}
        wanted = [(number, now) for number in ours]
        left = read_each(wanted, seen, read=partial(_seen, door, ours), bounds=BOUNDS)
        if left:  # the page comes again, with all of its own tickets
            again = [number for number, _ in left if number in before]
            break
        place, before = text(page.get("after_cursor")) or place, []
        if page.get("end_of_stream") is not False:
            break
    if seen.errors and not seen.read:
        raise seen.errors[0]
    again = list(dict.fromkeys([*seen.failed, *again]))
    updates = {each.key: each for each in sorted(seen.updates, key=lambda each: (each.at, each.key))}
    return UpdatePage(
        updates=tuple(updates.values()),
        cursor=f"{place} {AGAIN} {' '.join(again)}" if again else place,
        trouble=trouble_of(seen),
    )


def _exported(door: Door, cursor: str, now: datetime) -> Document:
    # zenpy's generator hides the cursor of the page it stands on, and we must keep it.
    params = {"per_page": str(PAGE)}
    # Zendesk wants a start that is at least a minute old.
    params |= {"cursor": cursor} if cursor else {"start_time": str(int((now - FIRST_LOOK).timestamp()))}
    answer = door.session.ask("GET", f"{door.base_url}/api/v2/incremental/tickets/cursor.json", params=params)
    return answer.json if isinstance(answer.json, dict) else {}


def _seen(door: Door, tickets: Mapping[str, Document], number: str) -> tuple[Update, ...]:
    ticket = tickets[number]
    if text(ticket.get("status")) != "deleted":
        return read(door, remote_id=number)
    deleted = Update(
        key=f"deleted:{number}",
        remote_id=number,
        kind=UpdateKind.STATE,
        at=moment(ticket.get("updated_at")) or datetime.fromtimestamp(0).astimezone(),
        words=STATE_WORDS["deleted"],
        state=RemoteState.CANCELLED,
    )
    return (deleted,)


def _is_ours(ticket: Document) -> bool:
    tags = ticket.get("tags")
    tagged = isinstance(tags, list) and TAG in tags
    return tagged or text(ticket.get("external_id")).startswith(KEY_PREFIX)


def _tag(zendesk: Any, remote_id: str, ticket: Document) -> None:
    """So that a poll finds the ticket. The note is written by now: failing here must not hide that."""
    if _is_ours(ticket):
        return
    try:
        with writing():
            zendesk.tickets.add_tags(number_of(remote_id), [TAG])
    except TransportError:
        return


def audits_of(zendesk: Any, remote_id: str) -> list[Document]:
    """This will read the history of a ticket, oldest first."""
    return plain(zendesk.tickets.audits(ticket=number_of(remote_id)), most=MOST_AUDITS)


def _groups(zendesk: Any, audits: list[Document]) -> dict[str, str]:
    """Group names by id, asked for only where an audit names a group."""
    events = (event for audit in audits for event in documents(audit.get("events")))
    if not any(each.get("field_name") == "group_id" for each in events):
        return {}
    try:
        found = plain(zendesk.groups(), most=MOST_AUDITS)
    except Unauthorised:
        return {}
    return {text(each.get("id")): flat(text(each.get("name"))) for each in found}


def number_of(remote_id: str) -> int:
    """This will return the number of a ticket; raises ``NotFound`` for what can be none."""
    if not (remote_id.isascii() and remote_id.isdigit()):
        raise NotFound(f"“{remote_id[:40]}” is no number of a Zendesk ticket.")
    return int(remote_id)
