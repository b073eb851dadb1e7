"""What does an update in technical words mean for the user?

Rules, not a model: every reading can name the words it rests on, and the same text always reads the
same. A reading never claims more than the text: where two meanings fight, the weaker claim wins.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from escalation.translation.cues.clauses import Sentence, sentences
from escalation.translation.cues.kinds import DONE, Cause, Meaning, Team
from escalation.translation.cues.naming import cause_named, team_named
from escalation.translation.cues.times import Expected, expected
from escalation.translation.cues.weigh import LANGUAGES, Vote, languages_of, votes

__all__ = ["Cause", "Expected", "Meaning", "Reading", "Team", "read"]

CERTAIN_AT = 0.62  # below, the neutral line is said; chosen on fixtures/eval/sayable/development.jsonl

# Which meaning leads when an update has several: what the user has to know or do first.
_LEADS = (
    Meaning.RESOLVED,
    Meaning.FIXED_WATCHING,
    Meaning.NOT_FIXED,
    Meaning.BOUNCED,
    Meaning.NEEDS_ANSWER,
    Meaning.WAITING_FOR_USER,
    Meaning.CAUSE_FOUND,
    Meaning.WAITING_FOR_APPROVAL,
    Meaning.FIX_IN_PROGRESS,
    Meaning.WAITING_FOR_VENDOR,
    Meaning.PAUSED,
    Meaning.BEING_WORKED,
    Meaning.RECEIVED,
)
# Said later in the same update, these take a "done" back: not done yet, or not for everybody.
_UNDOES = frozenset({Meaning.FIX_IN_PROGRESS, Meaning.WAITING_FOR_APPROVAL, Meaning.WAITING_FOR_VENDOR})
_STILL_BROKEN = 0.85  # strength of a "still failing" cue, which takes a "done" back wherever it stands
_SECONDARY = 0.6
_BACK_OUT = re.compile(r"roll|revert|back")
_HELPLESS = re.compile(r"nothing (?:we|i) can")
_WAITS = frozenset({Meaning.WAITING_FOR_APPROVAL, Meaning.WAITING_FOR_VENDOR, Meaning.WAITING_FOR_USER})
_RCA = re.compile(r"root cause|\brca\b|analysis|ursache|cause|causa|原因")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What an update means, what else it says, what it promises, how sure that is (0 to 1) and why."""

    meaning: Meaning
    also: tuple[Meaning, ...] = ()
    expected_at: datetime | None = None
    expected_words: str = ""
    certainty: float = 0.0
    because: tuple[str, ...] = ()
    expected: Expected | None = None
    cause: Cause | None = None
    team: Team | None = None


def read(text: str, *, said_at: datetime, zone: str = "UTC") -> Reading:
    """This will read an update that was written at ``said_at`` (aware) by somebody in ``zone`` (IANA)."""
    said = sentences(text)
    stated = _settled(votes(said))
    promise = _promise(said, said_at=said_at.astimezone(ZoneInfo(zone)))
    if not stated:
        return Reading(meaning=Meaning.UNCLEAR, certainty=0.2)
    leading = next((meaning for meaning in _LEADS if stated.get(meaning, _NONE).strength >= _SECONDARY), None)
    if leading is None:
        leading = max(stated, key=lambda meaning: stated[meaning].strength)
    also = tuple(
        meaning
        for meaning in _LEADS
        if meaning is not leading and stated.get(meaning, _NONE).strength >= _SECONDARY
    )
    best = stated[leading]
    return Reading(
        meaning=leading,
        also=also,
        expected_at=promise.at if promise else None,
        expected_words=promise.words if promise else "",
        certainty=round(best.strength, 2),
        because=tuple(dict.fromkeys(stated[meaning].words for meaning in (leading, *also))),
        expected=promise,
        cause=cause_named(said),
        team=team_named(said),
    )


_NONE = Vote(meaning=Meaning.UNCLEAR, strength=0.0, words="", place=0)


def _settled(cast: tuple[Vote, ...]) -> dict[Meaning, Vote]:
    """The strongest vote per meaning, after contradictions are settled for the weaker claim."""
    by_meaning: dict[Meaning, list[Vote]] = defaultdict(list)
    for vote in cast:
        by_meaning[vote.meaning].append(vote)
    best = {meaning: max(found, key=lambda vote: vote.strength) for meaning, found in by_meaning.items()}
    done = [vote for meaning in DONE for vote in by_meaning.get(meaning, [])]
    if _broken(by_meaning) and _BACK_OUT.search(best.get(Meaning.FIX_IN_PROGRESS, _NONE).words):
        best.pop(Meaning.FIX_IN_PROGRESS)  # what is rolled back here is the fix that failed
    if _HELPLESS.search(best.get(Meaning.NOT_FIXED, _NONE).words) and _WAITS & best.keys():
        best.pop(Meaning.NOT_FIXED)  # "nothing we can do but wait" for somebody who is named
    if done and _taken_back(by_meaning, last_done=max(vote.place for vote in done)):
        for meaning in DONE:
            best.pop(meaning, None)
    if Meaning.RESOLVED in best and Meaning.FIXED_WATCHING in best:
        # "Resolved, monitoring": the writer is not sure yet, so neither are we.
        if best[Meaning.FIXED_WATCHING].strength >= _SECONDARY and not _user_agrees(
            by_meaning[Meaning.RESOLVED]
        ):
            watched = best[Meaning.FIXED_WATCHING]
            best[Meaning.FIXED_WATCHING] = max(
                watched, best.pop(Meaning.RESOLVED), key=lambda vote: vote.strength
            )
        else:
            best.pop(Meaning.FIXED_WATCHING)
    return best


def _taken_back(by_meaning: dict[Meaning, list[Vote]], *, last_done: int) -> bool:
    later = (vote.place > last_done for meaning in _UNDOES for vote in by_meaning.get(meaning, []))
    return _broken(by_meaning) or any(later)


def _broken(by_meaning: dict[Meaning, list[Vote]]) -> bool:
    return any(
        vote.strength >= _STILL_BROKEN and not _RCA.search(vote.words)
        for vote in by_meaning.get(Meaning.BEING_WORKED, [])
    )


def _user_agrees(resolved: list[Vote]) -> bool:
    return any(re.search(r"confirm|bestätig|確認|verified", vote.words) for vote in resolved)


def _promise(said: tuple[Sentence, ...], *, said_at: datetime) -> Expected | None:
    """The last time that is promised without a condition: later sentences correct earlier ones."""
    spoken = languages_of(" ".join(sentence.text for sentence in said))
    conditions = [language.supposed for language in LANGUAGES if language.code in spoken]
    found = [
        expected(sentence.text, language=language, said_at=said_at)
        for sentence in said
        if not sentence.asks and not any(condition.search(sentence.text) for condition in conditions)
        for language in spoken
    ]
    return next((promise for promise in reversed(found) if promise), None)
