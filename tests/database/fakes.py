"""A tool in memory: stateful like a real tenant, and able to fail in the ways that lose or double things."""

import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from escalation.knowledge.state import KnowledgeState
from escalation.tools.contract import CatalogPage, Proof, Remote, Tool, WebLink
from escalation.tools.updates import (
    BadSignature,
    Hint,
    Malformed,
    RemoteState,
    Update,
    UpdateKind,
    UpdatePage,
)
from escalation.translation.draft import Draft, Translation
from escalation.translation.given import Given
from escalation.translation.statuses import Wanted
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, NotFound, Refused, Unauthorised, Unavailable
from tests.builders import NOW

KIND = "fake"
# What a tool may still do with a call after our side has given up: ServiceNow's quota of 60 s less our 30.
LATEST = timedelta(seconds=29)


class WorkerKilled(BaseException):
    """What `kill -9` looks like from inside: nothing of ours runs any more."""


@dataclass
class Clock:
    """A clock that moves when told."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Held:
    """One record of the tenant."""

    remote_id: str
    key: str
    payload: Mapping[str, Any]
    updates: list[Update] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)  # key -> ids of the notes made with it
    links: dict[str, WebLink] = field(default_factory=dict)  # by key
    stands: list[str] = field(default_factory=lambda: ["New"])  # its statuses, the last one in force


@dataclass
class FakeTenant:
    """Plays receiver, mirror and hooks; ``plans`` says how the next writes go, ``reads`` the next reads."""

    clock: Clock = field(default_factory=Clock)
    user: str = "baton.integration"
    records: list[Held] = field(default_factory=list)
    plans: deque[str] = field(default_factory=deque)
    reads: deque[str] = field(default_factory=deque)
    ignores: tuple[str, ...] = ()
    unread: str = ""  # what a poll says it could not read
    calls: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None  # runs once, between a find and the write that follows it
    _late: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)
    _made: int = 0

    def tool(self) -> Tool:
        return Tool(
            kind=KIND, label="Fake", receiver=self, mirror=self, hooks=self, statuses=self, links=self
        )

    # -- receiver

    def translate(self, state: KnowledgeState, given: Given, /) -> Translation:
        return Translation(draft=Draft(tool=KIND, record="Record", fields=()))

    def find(self, door: Door, *, key: str) -> tuple[Remote, ...]:
        self._read("find")
        return tuple(_remote(each) for each in self.records if each.key == key)

    def create(self, door: Door, *, payload: Mapping[str, Any], key: str) -> Proof:
        held: Held = self._write("create", lambda: self._add(key, payload))
        kept = {name: value for name, value in payload.items() if name not in self.ignores}
        ignored = tuple(name for name in payload if name in self.ignores)
        return Proof(remote=_remote(held), kept=kept, ignored=ignored)

    def catalog(self, door: Door, *, cursor: str, since: datetime | None = None) -> CatalogPage:
        return CatalogPage(entries=(), cursor="")

    def people(self, door: Door, *, emails: tuple[str, ...]) -> Mapping[str, str]:
        return {}

    # -- mirror

    def find_note(self, door: Door, *, remote_id: str, key: str) -> str:
        self._read("find_note")
        return next(iter(self.record(remote_id).notes.get(key, ())), "")

    def note(self, door: Door, *, remote_id: str, text: str, key: str, public: bool) -> Proof:
        note_id: str = self._write(
            "reply" if public else "note", lambda: self._add_note(self.record(remote_id), key, text)
        )
        return Proof(remote=_remote(self.record(remote_id)), kept={}, note_ids=(note_id,))

    def read(self, door: Door, *, remote_id: str) -> tuple[Update, ...]:
        self._read("read")
        return tuple(self.record(remote_id).updates)

    def poll(self, door: Door, *, cursor: str, now: datetime) -> UpdatePage:
        self._read("poll")
        everything = [update for each in self.records for update in each.updates]
        return UpdatePage(updates=tuple(everything), cursor=f"{now:%H:%M:%S}", trouble=self.unread)

    # -- links

    def links_of(self, payload: Mapping[str, Any], /) -> tuple[WebLink, ...]:
        return ()

    def find_link(self, door: Door, *, remote_id: str, link: WebLink) -> str:
        self._read("find_link")
        return link.key if self.record(remote_id).links.get(link.key) == link else ""

    def add_link(self, door: Door, *, remote_id: str, link: WebLink) -> Proof:
        there = self.record(remote_id)
        self._write("add_link", lambda: there.links.setdefault(link.key, link))
        return Proof(remote=_remote(there), kept={"url": link.url})

    # -- statuses

    def objection(self, wanted: Wanted, /) -> str:
        return "nobody is ever banished here." if wanted.status == "Banished" else ""

    def find_status(
        self, door: Door, *, remote_id: str, wanted: Wanted, key: str, since: datetime | None
    ) -> Proof | None:
        self._read("find_status")
        there = self.record(remote_id)
        if wanted.status in (there.stands if since else there.stands[-1:]):
            return Proof(remote=_remote(there), kept={"status": wanted.status})
        return None

    def set_status(self, door: Door, *, remote_id: str, wanted: Wanted, key: str) -> Proof:
        there = self.record(remote_id)
        self._write("set_status", lambda: there.stands.append(wanted.status))
        return Proof(remote=_remote(there), kept={"status": wanted.status})

    # -- hooks: {"event": "…", "records": ["…"]} hints, {"updates": […]} says, {"odd": "…"} is not understood

    def verify(self, *, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
        if headers.get("x-fake-signature") != secret:
            raise BadSignature("The signature does not fit the body.")

    def event_id(self, *, headers: Mapping[str, str], body: bytes) -> str:
        return str(_json(body).get("event", ""))

    def interpret(self, *, headers: Mapping[str, str], body: bytes) -> tuple[Update | Hint, ...]:
        said = _json(body)
        hints = [Hint(remote_id=each, event_id=said["event"]) for each in said.get("records", ())]
        updates = [
            update(remote_id=each["record"], key=each["key"], text=each["text"], note_id=each["key"])
            for each in said.get("updates", ())
        ]
        odd = [update(remote_id=each, kind=UpdateKind.UNKNOWN, key="odd") for each in said.get("odd", ())]
        return (*hints, *updates, *odd)

    # -- the other tier at work

    def record(self, remote_id: str) -> Held:
        for each in self.records:
            if each.remote_id == remote_id:
                return each
        raise NotFound("The tool holds no such record.", status=404)

    def says(self, remote_id: str, **what: Any) -> Update:
        """Somebody in the tool does something."""
        made = update(remote_id=remote_id, **{"key": self._number("u"), "at": self.clock.now, **what})
        self.record(remote_id).updates.append(made)
        return made

    def catch_up(self) -> None:
        """Finish what was still running when our side gave up."""
        due = [work for at, work in self._late if at <= self.clock.now]
        self._late = [(at, work) for at, work in self._late if at > self.clock.now]
        for work in due:
            work()

    # -- inside

    def _add(self, key: str, payload: Mapping[str, Any]) -> Held:
        held = Held(remote_id=self._number("record-"), key=key, payload=dict(payload))
        self.records.append(held)
        return held

    def _add_note(self, held: Held, key: str, text: str) -> str:
        note_id = self._number("note-")
        held.notes.setdefault(key, []).append(note_id)
        values = {"key": f"note:{note_id}", "at": self.clock.now, "text": text, "author": self.user}
        held.updates.append(update(remote_id=held.remote_id, note_id=note_id, **values))
        return note_id

    def _number(self, prefix: str) -> str:
        self._made += 1
        return f"{prefix}{self._made}"

    def _read(self, name: str) -> None:
        self.calls.append(name)
        self.catch_up()
        match self.reads.popleft() if self.reads else "well":
            case "killed":
                raise WorkerKilled
            case "busy":
                raise Unavailable("The tool takes no more calls for now.", wait_s=7)
            case "unauthorised":
                raise Unauthorised("The tool does not accept this connection's credentials.")
            case "bug":
                raise KeyError("number")

    def _write(self, name: str, work: Callable[[], Any]) -> Any:
        self.calls.append(name)
        plan = self.plans.popleft() if self.plans else "well"
        match plan:
            case "busy":
                raise Unavailable("The tool takes no more calls for now.", wait_s=7)
            case "down":
                raise Unavailable("The tool cannot be reached; nothing was sent.")
            case "refused":
                raise Refused("The tool did not accept this: Assignment group is mandatory.", status=403)
            case "lost before":
                raise Ambiguous("The tool gave no answer; it may have been done.")
            case "killed before":
                raise WorkerKilled
            case "late":
                self._late.append((self.clock.now + LATEST, work))
                raise Ambiguous("The tool gave no answer; it may have been done.")
        done = work()
        match plan:
            case "lost after":
                raise Ambiguous("The tool gave no answer; it may have been done.")
            case "killed after":
                raise WorkerKilled
        return done


class Engine:
    """Stands where the Celery application would: keeps what it was asked to run."""

    def __init__(self) -> None:
        self.tasks: list[tuple[str, dict[str, Any]]] = []

    def send_task(self, name: str, kwargs: dict[str, Any], *, retry: bool) -> None:
        self.tasks.append((name, kwargs))


def update(**changes: Any) -> Update:
    """A work note in the tool, unless it says otherwise."""
    values: dict[str, Any] = {
        "key": "u1",
        "remote_id": "record-1",
        "kind": UpdateKind.NOTE,
        "at": NOW,
        "author": "tomas.brandt",
    }
    return Update(**values | changes)


def state(value: RemoteState, words: str, **changes: Any) -> dict[str, Any]:
    """What `says` takes for a change of state."""
    return {"kind": UpdateKind.STATE, "state": value, "words": words, **changes}


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        raise Malformed("The body is not JSON.") from None
    if not isinstance(said, dict):
        raise Malformed("The body is not an object.")
    return said


def _remote(held: Held) -> Remote:
    number = f"REC{held.remote_id.removeprefix('record-'):0>4}"
    return Remote(remote_id=held.remote_id, number=number, url=f"https://acme.fake.example/{held.remote_id}")
