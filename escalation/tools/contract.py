"""What must a tool's folder offer so that the rest of Baton can work with it?

Protocols that modules fulfil (mypy checks a module against a protocol) and the values they exchange.
A tool raises only the errors of ``transport.errors`` and ``BadSignature``; whatever it does not
understand in an inbound body becomes an update of kind UNKNOWN, never an exception.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from escalation.knowledge.conversation import Conversation
from escalation.knowledge.state import KnowledgeState
from escalation.linking.entries import CatalogEntry
from escalation.tools.described import Schema
from escalation.tools.embedded import Embedded
from escalation.tools.health import Hearing, Rights, Upkeep
from escalation.tools.history import History
from escalation.tools.rating import Ratings
from escalation.tools.setting_up import Setup
from escalation.tools.trying import Writes
from escalation.tools.updates import Hint, Update, UpdatePage
from escalation.translation.draft import Translation
from escalation.translation.given import Given
from escalation.translation.statuses import Wanted
from escalation.transport.door import Door


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketLine:
    """One open ticket in a list of a source tool."""

    reference: str
    number: str
    subject: str
    requester: str
    priority: str
    updated_at: datetime | None
    url: str
    excerpt: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """One record that a tool holds."""

    remote_id: str
    number: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What a tool answered to a write: the record, and per field what it kept."""

    remote: Remote
    kept: Mapping[str, Any]  # field name -> value the tool holds now
    ignored: tuple[str, ...] = ()  # fields that were sent and not taken
    note_ids: tuple[str, ...] = ()  # remote ids of notes this write made, so that their echo is known


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogPage:
    """One page of a tool's catalog; ``cursor`` is "" at the end."""

    entries: tuple[CatalogEntry, ...]
    cursor: str
    gone: tuple[str, ...] = ()  # ids of entries the tool has retired


class Source(Protocol):
    """A tool whose tickets can be escalated."""

    def reference_of(self, text: str, /) -> str:
        """This will read a ticket's reference from a URL, "#123" or an id; "" when it is none."""

    def open_tickets(self, door: Door) -> tuple[TicketLine, ...]:
        """This will list the open tickets, most recently updated first, at most 100."""

    def conversation(self, door: Door, reference: str) -> Conversation:
        """This will read a ticket with everything said on it; raises ``NotFound``."""


class Receiver(Protocol):
    """A tool in which a record is created."""

    def translate(self, state: KnowledgeState, given: Given, /) -> Translation:
        """This will say the state in the tool's working model. Pure, total, deterministic to the byte."""

    def find(self, door: Door, *, key: str) -> tuple[Remote, ...]:
        """This will return every record that carries the idempotency key."""

    def create(self, door: Door, *, payload: Mapping[str, Any], key: str) -> Proof:
        """This will create the record from a draft's payload."""

    def catalog(self, door: Door, *, cursor: str, since: datetime | None = None) -> CatalogPage:
        """This will return the next page of what the tool knows by name.

        With ``since`` only what changed from then on, where ``Tool.catalog_tells_changes``.
        """

    def people(self, door: Door, *, emails: tuple[str, ...]) -> Mapping[str, str]:
        """This will return the tool's user id for each e-mail address it knows."""


class Finisher(Protocol):
    """A receiver that makes a record in more than one call."""

    def finish(self, door: Door, *, remote: Remote, payload: Mapping[str, Any], key: str) -> Proof:
        """This will complete a record that an earlier try has made; once it is complete nothing happens."""


class Mirror(Protocol):
    """A tool in which notes are written and changes are seen."""

    def find_note(self, door: Door, *, remote_id: str, key: str) -> str:
        """This will return the remote id of the note that carries the key, or ""."""

    def note(self, door: Door, *, remote_id: str, text: str, key: str, public: bool) -> Proof:
        """This will add one note; internal unless ``public`` says otherwise."""

    def read(self, door: Door, *, remote_id: str) -> tuple[Update, ...]:
        """This will return every change of one record, oldest first."""

    def poll(self, door: Door, *, cursor: str, now: datetime) -> UpdatePage:
        """This will return the changes since the cursor ("" = the last hour), overlapping on purpose."""


class Statuses(Protocol):
    """A tool in which the status of a record can be set, on the way that its own workflow leads.

    ``Proof.ignored`` names "status" where the record stands elsewhere, and other fields as the rules do.
    """

    def objection(self, wanted: Wanted, /) -> str:
        """This will say why the tool can never take this, "" where nothing speaks against it. Pure."""

    def find_status(
        self, door: Door, *, remote_id: str, wanted: Wanted, key: str, since: datetime | None
    ) -> Proof | None:
        """This will return the proof that the record stands there, or None; raises ``NotFound``.

        With ``since`` an earlier try may have arrived: one that our user brought there after it, and somebody
        has moved on, counts as well, and ``note_ids`` holds the key of the update that came of it.
        ``kept["status"]`` is the tool's name of the status.
        """

    def set_status(self, door: Door, *, remote_id: str, wanted: Wanted, key: str) -> Proof:
        """This will bring the record there; ``note_ids`` holds the key of the update that comes of it.

        Raises ``Refused`` with the ways that are open, or with what is missing on this one.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class WebLink:
    """A link that a record holds beside its text."""

    key: str  # the same key again is the same link
    url: str
    title: str
    onward: bool = False  # to where it went on, and not to where it came from


class WebLinks(Protocol):
    """A tool whose records hold links."""

    def links_of(self, payload: Mapping[str, Any], /) -> tuple[WebLink, ...]:
        """This will return the links that a draft's payload names; ``create`` does not write them. Pure."""

    def find_link(self, door: Door, *, remote_id: str, link: WebLink) -> str:
        """This will return the remote id of the link as it is, or ""; raises ``NotFound``."""

    def add_link(self, door: Door, *, remote_id: str, link: WebLink) -> Proof:
        """This will make the link, or change the one with its key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One file that goes onto a record; name and size are how it is found again there."""

    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteFile:
    """One file that a tool holds on a record."""

    file_id: str
    name: str
    size: int  # bytes
    content_type: str = ""
    address: str = ""  # where its bytes are read, below or beside the tenant's address
    suspect: bool = False  # the tool itself has found malware in it
    waiting: bool = False  # the tool is still looking for some, and gives it to nobody before


