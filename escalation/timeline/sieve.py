"""Which lines of a timeline does somebody want to see?

Where a line comes from, what it is about, and whether it can be told to the user. A line that does not fit
is left out of the list, never out of what the page knows: status and promises are read from all of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from escalation.models import Entry
from escalation.timeline.read import TimelineLine
from escalation.tools.registry import TOOLS

K = Entry.Kind
HERE = "baton"  # written in Baton, by a person or by itself
# A tool's word, and behind a dot which hop after this handoff speaks: "jira.1".
PLACE = re.compile(r"([a-z_]{1,32})(?:\.([1-9][0-9]?))?")


class About(StrEnum):
    """What a line is about."""

    WORDS = "words"
    PROGRESS = "progress"
    DELIVERY = "delivery"
    TOLD = "told"


ABOUT_TITLES: dict[About, str] = {
    About.WORDS: "what people wrote and asked",
    About.PROGRESS: "who has it and how far it is",
    About.DELIVERY: "what was sent and delivered",
    About.TOLD: "what the user was told",
}

_KINDS: dict[About, frozenset[str]] = {
    About.WORDS: frozenset(
        {K.NOTE, K.ASKED, K.ANSWERED, K.READ_BACK, K.REASON, K.LEARNED, K.CONSULTED, K.ADVISED}
        | {K.FILE_SEEN}
    ),
    About.PROGRESS: frozenset(
        {K.SEEN, K.ACCEPTED, K.DIAGNOSING, K.WAITING, K.WENT_ON, K.STATE, K.ASSIGNED, K.CORRECTED}
        | {K.RESOLVED, K.REOPENED, K.BOUNCED, K.PROMISED, K.SILENT}
    ),
    About.DELIVERY: frozenset(
        {K.STARTED, K.JOINED, K.CONFIRMED, K.RECALLED, K.AMENDED, K.DELIVERED, K.FIELD_IGNORED, K.DELAYED}
        | {K.STUCK, K.RETRIED, K.NOTE_SENT, K.POSTED, K.FILE_SENT, K.STATUS_SENT, K.UNKNOWN}
    ),
    About.TOLD: frozenset({K.TOLD, K.REPLIED}),
}
ABOUT: Mapping[str, About] = {kind: about for about, kinds in _KINDS.items() for kind in kinds}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sieve:
    """What is wanted; "" and False ask for nothing in particular."""

    place: str = ""
    about: str = ""
    sayable: bool = False  # only what can be told to the user

    def lets(self, line: TimelineLine) -> bool:
        """Whether the line is to be shown."""
        return (
            self.place in {"", place_of(line)}
            and self.about in {"", ABOUT[line.kind]}
            and (not self.sayable or (bool(line.sayable) and ABOUT[line.kind] != About.TOLD))
        )

    def __bool__(self) -> bool:
        """Whether anything is wanted in particular."""
        return self != Sieve()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where lines come from, as a page names it ("Jira PLAT-42, handed on"), and the first of them."""

    key: str
    title: str
    since: int


def sieve_from(values: Mapping[str, str]) -> Sieve:
    """This will read a sieve as it stands in an address; whatever does not fit is left out."""
    place, about = values.get("from", ""), values.get("about", "")
    return Sieve(
        place=place if _is_place(place) else "",
        about=about if about in set(About) else "",
        sayable=bool(values.get("sayable")),
    )


def values_of(sieve: Sieve) -> dict[str, str]:
    """This will return what stands in an address for that sieve."""
    names = {"place": "from"}
    found = {names.get(each.name, each.name): getattr(sieve, each.name) for each in fields(sieve)}
    return {name: "on" if value is True else value for name, value in found.items() if value}


def place_of(line: TimelineLine) -> str:
    """This will say where a line comes from: the tool, and which later hop spoke if one did."""
    if not line.tool or line.tool not in TOOLS:
        return HERE
    hop = line.details.get("hop")
    return f"{line.tool}.{hop}" if hop else line.tool


def places(lines: Iterable[TimelineLine]) -> tuple[Place, ...]:
    """This will name the places that the lines come from, in the order in which they first spoke."""
    found: dict[str, Place] = {}
    for line in lines:
        key = place_of(line)
        if key not in found:
            found[key] = Place(key=key, title=_title(key, line), since=line.sequence)
    return tuple(found.values())


def _title(key: str, line: TimelineLine) -> str:
    if key == HERE:
        return "Baton"
    if "." not in key:
        return line.tool_label
    return f"{line.tool_label} {line.details.get('number') or ''}".strip() + ", handed on"


def _is_place(text: str) -> bool:
    found = PLACE.fullmatch(text)
    return found is not None and (found[1] in TOOLS or text == HERE)
