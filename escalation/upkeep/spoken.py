"""How would users hear each meaning under a draft of the wording? Pure: an owner reads it before publishing.

Every meaning has an update as a technician writes it. It is said twice, in the words in force and in the
draft's, so that what is seen is what users would read, a promised time included.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from escalation.translation.cues.kinds import Meaning
from escalation.translation.readable import PLAIN, grade
from escalation.translation.rules import Rules
from escalation.translation.sayable import PHRASES, sayable
from escalation.translation.wording import LANGUAGE_NAMES, Unsayable, Wording
from escalation.upkeep.written import NotReadable, numbered_lines, wording_of, written_wording

Lines = Mapping[str, Mapping[str, str]]  # meaning to language to the line, as rules keep them

# Each is read as its meaning, which a test holds.
EXAMPLES: Mapping[Meaning, str] = {
    Meaning.RECEIVED: "Ticket received, assigned to the gateway team's queue.",
    Meaning.BEING_WORKED: "Looking into the gateway logs, will update within an hour.",
    Meaning.CAUSE_FOUND: "Identified misconfigured CORS policy, coordinating with infrastructure.",
    Meaning.WAITING_FOR_APPROVAL: "Emergency change CHG0030201 raised, awaiting CAB approval.",
    Meaning.WAITING_FOR_VENDOR: "Opened a case with the vendor, waiting for their answer.",
    Meaning.WAITING_FOR_USER: "Waiting for the user to retry and confirm.",
    Meaning.FIX_IN_PROGRESS: "Hotfix is being deployed to the gateway, ETA two hours.",
    Meaning.FIXED_WATCHING: "Policy set 15 is live on all nodes, monitoring overnight.",
    Meaning.RESOLVED: "Resolved: CORS policy corrected on the gateway, user confirmed access.",
    Meaning.NOT_FIXED: "Closing as won't fix, this client is out of support.",
    Meaning.NEEDS_ANSWER: "Which browser version and which account? Please add a HAR file.",
    Meaning.BOUNCED: "Not ours, please reassign to the identity team.",
    Meaning.PAUSED: "Putting this on hold for now.",
    Meaning.UNCLEAR: "See internal thread.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """One meaning in one language: the update, what users are told now and what they would be told."""

    meaning: Meaning
    language: str
    update: str
    now: str
    then: str
    begin: str  # the line to begin an own one with, placeholders and all

    @property
    def differs(self) -> bool:
        """Whether the draft changes what users hear."""
        return self.now != self.then

    @property
    def title(self) -> str:
        """The meaning in words."""
        return self.meaning.replace("_", " ")

    @property
    def language_name(self) -> str:
        """The language in words."""
        return LANGUAGE_NAMES[self.language]

    @property
    def grade(self) -> int:
        """The American school grade that reads the line, where an English one is above plain; else 0."""
        found = grade(self.then) if self.language == "en" else 0.0
        return round(found) if found > PLAIN else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What a draft would change in any language, everything in one language, and what cannot be read."""

    changed: tuple[Spoken, ...]
    all: tuple[Spoken, ...]
    troubles: tuple[str, ...] = ()


def effect(*, text: str, in_force: Rules, language: str, said_at: datetime, zone: str) -> Effect:
    """This will read the draft's lines one by one and say every meaning under it.

    A line that is not finished yet is named and left out; the others have their effect all the same.
    """
    (drafted, troubles), (published, _) = _read(text), _read(written_wording(in_force.wording))
    old, new = _wording(published), _wording(drafted)

    def spoken(meaning: Meaning, language: str) -> Spoken:
        update, phrases = EXAMPLES[meaning], PHRASES[language]
        now, then = (
            sayable(update, said_at=said_at, zone=zone, language=language, wording=wording).line
            for wording in (old, new)
        )
        shipped = phrases.lines[meaning]
        begin = phrases.space.join(part for part in (shipped.says, shipped.next) if part)
        return Spoken(meaning=meaning, language=language, update=update, now=now, then=then, begin=begin)

    every = (spoken(meaning, code) for meaning in Meaning for code in LANGUAGE_NAMES)
    return Effect(
        changed=tuple(each for each in every if each.differs),
        all=tuple(spoken(meaning, language) for meaning in Meaning),
        troubles=tuple(troubles),
    )


def _read(text: str) -> tuple[dict[str, dict[str, str]], list[str]]:
    found: dict[str, dict[str, str]] = {}
    troubles = []
    for number, line in numbered_lines(text):
        try:
            for meaning, language, said in _pairs(wording_of(line)):
                Wording.from_values({language: {meaning: said}})
                found.setdefault(meaning, {})[language] = said
        except (NotReadable, Unsayable) as error:
            troubles.append(f"Line {number}: {str(error).removeprefix('Line 1: ')}")
    return found, troubles


def _pairs(lines: Lines) -> Iterator[tuple[str, str, str]]:
    return ((meaning, code, line) for meaning, of in lines.items() for code, line in of.items())


def _wording(lines: Lines) -> Wording:
    by_language: dict[str, dict[str, str]] = {}
    for meaning, code, line in _pairs(lines):
        by_language.setdefault(code, {})[meaning] = line
    return Wording.from_values(by_language)
