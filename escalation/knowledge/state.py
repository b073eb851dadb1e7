"""What is known about a problem when it changes hands?

Values only: frozen, tool-neutral, comparable. A state never changes; an edit makes a new one.
Every item has an ``id`` that stays with it through drafts, hops and tools.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from escalation.knowledge.words import Channel, Confidence, Level, Origin, Outcome, Part, Role, Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One quoted line and where it can be read in full."""

    quote: str
    tool: str = ""
    reference: str = ""  # the tool's id of the message the quote is from
    permalink: str = ""
    author: str = ""
    author_role: Role = Role.OTHER
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A time as somebody said it, with the absolute time it was resolved to, if it could be."""

    words: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A recurring or single span in which the user can be reached, in the user's own zone."""

    opens: time
    closes: time
    zone: str  # IANA, as "America/New_York"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)  # Monday is 0
    on: date | None = None  # only this day, whatever its weekday


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What the items of all six parts share."""

    id: str
    origin: Origin = Origin.TYPED
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact(Item):
    """One statement about scope, environment or behaviour, with how far it is established."""

    statement: str
    standing: Standing = Standing.CONFIRMED
    how_verified: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnostic(Item):
    """One check and what it showed."""

    check: str
    observation: str = ""
    error_code: str = ""
    when: Moment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Remediation(Item):
    """One step that was carried out, with its outcome."""

    step: str
    outcome: Outcome = Outcome.UNKNOWN
    when: Moment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hypothesis(Item):
    """A suspected cause. It is unproven in every tool and on every page."""

    statement: str
    confidence: Confidence = Confidence.MEDIUM
    because: str = ""
    wrong_if: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Business(Item):
    """Who is hit and what it costs."""

    affected: str
    affected_count: int | None = None
    impact: Level | None = None
    urgency: Level | None = None
    deadline: Moment | None = None
    priority_reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Availability(Item):
    """When and how the user can be reached; ``words`` is what was said, ``windows`` what it means."""

    words: str
    windows: tuple[Window, ...] = ()
    channel: Channel | None = None
    handle: str = ""
    can_test: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The ticket in the sender's tool where the user is talked to."""

    tool: str
    reference: str
    number: str = ""
    url: str = ""
    requester: str = ""
    requester_email: str = ""
    requester_zone: str = ""
    requester_language: str = ""  # as "de"; "" when the tool does not say
    organisation: str = ""
    priority: str = ""  # the tool's own word
    thread_urls: tuple[str, ...] = ()  # chat threads beside the ticket


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file that travels with the state; its bytes stand elsewhere, under the same id."""

    id: str
    name: str  # unique within one state
    content_type: str
    size: int  # bytes
    item: str = ""  # the item it is evidence of
    stripped: str = ""  # what was taken out before it was kept, in words


@dataclass(frozen=True, kw_only=True, slots=True)
class KnowledgeState:
    """The six parts, the summary, the ask, and the way back to the whole investigation."""

    summary: str = ""
    ask: str = ""
    facts: tuple[Fact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    remediation: tuple[Remediation, ...] = ()
    hypothesis: tuple[Hypothesis, ...] = ()
    business: tuple[Business, ...] = ()
    availability: tuple[Availability, ...] = ()
    source: Source | None = None
    investigation_url: str = ""  # where Baton shows the whole handoff
    files: tuple[File, ...] = ()

    def part(self, part: Part) -> tuple[Item, ...]:
        """This will return the items of one part, in the technician's order."""
        items: tuple[Item, ...] = getattr(self, part.value)
        return items

    def items(self) -> Iterator[tuple[Part, Item]]:
        """This will go through every item with its part, in the order of the parts."""
        for part in Part:
            for item in self.part(part):
                yield part, item

    def find(self, item_id: str) -> Item | None:
        """This will return the item with that id, or None."""
        return next((item for _, item in self.items() if item.id == item_id), None)

    def stated(self) -> "KnowledgeState":
        """This will leave out what a machine found and nobody has confirmed: only people state things."""
        kept = {
            part.value: tuple(item for item in self.part(part) if item.origin is not Origin.FOUND)
            for part in Part
        }
        return replace(self, **kept)  # type: ignore[arg-type]

    def suggestions(self) -> int:
        """This will count what was found and is neither confirmed nor dropped."""
        return sum(item.origin is Origin.FOUND for _, item in self.items())


# The field that makes a line of a part: an item whose field is blank says nothing.
HEADLINES: dict[Part, str] = {
    Part.FACTS: "statement",
    Part.DIAGNOSTICS: "check",
    Part.REMEDIATION: "step",
    Part.HYPOTHESIS: "statement",
    Part.BUSINESS: "affected",
    Part.AVAILABILITY: "words",
}


def headline(part: Part, item: Item) -> str:
    """This will return the line by which people recognise an item."""
    text: str = getattr(item, HEADLINES[part])
    return text
