"""What of a sentence does the learned reading look at?

Training and reading call the same function; a change here needs ``manage.py train_reading``.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from escalation.knowledge.words import Part

FIRST_WORDS = 40
CUE_WEIGHT = 0.25  # the cues are weighed on their own as well: here they are one opinion among many
SPEAKERS = ("requester", "technician", "note")  # a note is a technician's, internal to the desk
# What was done stands in the past: "paused the import", "we rolled it back", "just swapped the cable".
_IRREGULAR = re.compile(
    r"ran|put|set|took|gave|made|went|got|kept|held|built|sent|reran|rebuilt|redid|cut|wrote|let|left|found|saw"
)
_WAS = re.compile(
    r"is|are|was|were|been|being|got|wurde|wurden|worden|ist|sind|été|est|sont|fue|sido|ha|hat|a"
)
# Past participles of German, French and Spanish; "about" and its like only look like one.
_FOREIGN = re.compile(
    r"(?!about|abort|absent|ancient|event|verdict|gent|get|german)(?:(?:(?:an|aus|ein|zurück|ab|um|auf|neu)?ge\w{2,}|"
    r"(?:aus|zurück|auf|neu|ver|er|ent)\w{3,})t|\w{3,}iert|\w{3,}ée?s?|\w{3,}[ai]d[oa]s?)"
)
_WHO = re.compile(r"i|we|he|she|they|user|i've|we've")
_FILLING = re.compile(r"just|also|already|then|now|have|had|has|been|even|first|so|and|ok|yes")
_TOKEN = re.compile(r"[^\W_]+(?:['’][a-z]+)?|[?:]|->")


def features(
    text: str, *, speaker: str, votes: Mapping[Part | None, float], kinds: Iterable[str]
) -> dict[str, float]:
    """This will describe a sentence by its words, its speaker, its entities and the votes of the cues."""
    lowered = re.sub(r"\d+", "0", re.sub(r"\b\w{2,10}://\S+", " urlx ", text.lower().replace("’", "'")))
    words = _TOKEN.findall(lowered)[:FIRST_WORDS]
    found = {f"w {word}": 1.0 for word in words}
    found |= {f"{speaker} {word}": 0.5 for word in words}
    found |= {f"b {first} {second}": 1.0 for first, second in pairwise(words)}
    if words:
        found |= {f"first {words[0]}": 1.0, f"last {words[-1]}": 1.0}
    found |= _past(words, speaker)
    found |= {f"kind {kind}": 1.0 for kind in kinds}
    found |= {f"cue {part.value if part else 'none'}": CUE_WEIGHT * vote for part, vote in votes.items()}
    return found | {
        speaker: 1.0,
        "length": min(len(words), 30) / 30,
        "asks": float(text.rstrip().endswith("?")),
    }


def _past(words: list[str], speaker: str) -> dict[str, float]:
    """Say whether the sentence tells what was done: a past tense where its verb stands."""
    found = {"some past": 0.5} if any(map(_is_past, words)) else {}
    if not words:
        return found
    # "Group exempted.", "The rule was extended yesterday": what was done, without who did it.
    if len(words) > 1 and _is_past(words[-1]):
        found |= {"ends past": 1.0, f"ends past {speaker}": 1.0}
    if any(_WAS.fullmatch(first) and _is_past(second) for first, second in pairwise(words)):
        found |= {"was past": 1.0, f"was past {speaker}": 1.0}
    filling = [bool(_WHO.fullmatch(word) or _FILLING.fullmatch(word)) for word in words]
    start = filling.index(False) if False in filling else len(words)
    if start == 0 and _is_past(words[0]):
        return found | {"starts past": 1.0, f"starts past {speaker}": 1.0}
    if start and words[start:] and _is_past(words[start]):
        found["somebody past"] = 1.0
    return found | ({"somebody": 0.5} if _WHO.fullmatch(words[0]) else {})


def _is_past(word: str) -> bool:
    if (word.endswith("ed") and len(word) > 4) or _IRREGULAR.fullmatch(word):
        return True
    return _FOREIGN.fullmatch(word) is not None
