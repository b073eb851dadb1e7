"""Which part of the knowledge state does a sentence belong to, and how surely?

The votes of ``cues`` and the opinion of ``learned`` are added up, then what ``place`` knows counts. Nothing
below ``THRESHOLD`` is offered: a wrong suggestion costs Level One more than a missing one.
"""

import re
from dataclasses import dataclass, replace

from escalation.extraction.cues import votes
from escalation.extraction.features import features
from escalation.extraction.learned import opinion
from escalation.extraction.place import Place, Scores, add, weigh_change, weigh_place, weigh_speaker
from escalation.extraction.sentences import Sentence
from escalation.knowledge.words import Part, Role

THRESHOLD = 0.8
LEARNED_WEIGHT = 1.6  # on threads nobody had looked at it was right more often than the cues
SUPPOSED = 1.8  # votes from which on a sentence about a change says that it did the harm
BESIDE = 2.0  # what a second part needs, from the cues alone and on balance
DEFAULT_WEIGHT = 0.7
_BESIDE = (Part.BUSINESS, Part.AVAILABILITY)
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
_SAYS = re.compile(
    r"\b(?:is|are|was|has|have|can|cannot|not|no|does|did|ist|sind|kann|nicht|est|sont|ne|pas|es|son|no)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s*(?:\.{2,}|…|;|\?|!|\s[-–—]{1,2}\s|,? (?:but|however|aber|mais|pero)\b)\s*", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The part a sentence belongs to, the strength of the votes for it, and the words that say it."""

    part: Part | None
    score: float
    words: str
    also: Part | None = None  # a deadline or an availability said in the same breath


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
    weigh_place(scores, sentence, place)
    weigh_speaker(scores, body, place)
    plain = place.role is not Role.TECHNICIAN or place.internal
    if plain and not scores.get(None) and _is_statement(body):
        # Nobody writes an empty sentence into a ticket: what speaks for nothing else is a fact.
        top = max(
            (part for part in Part if scores.get(part)), key=lambda part: scores[part], default=Part.FACTS
        )
        add(scores, top, DEFAULT_WEIGHT)
    if place.changed and scores.get(Part.HYPOTHESIS, 0.0) < SUPPOSED:
        weigh_change(scores, place)
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
