"""Is an update our own write coming back?

Known for certain by the remote id that our write returned. A webhook can be faster than that answer, and
an answer can be lost: then the very words that we sent are ours, whatever name the tool shows for us. A
person who quotes them, or says the same once the id is known, is heard.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from escalation.models import Connection, Delivery, Handoff, Receipt
from escalation.tools.updates import Update, UpdateKind
from escalation.translation.statuses import Place, same_name

SHORT = 15  # characters; a shorter text is found in anything


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """A status that we set; ``proven`` once the tool has answered, as a rule with the change that it was."""

    status: str
    proven: bool
    place: str  # whose word it followed (``translation.statuses.Place``)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ours:
    """What we wrote to one tool."""

    user: str
    note_ids: frozenset[str]
    sent: tuple[str, ...]  # words and keys; a tool may have added to them
    unproven: frozenset[str]  # words whose remote id we do not know (yet)
    brought: Mapping[str, Brought]  # record -> the status we last brought it to

    def holds(self, update: Update) -> bool:
        """This will say whether the update is our own write."""
        if update.kind is UpdateKind.STATE:
            return update.key in self.note_ids or self._brought(update)
        if update.note_id and update.note_id in self.note_ids:
            return True
        said = _plain(update.text)
        if said in self.unproven:
            return True
        by_us = bool(self.user) and update.author == self.user
        return by_us and any(words == said or (len(words) > SHORT and words in said) for words in self.sent)

    def follows_later(self, update: Update) -> bool:
        """This will say whether we brought the record there for a later tier: nobody decided it here."""
        ours = self.brought.get(update.remote_id)
        return ours is not None and ours.place == Place.LATER

    def _brought(self, update: Update) -> bool:
        """Whether the record stands where we brought it: a tool may add the reason in brackets."""
        ours = self.brought.get(update.remote_id)
        if ours is None or not same_name(update.words.partition(" (")[0], ours.status):
            return False
        return not ours.proven or (bool(self.user) and update.author == self.user)


def ours(*, handoff: Handoff, connection: Connection, updates: tuple[Update, ...]) -> Ours:
    """This will gather what these updates have to be compared with.

    Another handoff may write on the same ticket, and its row is not locked: so first what is without
    proof, then the proofs. Whatever is proven in between is found by the one or the other.
    """
    records = {update.remote_id for update in updates}
    # Links never come back as news.
    tried = Delivery.objects.filter(connection=connection, attempts_made__gt=0)
    tried = tried.exclude(kind=Delivery.Kind.LINK)
    sent: list[str] = []
    unproven: set[str] = set()
    about = tried.filter(Q(handoff=handoff) | Q(remote_id__in=records)).select_related("receipt")
    brought: dict[str, Brought] = {}
    for row in about.order_by("created_at", "position"):
        if row.kind == Delivery.Kind.STATUS:
            # One that was surely not set is nobody's echo: whoever set it by hand is told of.
            may_be_so = row.ambiguous or row.status == Delivery.Status.UNDER_WAY or hasattr(row, "receipt")
            if may_be_so:
                brought[row.remote_id] = _brought_by(row)
            continue
        words = [_plain(each) for each in _texts(json.loads(bytes(row.body)))]
        sent += [row.key, *words]
        if not (hasattr(row, "receipt") and row.receipt.note_ids):
            unproven |= set(words)
    note_ids: set[str] = set()
    receipts = Receipt.objects.filter(delivery__connection=connection, remote_id__in=records)
    for held in receipts.values_list("note_ids", flat=True):
        note_ids |= set(held)
    return Ours(
        user=connection.our_user,
        note_ids=frozenset(note_ids),
        sent=tuple(each for each in sent if each),
        unproven=frozenset(unproven - {""}),
        brought=brought,
    )


def _brought_by(row: Delivery) -> Brought:
    proven = hasattr(row, "receipt")
    kept = row.receipt.kept.get("status", "") if proven else ""
    said = json.loads(bytes(row.body))
    return Brought(status=kept or said["status"], proven=proven, place=said["place"])


def _texts(said: Any) -> Iterator[str]:
    """Every text in a body, however deep: a tool may want its note inside of something."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list):
        for value in said:
            yield from _texts(value)


def _plain(text: str) -> str:
    return " ".join(text.split())
