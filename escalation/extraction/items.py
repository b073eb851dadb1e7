"""What typed item does a sentence become?

Only what was said is filled in: a field that the words do not answer stays empty. The headline is
the sentence, shortened at a clause, without the greeting; it is always found in its quote.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from escalation.extraction.availability import availability
from escalation.extraction.calendar_words import NUMBERS
from escalation.extraction.deadline import deadline
from escalation.extraction.entities import Entity
from escalation.extraction.kinds import EntityKind
from escalation.extraction.moments import moments
from escalation.extraction.outcomes import outcome
from escalation.extraction.reading import strip_address
from escalation.extraction.sentences import Sentence
from escalation.knowledge.conversation import Message
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Evidence,
    Fact,
    Hypothesis,
    Item,
    Moment,
    Remediation,
)
from escalation.knowledge.words import Confidence, Level, Origin, Part, Role, Standing

HEADLINE_WORDS = 25
OBSERVATION_LIMIT = 2000
_CODES = (EntityKind.ERROR_CODE, EntityKind.HTTP_STATUS, EntityKind.EXCEPTION)
_FAULT_LINE = re.compile(
    r"\b(?:error|exception|fatal|failed|failure|denied|refused|blocked|cannot|could not|unable|"
    r"timed? ?out|not found|severe|panic|invalid|\w+Exception|\w+Error)\b",
    re.IGNORECASE,
)
_NOT_CHECKED = re.compile(
    r"\b(?:not|n['’]t|never|nobody|noch nicht|pas encore|todavía no|aún no) (?:\w+ ){0,3}(?:check|test|"
    r"verif|look|confirm|tried|geprüft|getestet|vérifié|comprobado)\w*|"
    r"\bunchecked\b|\bunverified\b|\buntested\b|未確認",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(
    r"\bruled? out\b|\bexclude[ds]?\b|\bcan be excluded\b|\b(?:is|are|was|it['’]s) not (?:the|a|an|"
    r"caused|related|due) |\bnot the (?:cause|problem|issue|culprit)\b|"
    r"\bunrelated\b|\bnothing to do with\b|\bausgeschlossen\b|\bexclue?\b|\bdescartad[oa]\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:user|customer|caller|client|requester|she|he|they|reporter|kunde|benutzer(?:in)?|utilisat\w+|"
    r"usuari[oa]) (?:also )?(?:reports?|reported|says?|said|states?|"
    r"stated|claims?|claimed|mentions?|mentioned|told|tells|complain\w*|sagt|meldet|berichtet|dit|"
    r"signale|indique|dice|informa)\b|\baccording to\b|\bper (?:the )?(?:user|customer)\b",
    re.IGNORECASE,
)
_VERIFIED = re.compile(
    r"\b(?:via|by|using|with the help of|in|through|mit|über|avec|mediante)\s(?P<how>[^.,;()]{3,80})$",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\b(?:checked|verified|confirmed|tested|validated|geprüft|überprüft|getestet|vérifié|comprobado)\b",
    re.IGNORECASE,
)
_HIGH_DOUBT = re.compile(
    r"\b(?:maybe|perhaps|possibly|might|could|may|wild guess|not sure|no idea|wonder|vielleicht|"
    r"eventuell|könnte|peut-être|quizás?|tal vez|misschien|wellicht)\b|かもしれ",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\b(?:definitely|certainly|clearly|obviously|surely|must be|i found|root cause is|the (?:cause|"
    r"reason|problem) is|turns out|it['’]s a bug|is a bug|sicher|eindeutig|clairement|seguro|duidelijk)\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because|since|as it|given that|weil|denn|da (?:es|der|die|das)|parce que|car|porque|ya que|"
    r"omdat|want)\s(?P<why>[^.;]{8,200})",
    re.IGNORECASE,
)
_URGENT = re.compile(
    r"\b(?:urgent\w*|asap|immediately|right away|emergency|deadline|today|tomorrow|can['’]?t wait|"
    r"critical|dringend|sofort|urgente?|spoed)\b|至急|緊急",
    re.IGNORECASE,
)
_WIDE = re.compile(
    r"\b(?:all|entire|whole|everyone|everybody|nobody|company|production|outage|customers|clients|"
    r"department|hundreds|thousands|down|alle|niemand|tou(?:s|te)|todos|iedereen)\b|全員|全社",
    re.IGNORECASE,
)
_NUMBER_WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence in its message, with what it names and the words of it that carry the item."""

    sentence: Sentence
    message: Message
    words: str
    named: tuple[Entity, ...]
    zone: str

    @property
    def key(self) -> str:
        return (
            f"{self.message.tool}\x1f{self.message.reference}\x1f{self.sentence.start}\x1f{self.sentence.end}"
        )


class _Base(TypedDict):
    """What every item is made with."""

    id: str
    origin: Origin
    evidence: tuple[Evidence, ...]


def build(part: Part, said: Said) -> Item:
    """This will make the item of ``part`` that ``said`` supports, found and not yet confirmed."""
    base = _Base(id=item_id(part, said), origin=Origin.FOUND, evidence=(evidence(said),))
    return _MAKERS[part](said, base)


def item_id(part: Part, said: Said) -> str:
    """The same sentence of the same message gives the same id, whenever it is read."""
    return hashlib.sha256(f"{part.value}\x1f{said.key}".encode(errors="surrogatepass")).hexdigest()[:16]


