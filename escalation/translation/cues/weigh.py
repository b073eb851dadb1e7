"""Which meanings does each clause of an update speak for, and how strongly?

A claim that something is done counts only if nothing takes it back: a negation, a condition, a doubt, a
plan, a test system, an earlier case. What takes it back says which weaker meaning remains.
"""

import re
from dataclasses import dataclass

from escalation.translation.cues.clauses import Clause, Sentence
from escalation.translation.cues.english import ENGLISH
from escalation.translation.cues.french import FRENCH
from escalation.translation.cues.german import GERMAN
from escalation.translation.cues.idioms import IDIOMS
from escalation.translation.cues.japanese import JAPANESE
from escalation.translation.cues.kinds import DONE, Cue, Language, Meaning
from escalation.translation.cues.spanish import SPANISH

LANGUAGES = (ENGLISH, GERMAN, FRENCH, SPANISH, JAPANESE)

_ASKED = 0.7  # a question mark alone asks somebody for something
_HEDGED = 0.65  # what remains of a claim that was taken back
_CLAIMS = DONE | {Meaning.CAUSE_FOUND, Meaning.FIX_IN_PROGRESS}
_FUNCTION_WORDS = {
    "en": re.compile(
        r"\b(?:the|is|are|and|to|of|for|on|this|it|we|has|been|with|not|was|from|in|now|"
        r"will|can|please)\b"
    ),
    "de": re.compile(
        r"\b(?:der|die|das|ist|und|wir|nicht|noch|wird|auf|mit|von|bitte|den|ein|eine|"
        r"wurde|für|uns|zu|am|haben)\b"
    ),
    "fr": re.compile(
        r"\b(?:le|la|les|est|et|nous|pas|en|de|du|des|un|une|sur|pour|merci|que|avec|a|"
        r"ce|au)\b"
    ),
    "es": re.compile(r"\b(?:el|la|los|las|es|y|no|en|de|del|un|una|por|para|que|con|se|al|lo|está|ya)\b"),
}
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """One clause's word for a meaning, with the words that gave it and the clause's place in the text."""

    meaning: Meaning
    strength: float
    words: str
    place: int


def languages_of(text: str) -> tuple[str, ...]:
    """This will guess the language of a lower-cased text; a text too short to tell gives several."""
    if len(_JAPANESE.findall(text)) * 3 > len(text.replace(" ", "")):
        return ("ja",)
    counts = {code: len(pattern.findall(text)) for code, pattern in _FUNCTION_WORDS.items()}
    most = max(counts.values())
    return tuple(code for code, count in counts.items() if count == most)


def votes(said: tuple[Sentence, ...]) -> tuple[Vote, ...]:
    """This will return every vote of the update, in the order of the text.

    Every language's cues are tried on every clause: technicians mix languages, and cues are distinctive.
    """
    found: list[Vote] = []
    place = 0
    for sentence in said:
        supposed = False
        for clause in sentence.clauses:
            place += 1
            supposed = (supposed and not clause.turned) or _supposes(clause)
            found.extend(_clause_votes(clause, asks=sentence.asks, supposed=supposed, place=place))
        if sentence.asks and len(sentence.text) > 8:
            found.append(
                Vote(meaning=Meaning.NEEDS_ANSWER, strength=_ASKED, words=sentence.text[:80], place=place)
            )
    return tuple(found)


def _supposes(clause: Clause) -> bool:
    return any(language.supposed.search(clause.text) for language in LANGUAGES)


def _clause_votes(clause: Clause, *, asks: bool, supposed: bool, place: int) -> list[Vote]:
    found: list[Vote] = []
    for language in LANGUAGES:
        for cue in (*language.cues, *IDIOMS[language.code]):
            match = cue.pattern.search(clause.text)
            if match is None:
                continue
            meaning: Meaning | None = cue.meaning
            strength = cue.strength
            if not cue.firm:
                if (asks or supposed) and meaning is not Meaning.NEEDS_ANSWER:
                    continue
                meaning, strength = _taken_back(cue, match, clause.text, language)
            if meaning is not None:
                found.append(Vote(meaning=meaning, strength=strength, words=match[0].strip(), place=place))
    return found


def _taken_back(
    cue: Cue, match: re.Match[str], text: str, language: Language
) -> tuple[Meaning | None, float]:
    meaning = cue.meaning
    if _denied(match, text, language):
        return (Meaning.BEING_WORKED if meaning in _CLAIMS else None), _HEDGED
    if meaning in _CLAIMS and (language.past.search(text) or language.quiet.search(text)):
        return None, 0.0
    if meaning is Meaning.CAUSE_FOUND and language.doubted.search(text):
        return Meaning.BEING_WORKED, _HEDGED
    if meaning in DONE:
        if language.planned.search(text) or language.partly.search(text):
            return Meaning.FIX_IN_PROGRESS, cue.strength - 0.05
        if language.doubted.search(text):
            return Meaning.FIXED_WATCHING, _HEDGED
    return meaning, cue.strength


def _denied(match: re.Match[str], text: str, language: Language) -> bool:
    ahead, behind = text[: match.start()], text[match.end() :]
    return any(
        (
            language.not_before.search(ahead),
            language.not_before.search(match[0]),
            language.not_after.search(behind),
        )
    )
