"""Which words of a line tell the receiver nothing?

"Not working" is empty alone and fine beside an error code, a time or a cause: a phrase counts only where
its sentence holds nothing else to work with. A hint that is wrong too often is switched off, so in doubt
there is none.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from escalation.guard.phrase_table import PHRASES, SUBSTANCE, WORDS_OF_GRAMMAR

TEXT_MAX = 20_000  # a longer text is a log, and logs are not phrases
LEFT_OVER = 2  # this many words of content beside the phrase make a sentence of it

_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:\.(?=\S)[^.!?。！？\n]*)*")
_WORD = re.compile(r"[^\W_][\w'’-]*")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_JAPANESE_LEFT_OVER = 8  # without blanks, characters are counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Where an empty phrase stands, in characters of the text."""

    start: int
    end: int


# Whoever types changes one line, and every pause in typing asks about all of them again.
@lru_cache(maxsize=1024)
def empty_phrases(text: str) -> tuple[Span, ...]:
    """This will find the empty phrases of a text, in order; in English, German, French, Spanish, Japanese."""
    found: list[Span] = []
    for sentence in _SENTENCE.finditer(text[:TEXT_MAX]):
        said = sentence[0]
        matches = [match for pattern in PHRASES if (match := pattern.search(said))]
        if matches and not SUBSTANCE.search(said) and _says_nothing_else(said, matches):
            longest = max(matches, key=lambda match: match.end() - match.start())
            found.append(Span(start=sentence.start() + longest.start(), end=sentence.start() + longest.end()))
    return tuple(found)


def _says_nothing_else(said: str, matches: list[re.Match[str]]) -> bool:
    rest = list(said)
    for match in matches:
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
    left = "".join(rest)
    if len(_JAPANESE.findall(left)) >= _JAPANESE_LEFT_OVER:
        return False
    content = [word for word in _WORD.findall(left.casefold()) if word not in WORDS_OF_GRAMMAR]
    return len(content) < LEFT_OVER
