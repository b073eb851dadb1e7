"""Which part of the knowledge state does a sentence belong to, and how surely?

The votes of ``cues`` and the opinion of ``learned`` are added up, then what is known about the place
counts: who speaks, under which heading, what came before, which entities the sentence names. Nothing
below ``THRESHOLD`` is offered: a wrong suggestion costs Level One more than a missing one.
"""

import re
from dataclasses import dataclass, replace

from escalation.extraction.cues import BROKEN, votes
from escalation.extraction.entities import Entity
from escalation.extraction.features import features
from escalation.extraction.kinds import EntityKind
from escalation.extraction.learned import opinion
from escalation.extraction.sentences import Sentence
from escalation.extraction.turns import REQUESTER, TECHNICIAN, Leaning
from escalation.knowledge.words import Part, Role

THRESHOLD = 0.8
LEARNED_WEIGHT = 1.6  # on threads nobody had looked at it was right more often than the cues
SUPPOSED = 1.8  # votes from which on a sentence about a change says that it did the harm
BESIDE = 2.0  # what a second part needs, from the cues alone and on balance
DEFAULT_WEIGHT = 0.7
_BESIDE = (Part.BUSINESS, Part.AVAILABILITY)
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
# How much a request around it speaks against a part: "please call me" is a request and an availability.
_DOUBT: dict[Part, float] = {Part.BUSINESS: 0.5, Part.AVAILABILITY: 0.3}
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|hallo|bonjour|hola)\b(?: @?[\w.~\[\]-]+){0,2}\s?[,!.:-]\s+", re.IGNORECASE
)
# A line that does nothing but greet, whomever it names.
_GREETS = re.compile(
    r"\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning|greetings|"
    r"to whom it may concern|hallo|"
    r"moin|servus|guten (?:morgen|tag|abend)|liebe[rs]?|sehr geehrte[rs]?|werte[rs]?|bonjour|bonsoir|"
    r"salut|ch[eè]re?s?|"
    r"madame|hola|buen[oa]s(?: días| tardes| noches)?|estimad[oa]s?|ciao|olá|お世話になっております|"
    r"いつもお世話になっております|こんにちは)(?![-'’])\b"
    r"(?:[ ,/&@]{1,2}[\w.~\[\]-]{1,20}){0,5}\s?[,:!.。、-]*\s*",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"^\s*(?:<?(?:@|\[~)[\w.~@-]{2,60}[\]>]?[,:]? |[a-z]\w{0,15}\d+[,:] |user[,:] )(?=\S)"
)
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
# The same where the verb comes last: "Eintrag gelöscht, unverändert", "Règle ajoutée : ça passe". Who says
# what is or has been so uses another verb before it, and tells no step.
_DID_ABROAD = re.compile(
    r"^\W*(?:(?!(?:ist|sind|war|waren|wird|werden|wurden?|hat|bleibt|est|sont|était|a été|es|está|son|fue|"
    r"ha sido)\b)"
    r"[^\s,:;.]+ ){1,9}?(?:(?:\w{2,5})?ge\w{2,}(?:t|en)|\w{3,}iert|(?:ver|ent|über)\w{3,}t|\w{3,}ée?s?|"
    r"\w{2,}[ai]d[oa]s?)(?=\s?[,:;.]|\s*$|\s(?:und|et|y)\b)",
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
_REQUEST = re.compile(
    r"\b(?:please|kindly|could you|can you|bitte|s['’]il vous plaît|por favor)\b", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"\b(?:same|still|works?|working|worked|helped|fixed|solved|no (?:luck|change|difference|joy)|"
    r"nothing|did it|immer noch|"
    r"toujours|sigue)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:is|are|was|has|have|can|cannot|not|no|does|did|ist|sind|kann|nicht|est|sont|ne|pas|es|son|no)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s*(?:\.{2,}|…|;|\?|!|\s[-–—]{1,2}\s|,? (?:but|however|aber|mais|pero)\b)\s*", re.IGNORECASE
)
_BROKEN = re.compile(rf"\b{BROKEN}\b|\bproblems?\b|\bissues?\b|\berrors?\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The part a sentence belongs to, the strength of the votes for it, and the words that say it."""

    part: Part | None
    score: float
    words: str
    also: Part | None = None  # a deadline or an availability said in the same breath


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
        if self.role is not Role.TECHNICIAN:
            return "requester"
        return "note" if self.internal else "technician"


def read(sentence: Sentence, place: Place) -> Reading:
    """This will weigh a sentence; ``part`` is None when it is no evidence."""
    if sentence.log:
        return _read_log(sentence, place)
    if _GREETS.fullmatch(sentence.text) and not _SAYS.search(sentence.text):
        return Reading(part=None, score=0.0, words=sentence.text)
    body = strip_address(sentence.text)
    whole = _weigh(body, sentence, place)
    clauses = [clause for clause in _CLAUSE.split(body) if clause.strip()]
    if len(clauses) < 2:
        return whole
    readings = [_weigh(clause, sentence, place) for clause in clauses]
    best = max(readings, key=lambda reading: reading.score)
    if whole.part is None and best.part is not None and best.score >= THRESHOLD + 0.5:
        whole = best
    if whole.part is None or whole.also is not None:
        return whole
    beside = (each.part for each in readings if each.part in _BESIDE and each.score >= BESIDE)
    return replace(whole, also=next((part for part in beside if part is not whole.part), None))


def strip_address(text: str) -> str:
    """This will take off the greeting and the name a line is addressed to."""
    return _ADDRESSED.sub("", _GREETING.sub("", text))


def _read_log(sentence: Sentence, place: Place) -> Reading:
    """A log is a diagnostic, except the bare commands that a technician asks to be run."""
    asked = place.role is Role.TECHNICIAN and re.fullmatch(r"(?:\s*[$#>] \S[^\n]*\n?)+", sentence.text)
    part = None if asked else Part.DIAGNOSTICS
    return Reading(part=part, score=3.0, words=sentence.text)


def _weigh(body: str, sentence: Sentence, place: Place) -> Reading:
    scores: Scores = votes(body)
    kinds = {entity.kind for entity in place.named}
    learned = opinion(features(body, speaker=place.speaker, votes=scores, kinds=kinds))
    _weigh_place(scores, sentence, place)
    _weigh_speaker(scores, body, place)
    plain = place.role is not Role.TECHNICIAN or place.internal
    if plain and not scores.get(None) and _is_statement(body):
        # Nobody writes an empty sentence into a ticket: what speaks for nothing else is a fact.
        top = max(
            (part for part in Part if scores.get(part)), key=lambda part: scores[part], default=Part.FACTS
        )
        _add(scores, top, DEFAULT_WEIGHT)
    if place.changed and scores.get(Part.HYPOTHESIS, 0.0) < SUPPOSED:
        _weigh_change(scores, place)
    against = scores.get(None, 0.0)
    leaning = place.leaning
    net = {
        part: scores.get(part, 0.0)
        - _DOUBT.get(part, 1.0) * against
        + LEARNED_WEIGHT * learned[part]
        + leaning.get(part, 0.0)
        for part in Part
    }
    part = max(net, key=lambda each: net[each])
    score = net[part]
    if score < THRESHOLD or not _says_enough(body, part):
        return Reading(part=None, score=score, words=body)
    also = next(
        (each for each in _BESIDE if each is not part and min(net[each], scores.get(each, 0.0)) >= BESIDE),
        None,
    )
    return Reading(part=part, score=score, words=body, also=also)


def _add(scores: Scores, part: Part | None, weight: float) -> None:
    scores[part] = scores.get(part, 0.0) + weight


def _weigh_place(scores: Scores, sentence: Sentence, place: Place) -> None:
    for part, weight in _UNDER.get(sentence.heading, {}).items():
        _add(scores, part, weight)
    for kind in {entity.kind for entity in place.named}:
        if kind in _NAMED:
            _add(scores, *_NAMED[kind])
    product = any(
        entity.kind in (EntityKind.VERSION, EntityKind.OS, EntityKind.BROWSER) for entity in place.named
    )
    if product and len(sentence.text.split()) <= 6 and not scores.get(None):
        _add(scores, Part.FACTS, 1.0)  # a line of an environment list
    if _OUTPUT.search(sentence.text):
        _add(scores, Part.DIAGNOSTICS, 2.3)
    if place.before is Part.DIAGNOSTICS and sentence.text.count('"') % 2 == 1 and sentence.text.endswith('"'):
        _add(scores, Part.DIAGNOSTICS, 1.5)  # the rest of a quoted message


def _weigh_change(scores: Scores, place: Place) -> None:
    """What was changed before anybody complained is a fact about the trouble, and no step against it."""
    told = place.changed if place.role is Role.TECHNICIAN else 0.6 * place.changed
    _add(scores, Part.FACTS, 3.2 * told)
    _add(scores, Part.REMEDIATION, -2.4 * told)
    _add(scores, Part.BUSINESS, -1.0 * told)
    _add(scores, Part.AVAILABILITY, -1.0 * told)


def _weigh_speaker(scores: Scores, body: str, place: Place) -> None:
    if place.role is Role.TECHNICIAN:
        _weigh_technician(scores, body, place)
    else:
        _weigh_requester(scores, body, place)


def _weigh_technician(scores: Scores, body: str, place: Place) -> None:
    """What a technician tells the user is mostly courtesy and questions; what they observed is a check."""
    if scores.get(Part.DIAGNOSTICS, 0.0) >= 1.0:
        _add(scores, Part.DIAGNOSTICS, 2.0 if _TRIED_HERE.search(body) else 0.5)
    scores[Part.BUSINESS] = scores.get(Part.BUSINESS, 0.0) * 0.6
    if not place.internal:
        scores[Part.FACTS] = scores.get(Part.FACTS, 0.0) * 0.8
    if body.rstrip().endswith("?"):
        _add(scores, None, 3.0)
    elif _REQUEST.search(body):
        _add(scores, None, 1.0)
    elif (_DID.search(body) and not _LOOKED.search(body)) or _DID_ABROAD.search(body):
        _add(scores, Part.REMEDIATION, 1.2)
    elif place.before is Part.HYPOTHESIS and not scores.get(None):
        _add(scores, Part.HYPOTHESIS, 1.1)  # an explanation goes on


def _weigh_requester(scores: Scores, body: str, place: Place) -> None:
    asks = body.rstrip().endswith("?")
    if asks and place.role is Role.OTHER and not place.opening:
        # A colleague in a thread asks back; the requester's question may be the trouble.
        _add(scores, None, 2.5)
    elif asks and not (place.opening and _BROKEN.search(body)):
        _add(scores, None, 1.0)
    elif asks:
        scores[None] = scores.get(None, 0.0) * 0.2
        _add(scores, Part.FACTS, 0.6)
    if not scores.get(None):
        _add(scores, Part.FACTS, 0.8 if place.asked else 0.5 if place.opening else 0.3)
    if place.after_step and len(body.split()) <= 10 and _NOW.search(body):
        _add(scores, Part.REMEDIATION, 1.5)
    if place.answering and len(body.split()) <= 8 and _OUTCOME.search(body):
        _add(scores, Part.REMEDIATION, 0.6)


def _is_statement(body: str) -> bool:
    """More than a name, a greeting or the announcement of what comes below."""
    if body.rstrip().endswith((":", "?")):
        return False
    if re.search(r"[぀-ヿ一-鿿]", body):
        return len(body) >= 8
    words = re.findall(r"[^\W_]+", re.sub(r"\b\w{2,10}://\S+", "", body))
    return len(words) >= 4 and any(word[0].islower() for word in words[1:])


def _says_enough(body: str, part: Part) -> bool:
    if re.search(r"[぀-ヿ一-鿿]", body):
        return len(body) >= 5
    count = len(re.findall(r"\w+", body))
    return count >= (3 if part in (Part.HYPOTHESIS, Part.AVAILABILITY) else 2)
