"""Which record did a reviewer just see, and is it still what would be sent?

Kept in this process for the last drafts that were looked at, with everything it was made from that a person
can change. Sending compares that and owes the very record that was seen, instead of making it once more;
where anything differs, or another process showed it, it is made anew and must come out the same.

What is left out on purpose: what the index learned since, from somebody else's handoff. The record that was
read is the one that goes.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final
from uuid import UUID

from escalation.capture.asked import template_of
from escalation.knowledge.state import KnowledgeState
from escalation.models import Handoff
from escalation.outbox.owe import record_key
from escalation.translation.draft import Translation
from escalation.translation.rules import Rules

MOST: Final = 128  # drafts under way in one process; each holds some ten kilobytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """What a record was made from."""

    key: str
    state: KnowledgeState
    rules: Rules
    values: tuple[Any, ...]  # of the draft and the route, as they stood


class _Seen:
    """The last records by draft, the newest last."""

    def __init__(self) -> None:
        self._rows: OrderedDict[UUID, tuple[Basis, Translation]] = OrderedDict()
        self._lock = Lock()

    def keep(self, draft: UUID, basis: Basis, translation: Translation) -> None:
        with self._lock:
            self._rows[draft] = (basis, translation)
            self._rows.move_to_end(draft)
            while len(self._rows) > MOST:
                self._rows.popitem(last=False)

    def get(self, draft: UUID, basis: Basis) -> Translation | None:
        with self._lock:
            kept = self._rows.get(draft)
        return kept[1] if kept is not None and kept[0] == basis else None


_SEEN: Final = _Seen()


def basis_of(handoff: Handoff, *, state: KnowledgeState, rules: Rules) -> Basis:
    """This will return what the record of a state is made from, besides what the index has learned."""
    route, template = handoff.route, template_of(handoff)
    target = route.target
    values = (
        # The catalog's version: a sync that changed something has the record made anew.
        (target.pk, target.tool, target.name, target.external, target.catalog_version),
        (route.pk, route.name, route.demanded, route.sender.name, route.sender.zone, route.receiver.name),
        (handoff.created_at, template.pk if template else None, handoff.category),
        (dict(handoff.answers), dict(handoff.extras), dict(handoff.people)),
        (handoff.conversation or {}).get("zone"),
    )
    return Basis(key=record_key(handoff_id=handoff.pk), state=state, rules=rules, values=values)


def keep(handoff: Handoff, basis: Basis, translation: Translation) -> None:
    """This will keep the record that is about to be shown."""
    _SEEN.keep(handoff.pk, basis, translation)


def still(handoff: Handoff, basis: Basis) -> Translation | None:
    """This will return the record that was shown, if it was made from just this; else None."""
    return _SEEN.get(handoff.pk, basis)
