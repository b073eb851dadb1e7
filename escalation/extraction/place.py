"""What does the place of a sentence say of its part, whatever its words?

Who speaks, under which heading, what came before, which entities the sentence names: each adds to the scores
that its words began, or takes from them.
"""

import re
from dataclasses import dataclass

from escalation.extraction.cues import BROKEN
from escalation.extraction.entities import Entity
from escalation.extraction.kinds import EntityKind
from escalation.extraction.sentences import Sentence
from escalation.extraction.turns import REQUESTER, TECHNICIAN, Leaning
from escalation.knowledge.words import Part, Role

Scores = dict[Part | None, float]

_UNDER: dict[str, Scores] = {
    "environment": {Part.FACTS: 3.0},
    "actual": {Part.FACTS: 0.8, Part.DIAGNOSTICS: 0.8},
    "output": {Part.DIAGNOSTICS: 2.5},
    "tried": {Part.REMEDIATION: 2.5},
    "impact": {Part.BUSINESS: 2.5},
    "cause": {Part.HYPOTHESIS: 2.5},
    "availability": {Part.AVAILABILITY: 3.0},
    "expected": {None: 4.0},
    "steps": {None: 2.5},
    "other": {None: 1.0},
}
_NAMED: dict[str, tuple[Part, float]] = {
    EntityKind.ERROR_CODE: (Part.DIAGNOSTICS, 1.2),
    EntityKind.HTTP_STATUS: (Part.DIAGNOSTICS, 1.2),
    EntityKind.EXCEPTION: (Part.DIAGNOSTICS, 1.2),
    EntityKind.QUOTED_ERROR: (Part.DIAGNOSTICS, 1.4),
    EntityKind.STACK_FRAME: (Part.DIAGNOSTICS, 2.0),
    EntityKind.VERSION: (Part.FACTS, 0.6),
    EntityKind.OS: (Part.FACTS, 0.6),
    EntityKind.BROWSER: (Part.FACTS, 0.5),
    EntityKind.AFFECTED_COUNT: (Part.BUSINESS, 1.0),
    EntityKind.DEADLINE: (Part.BUSINESS, 1.5),
    EntityKind.PHONE: (Part.AVAILABILITY, 2.0),
    EntityKind.EMAIL: (Part.AVAILABILITY, 0.5),
    EntityKind.TIME_WINDOW: (Part.AVAILABILITY, 0.4),
}
_TRIED_HERE = re.compile(
    r"\b(?:i|we) (?:have |just |also )?tried\b.{0,80}\b(?:and|but|here|works?|shows?|fine)\b|"
    r"^\W*(?:tested|verified|confirmed|reproduced)\b",
    re.IGNORECASE,
)
# "ata2: link down", "[gc] took 4s", "/proc/mdstat: …": a machine speaks.
_OUTPUT = re.compile(r"^\W*(?:[\w./-]*[\d_/][\w./-]*|\[[\w.]+\])\s?:\s|^\[\w+\]|\w\[\d+\]")
_NOW = re.compile(
    r"\b(?:now|again|no more|no longer|since then|since that|stopped|gone|back|wieder|jetzt|à nouveau|ya)\b",
    re.IGNORECASE,
)
# Steps that only look: what was found by them is a check.
_LOOKED = re.compile(
    r"^\W*(?:tested|verified|confirmed|reproduced|checked|compared|noticed|found|saw|received|needed|"
    r"asked|attached|raised|filed|fixed|closed|resolved|moved this|expected|based|related)\b",
    re.IGNORECASE,
)
_DID = re.compile(
    r"^\W*(?:(?:just|then|also|now|i|we)\s)*(?:\w{3,}ed|ran|put|set|took|reran|rebuilt)\s(?!by\b)",
    re.IGNORECASE,
)
# The same where the verb comes last: "Eintrag gelöscht, unverändert", "Règle ajoutée : ça passe". Who says
# what is or has been so uses another verb before it, and tells no step.
_DID_ABROAD = re.compile(
    r"^\W*(?:(?!(?:ist|sind|war|waren|wird|werden|wurden?|hat|bleibt|est|sont|était|a été|es|está|son|fue|"
    r"ha sido)\b)"
    r"[^\s,:;.]+ ){1,9}?(?:(?:\w{2,5})?ge\w{2,}(?:t|en)|\w{3,}iert|(?:ver|ent|über)\w{3,}t|\w{3,}ée?s?|"
    r"\w{2,}[ai]d[oa]s?)(?=\s?[,:;.]|\s*$|\s(?:und|et|y)\b)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:please|kindly|could you|can you|bitte|s['’]il vous plaît|por favor)\b", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"\b(?:same|still|works?|working|worked|helped|fixed|solved|no (?:luck|change|difference|joy)|"
    r"nothing|did it|immer noch|"
    r"toujours|sigue)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(rf"\b{BROKEN}\b|\bproblems?\b|\bissues?\b|\berrors?\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a sentence stands: its speaker, what it names, what was read before it."""

    role: Role
    named: tuple[Entity, ...] = ()
    opening: bool = False  # in the first message of the conversation
    answering: bool = False  # the message before was the other side's
    asked: bool = False  # … and it asked something
    internal: bool = False  # a note among technicians: nothing in it is courtesy
    after_step: bool = False  # … and it told of a step
    before: Part | None = None  # how the sentence before it, in the same message, was read
    first: bool = True  # none stood before it
    changed: float = 0.0  # how surely it tells of a change before the trouble: see ``changed``

    @property
    def leaning(self) -> Leaning:
        """How a sentence in this place leans, whatever its words."""
        if self.role is Role.TECHNICIAN:
            return {} if self.internal else TECHNICIAN.get("first" if self.first else self.before, {})
        if not self.first:
            return REQUESTER.get(self.before, {})
        turns = {"opening": self.opening, "after a step": self.after_step, "asked": self.asked}
        return REQUESTER[next((turn for turn, so in turns.items() if so), "first")]

    @property
    def speaker(self) -> str:
        """Whose words they are, as ``features`` names it."""
        if self.role is not Role.TECHNICIAN:
            return "requester"
        return "note" if self.internal else "technician"


def add(scores: Scores, part: Part | None, weight: float) -> None:
    """This will add to what speaks for a part; of None, for no evidence at all."""
    scores[part] = scores.get(part, 0.0) + weight


def weigh_place(scores: Scores, sentence: Sentence, place: Place) -> None:
    """This will add what heading, entities and the sentence before it say."""
    for part, weight in _UNDER.get(sentence.heading, {}).items():
        add(scores, part, weight)
    for kind in {entity.kind for entity in place.named}:
        if kind in _NAMED:
            add(scores, *_NAMED[kind])
    product = any(
        entity.kind in (EntityKind.VERSION, EntityKind.OS, EntityKind.BROWSER) for entity in place.named
    )
    if product and len(sentence.text.split()) <= 6 and not scores.get(None):
        add(scores, Part.FACTS, 1.0)  # a line of an environment list
    if _OUTPUT.search(sentence.text):
        add(scores, Part.DIAGNOSTICS, 2.3)
    if place.before is Part.DIAGNOSTICS and sentence.text.count('"') % 2 == 1 and sentence.text.endswith('"'):
        add(scores, Part.DIAGNOSTICS, 1.5)  # the rest of a quoted message


def weigh_change(scores: Scores, place: Place) -> None:
    """What was changed before anybody complained is a fact about the trouble, and no step against it."""
    told = place.changed if place.role is Role.TECHNICIAN else 0.6 * place.changed
    add(scores, Part.FACTS, 3.2 * told)
    add(scores, Part.REMEDIATION, -2.4 * told)
    add(scores, Part.BUSINESS, -1.0 * told)
    add(scores, Part.AVAILABILITY, -1.0 * told)


def weigh_speaker(scores: Scores, body: str, place: Place) -> None:
    """This will add what follows from whose words they are."""
    if place.role is Role.TECHNICIAN:
        _weigh_technician(scores, body, place)
    else:
        _weigh_requester(scores, body, place)


def _weigh_technician(scores: Scores, body: str, place: Place) -> None:
    """What a technician tells the user is mostly courtesy and questions; what they observed is a check."""
    if scores.get(Part.DIAGNOSTICS, 0.0) >= 1.0:
        add(scores, Part.DIAGNOSTICS, 2.0 if _TRIED_HERE.search(body) else 0.5)
    scores[Part.BUSINESS] = scores.get(Part.BUSINESS, 0.0) * 0.6
    if not place.internal:
        scores[Part.FACTS] = scores.get(Part.FACTS, 0.0) * 0.8
    if body.rstrip().endswith("?"):
        add(scores, None, 3.0)
    elif _REQUEST.search(body):
        add(scores, None, 1.0)
    elif (_DID.search(body) and not _LOOKED.search(body)) or _DID_ABROAD.search(body):
        add(scores, Part.REMEDIATION, 1.2)
    elif place.before is Part.HYPOTHESIS and not scores.get(None):
        add(scores, Part.HYPOTHESIS, 1.1)  # an explanation goes on


def _weigh_requester(scores: Scores, body: str, place: Place) -> None:
    asks = body.rstrip().endswith("?")
    if asks and place.role is Role.OTHER and not place.opening:
        # A colleague in a thread asks back; the requester's question may be the trouble.
        add(scores, None, 2.5)
    elif asks and not (place.opening and _BROKEN.search(body)):
        add(scores, None, 1.0)
    elif asks:
        scores[None] = scores.get(None, 0.0) * 0.2
        add(scores, Part.FACTS, 0.6)
    if not scores.get(None):
        add(scores, Part.FACTS, 0.8 if place.asked else 0.5 if place.opening else 0.3)
    if place.after_step and len(body.split()) <= 10 and _NOW.search(body):
        add(scores, Part.REMEDIATION, 1.5)
    if place.answering and len(body.split()) <= 8 and _OUTCOME.search(body):
        add(scores, Part.REMEDIATION, 0.6)