def evidence(said: Said) -> Evidence:
    """This will quote the whole sentence with where it can be read."""
    message = said.message
    return Evidence(
        quote=said.sentence.text,
        tool=message.tool,
        reference=message.reference,
        permalink=message.permalink,
        author=message.author,
        author_role=message.role,
        at=message.at,
    )


def headline(text: str) -> str:
    """This will shorten words to a line that is still part of them."""
    line = strip_address(text).strip(" \t\n-–—*•,;:")
    line = re.sub(
        r"^(?:also|and|but|so|well|ok(?:ay)?|then|now|btw|fyi|additionally)[, ]\s*(?=\S+ \S)",
        "",
        line,
        flags=re.IGNORECASE,
    )
    words = list(re.finditer(r"\S+", line))
    if len(words) <= HEADLINE_WORDS:
        return line
    cut = words[HEADLINE_WORDS - 1].end()
    clause = max(line.rfind(mark, 0, cut) for mark in (", ", "; ", " - ", ". ", " because ", " but "))
    return line[: clause if clause > cut // 2 else cut].rstrip(" ,;-")


def _when(said: Said) -> Moment | None:
    if said.message.at is None:
        return None
    found = moments(said.sentence.text, said_at=said.message.at, zone=said.zone)
    return Moment(words=found[0][2].words, at=found[0][2].start) if found else None


def _fact(said: Said, base: _Base) -> Item:
    text = said.sentence.text
    how = _VERIFIED.search(text) if _CHECK.search(text) and said.message.role is Role.TECHNICIAN else None
    return Fact(
        **base,
        statement=headline(said.words),
        standing=_standing(text, said.message.role),
        how_verified=how["how"].strip() if how else "",
    )


def _standing(text: str, role: Role) -> Standing:
    if _NOT_CHECKED.search(text):
        return Standing.NOT_CHECKED
    if role is not Role.TECHNICIAN or _HEARSAY.search(text):
        return Standing.REPORTED
    return Standing.RULED_OUT if _RULED_OUT.search(text) else Standing.CONFIRMED


def _diagnostic(said: Said, base: _Base) -> Item:
    text = said.sentence.text
    code = next((entity.value for kind in _CODES for entity in said.named if entity.kind == kind), "")
    if said.sentence.log:
        rows = [row.strip() for row in text.split("\n") if row.strip()]
        fault = next((row for row in rows if _FAULT_LINE.search(row)), rows[0])
        check = headline(fault)
        # A first row that became the check as it stands is not read twice; the quote holds all of them.
        first = rows[0] is fault and check.rstrip(".") == fault.rstrip(".")
        shown = "\n".join(rows[1:]) if first else text
        observation = shown[:OBSERVATION_LIMIT] if len(rows) > 1 else ""
    else:
        quoted = next((entity.value for entity in said.named if entity.kind == EntityKind.QUOTED_ERROR), "")
        check = headline(said.words)
        observation = "" if code and quoted in check else quoted  # what stands in the line is not read twice
    return Diagnostic(**base, check=check, observation=observation, error_code=code, when=_when(said))


def _remediation(said: Said, base: _Base) -> Item:
    return Remediation(
        **base, step=headline(said.words), outcome=outcome(said.sentence.text), when=_when(said)
    )


def _hypothesis(said: Said, base: _Base) -> Item:
    text = said.sentence.text
    because = _BECAUSE.search(text)
    confidence = (
        Confidence.LOW
        if _HIGH_DOUBT.search(text)
        else Confidence.HIGH
        if _SURE.search(text)
        else Confidence.MEDIUM
    )
    return Hypothesis(
        **base,
        statement=headline(said.words),
        confidence=confidence,
        because=because["why"].strip() if because else "",
    )


def _business(said: Said, base: _Base) -> Item:
    text = said.sentence.text
    at = said.message.at
    due = deadline(text, said_at=at, zone=said.zone) if at is not None else None
    return Business(
        **base,
        affected=headline(said.words),
        affected_count=_count(said),
        impact=Level.HIGH if _WIDE.search(text) else None,
        urgency=Level.HIGH if due is not None or _URGENT.search(text) else None,
        deadline=due,
    )


def _count(said: Said) -> int | None:
    found = next((entity.value for entity in said.named if entity.kind == EntityKind.AFFECTED_COUNT), None)
    if found is None:
        match = re.search(r"\b(?:the |all )?(\w+) of us\b", said.sentence.text, re.IGNORECASE)
        return NUMBERS.get(match[1].lower()) if match else None
    digits = re.sub(r"\D", "", found)
    return int(digits) if digits else NUMBERS.get(found.lower())


def _availability(said: Said, base: _Base) -> Item:
    words = headline(said.words)
    at = said.message.at
    read = availability(said.sentence.text, said_at=at, zone=said.zone) if at is not None else None
    if read is None:
        return Availability(**base, words=words)
    return Availability(
        **base,
        words=words,
        windows=read.windows,
        channel=read.channel,
        handle=read.handle,
        can_test=read.can_test,
    )


_MAKERS: dict[Part, Callable[[Said, _Base], Item]] = {
    Part.FACTS: _fact,
    Part.DIAGNOSTICS: _diagnostic,
    Part.REMEDIATION: _remediation,
    Part.HYPOTHESIS: _hypothesis,
    Part.BUSINESS: _business,
    Part.AVAILABILITY: _availability,
}
