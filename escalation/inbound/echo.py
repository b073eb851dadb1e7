"""Is an update our own write coming back?

Known for certain by the remote id that our write returned. A webhook can be faster than that answer,
so a note under our own name with words that we sent is ours too.
"""

import json
from dataclasses import dataclass

from escalation.models import Connection, Delivery, Handoff, Receipt
from escalation.tools.contract import Update

SHORT = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Ours:
    """What we wrote to one tool: note ids over all handoffs, words and keys of this one."""

    user: str
    note_ids: frozenset[str]
    words: tuple[str, ...]

    def holds(self, update: Update) -> bool:
        """This will say whether the update is our own write."""
        if update.note_id and update.note_id in self.note_ids:
            return True
        if not self.user or update.author != self.user:
            return False
        said = _plain(update.text)
        # A tool may add to what we wrote; a short text is found in anything, so it has to be all of it.
        return any(words == said or (len(words) > SHORT and words in said) for words in self.words)


def ours(*, handoff: Handoff, connection: Connection, updates: tuple[Update, ...]) -> Ours:
    """This will gather what these updates have to be compared with."""
    seen = [update.note_id for update in updates if update.note_id]
    note_ids: set[str] = set()
    if seen:
        receipts = Receipt.objects.filter(delivery__connection=connection, remote_id__in=_records(updates))
        for held in receipts.values_list("note_ids", flat=True):
            note_ids |= set(held)
    words: list[str] = []
    for row in Delivery.objects.filter(handoff=handoff, connection=connection):
        words += [row.key, *_texts(bytes(row.body))]
    return Ours(user=connection.our_user, note_ids=frozenset(note_ids), words=tuple(words))


def _records(updates: tuple[Update, ...]) -> set[str]:
    return {update.remote_id for update in updates}


def _texts(body: bytes) -> list[str]:
    said = json.loads(body)
    values = said.values() if isinstance(said, dict) else ()
    return [_plain(value) for value in values if isinstance(value, str) and value.strip()]


def _plain(text: str) -> str:
    return " ".join(text.split())
