"""Which words does a text consist of, so that two people who mean the same write the same?

Everything else in the package compares these words and never the raw text: a change here moves every
figure in docs/linking.md. Only the first ``BODY_LIMIT`` characters are read: a pasted log costs no more
than a note.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

TITLE_LIMIT = 300
BODY_LIMIT = 4000
BODY_WORDS = 400
WORD_LIMIT = 40  # letters of one word: what is longer is a key or a hash

_WORD = re.compile(r"[^\W\d_]\w*|\d+(?:\.\d+)+|\d+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")
_PLAIN = re.compile(r"[^\w.+#]+|\.(?!\w)")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "es", "ed", "s")
# Documentation is not about documents: the one ending whose loss joins two things that names tell apart.
_SET = {"documentation": "docs", "documentations": "docs", "doc": "docs"}
_DOUBLED = frozenset("bdgmnprt")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text as its words: the first line apart from the rest, because people put the subject there."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    title_line: str  # lower case, one space between words and at both ends: for whole phrases
    body_line: str
    written: dict[str, str]  # each stem as the text first wrote it: what a person is shown


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Cut an English ending; other languages keep theirs, which costs recall and never a wrong match."""
    if word in _SET:
        return _SET[word]
    if word.endswith("ies") and len(word) >= 6:
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in _DOUBLED:
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def parts(raw: str) -> tuple[str, ...]:
    """Give the stems of one written word: itself, and what camel case or underscores join in it."""
    if _IDEOGRAPH.search(raw):  # these scripts put no space between words: two characters stand for one
        return tuple(raw[i : i + 2] for i in range(max(1, len(raw) - 1)))
    whole = stem(fold(raw))
    pieces = [piece for piece in _CAMEL.split(raw) if piece]
    if len(pieces) < 2:
        return (whole,)
    found = [whole, *(stem(fold(piece)) for piece in pieces if len(piece) > 1)]
    if len(pieces) > 2:  # HRegionServer is also regionserver
        found += [stem(fold(a + b)) for a, b in pairwise(pieces)]
    return tuple(dict.fromkeys(found))


def words(text: str, *, limit: int = BODY_WORDS) -> tuple[str, ...]:
    """Give the stems of a text in order, at most ``limit`` of them."""
    return _scanned(text, {}, limit=limit)


def _scanned(text: str, written: dict[str, str], *, limit: int = BODY_WORDS) -> tuple[str, ...]:
    found: list[str] = []
    for match in _WORD.finditer(text):
        raw = match.group()[:WORD_LIMIT]
        stems = parts(raw)
        written.setdefault(stems[0], raw)
        found.extend(stems)
        if len(found) >= limit:
            break
    return tuple(found[:limit])


def line(text: str) -> str:
    """Give the text as one folded line in which a name can be looked up between spaces."""
    return f" {_PLAIN.sub(' ', fold(text)).strip()} "


def read(text: str) -> Text:
    """Split a text (its title, a newline, its description) into words."""
    head, _, rest = text.partition("\n")
    title, body = head[:TITLE_LIMIT], head[TITLE_LIMIT:] + rest[:BODY_LIMIT]
    written: dict[str, str] = {}
    return Text(
        title=_scanned(title, written),
        body=_scanned(body, written),
        title_line=line(title),
        body_line=line(body),
        written=written,
    )
