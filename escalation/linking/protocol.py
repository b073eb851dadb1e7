"""What does a line of the linking protocol ask, and what is the line that answers?

JSON lines in, JSON lines out, for `manage.py link`. Set-up (`catalog`, `history`) is collected and built
at `ready`; `query` is answered; `feedback` is learned at once. A broken line raises `BadLine`, changes
nothing.
"""

import json
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from escalation.linking.entries import CatalogEntry, EntryKind, Example
from escalation.linking.index import LinkIndex

ANSWERS = 20
MOST_OWED = 100  # lessons after which the refit is done although nobody rests
ISSUE = "issue"  # asks for past items instead of entries


class BadLine(ValueError):
    """A line that is not of the protocol; the text says what was expected."""


class Conversation:
    """One run of the protocol: lines in, answers out.

    ``patient`` puts lessons off: a query takes in one of those that wait, `rest` the others. So a month's
    corrections that come in at once do not hold up the query behind them.
    """

    def __init__(self, *, patient: bool = False) -> None:
        """Start with nothing known."""
        self._patient = patient
        self._waiting: deque[Example] = deque()
        self._owed = 0  # lessons taken in whose refit waits
        self._overheard = ""  # the text taken in last without an answer
        self._entries: dict[str, CatalogEntry] = {}
        self._examples: list[Example] = []
        self._index: LinkIndex | None = None

    def hear(self, line: str) -> str | None:
        """Take one line and give the line that answers it, if one is owed. Raises BadLine."""
        event = _event(line)
        op = event["op"]
        if op in ("catalog", "history"):
            self._collect(event)
        elif op == "ready":
            self._ready()
            return '{"ready":true}'
        elif op == "feedback":
            self._waiting.append(event["item"])
            if self._patient:
                self._ready().foresee(event["item"])
            else:
                self.rest(all_of_it=True)
        else:
            self._take_in()
            return json.dumps(self._answer(event))
        return None

    @property
    def owes(self) -> bool:
        """Whether `rest` has something to do."""
        return bool(self._waiting or self._owed)

    def rest(self, *, all_of_it: bool = False) -> None:
        """Do a piece of what was put off, or everything: a lesson, or the refit when none waits."""
        self._take_in()
        while all_of_it and self._waiting:
            self._take_in()
        if not self._waiting and self._owed:
            self._refit()

    def _take_in(self) -> None:
        if not self._waiting:
            return
        self._ready().learn(self._waiting.popleft(), refit=not self._patient)
        if self._patient:
            self._owed += 1
            if self._owed >= MOST_OWED:
                self._refit()

    def _refit(self) -> None:
        self._owed = 0
        self._ready().catch_up()

    def _collect(self, event: Mapping[str, Any]) -> None:
        if event["op"] == "catalog":
            self._entries |= {found.id: found for found in event["found"]}
        else:
            self._examples += event["found"]
        self._index = None

    def _ready(self) -> LinkIndex:
        if self._index is None:
            self._index = LinkIndex.build(self._entries.values(), self._examples)
        return self._index

    def _answer(self, event: Mapping[str, Any]) -> dict[str, Any]:
        index, at = self._ready(), event["at"]
        if event["kind"] == ISSUE:
            known = index.similar(event["text"], limit=ANSWERS, at=at)
            ranked = [{"id": s.example_id, "score": round(s.score, 6), "because": s.because} for s in known]
        else:
            links = index.rank(event["text"], kind=event["kind"], at=at, limit=ANSWERS)
            ranked = [{"id": k.entry_id, "score": round(k.score, 6), "because": k.because} for k in links]
            self._overhear(event)
        return {"id": event["id"], "kind": event["kind"], "ranked": ranked}

    def _overhear(self, event: Mapping[str, Any]) -> None:
        """Keep what was asked as a text without an answer, once for all the kinds it is asked for."""
        if event["text"] != self._overheard:
            self._overheard = event["text"]
            self._ready().overhear(event["text"], at=event["at"])


def _event(line: str) -> dict[str, Any]:
    """Read a line into what it speaks of, so that a broken one is refused before anything changes."""
    try:
        event = json.loads(line)
        op = event["op"]
        if op == "catalog":
            return {"op": op, "found": [entry(record) for record in event["entries"]]}
        if op == "history":
            return {"op": op, "found": [example(record) for record in event["items"]]}
        if op == "feedback":
            return {"op": op, "item": example(event)}
        if op == "query":
            kind = event["kind"]
            asked = {"kind": kind if kind == ISSUE else EntryKind(kind), "at": moment(event.get("at"))}
            return {"op": op, "id": event["id"], "text": event["text"] or "", **asked}
        if op == "ready":
            return {"op": op}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadLine(f"This line does not have the shape of the protocol: {error!r}") from error
    raise BadLine(f"op {op!r} is not one of catalog, history, ready, query, feedback.")


def entry(record: Mapping[str, Any]) -> CatalogEntry:
    """Read a catalog entry; what is absent is empty."""
    return CatalogEntry(
        id=record["id"],
        kind=EntryKind(record["kind"]),
        name=record.get("name") or "",
        description=record.get("description") or "",
        aliases=tuple(record.get("aliases") or ()),
        hosts=tuple(record.get("hosts") or ()),
        released_at=moment(record.get("released")),
        starts_at=moment(record.get("starts_at")),
        ends_at=moment(record.get("ends_at")),
        related=tuple(record.get("related") or ()),
    )


def example(record: Mapping[str, Any]) -> Example:
    """Read a past item or a correction."""
    labels = tuple(record["labels"])
    return Example(id=record["id"], at=moment(record.get("at")), text=record["text"] or "", entry_ids=labels)


def moment(written: str | None) -> datetime | None:
    """Read an ISO date or time; without a zone it is UTC."""
    if not written:
        return None
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