class Files(Protocol):
    """A tool whose records hold files."""

    def files(self, door: Door, *, remote_id: str) -> tuple[RemoteFile, ...]:
        """This will list the files of a record; raises ``NotFound``."""

    def find_file(self, door: Door, *, remote_id: str, sent: Sent, key: str) -> str:
        """This will return the remote id of the file as it was sent under the key, or ""."""

    def attach(self, door: Door, *, remote_id: str, sent: Sent, key: str) -> Proof:
        """This will add one file, for the tool's own people only; ``note_ids`` holds its remote id."""

    def fetch(self, door: Door, *, file: RemoteFile) -> bytes:
        """This will read a file's bytes; raises the errors of transport."""


class Hooks(Protocol):
    """A tool that calls us."""

    def verify(self, *, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
        """This will raise ``BadSignature`` unless the raw body is signed with the secret and recent.

        ``headers`` has lower-case names.
        """

    def event_id(self, *, headers: Mapping[str, str], body: bytes) -> str:
        """This will return what makes two deliveries of one event the same, or "" if there is none."""

    def interpret(self, *, headers: Mapping[str, str], body: bytes) -> tuple[Update | Hint, ...]:
        """This will read a webhook body; raises ``Malformed`` when it is not the tool's."""


class Greeting(Protocol):
    """A tool that asks us to prove that an address is ours, and wants the answer at once."""

    def greeting(self, *, body: bytes) -> str | None:
        """This will return the words the tool wants to hear, or None where the body is no such question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One channel of a chat."""

    place: str  # its id
    name: str  # as people know it, without a sign before it


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What is to stand in a channel, once."""

    place: str
    text: str  # plain
    key: str  # by which the post is found again; 32 hex digits
    url: str = ""  # where more can be read
    thread: str = ""  # the thread it belongs to, as ``Proof.remote.remote_id`` of its first post


class Chat(Protocol):
    """A tool in whose channels a team follows its handoffs, and in whose threads people talk."""

    def channels(self, door: Door) -> tuple[Place, ...]:
        """This will list the channels in which we may write, by name."""

    def find_post(self, door: Door, *, post: Post, since: datetime) -> Proof | None:
        """This will return the proof of a post that carries the key, written after ``since``, or None."""

    def post(self, door: Door, *, post: Post) -> Proof:
        """This will write it; ``remote_id`` of the proof names the thread, ``note_ids`` the message."""

    def thread_of(self, text: str, /) -> str:
        """This will return the thread a permalink leads to, or ""."""

    def read(self, door: Door, *, remote_id: str) -> tuple[Update, ...]:
        """This will return every message of one thread as a note, oldest first; raises ``NotFound``."""


class Drafter(Protocol):
    """A language model that proposes; what it answers is unchecked JSON and reaches nobody as it is."""

    def propose_items(self, door: Door, *, messages: Sequence[str], entries: Mapping[str, str]) -> Any:
        """This will ask for lines and links; ``entries`` is the key of each offered entry to its name."""

    def propose_line(self, door: Door, *, update: str) -> Any:
        """This will ask for one sentence that tells a user what the update means."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """One tool, with the roles it can play."""

    kind: str
    label: str
    source: Source | None = None
    receiver: Receiver | None = None
    finisher: Finisher | None = None
    mirror: Mirror | None = None
    hooks: Hooks | None = None
    upkeep: Upkeep | None = None
    hearing: Hearing | None = None
    schema: Schema | None = None
    rights: Rights | None = None
    statuses: Statuses | None = None
    links: WebLinks | None = None
    files: Files | None = None
    chat: Chat | None = None
    greeting: Greeting | None = None
    drafter: Drafter | None = None
    ratings: Ratings | None = None
    writes: Writes | None = None
    past: History | None = None
    embedded: Embedded | None = None  # seen beside a ticket
    setup: Setup | None = None  # how an owner connects a tenant
    catalog_tells_changes: bool = False  # ``catalog`` can be asked for what changed since
    search_lags_s: float = 0.0  # how long ``find`` may miss what was written
    placed_by: tuple[str, ...] = ()  # the fields by which a record finds its team, the foremost first
    named_by: tuple[str, ...] = ()  # the fields that name what is at fault, the narrowest first
    assigned_by: str = ""  # the field that an update of kind ASSIGNED is about
