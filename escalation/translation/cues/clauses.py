"""Which clauses does an update consist of, once logs, quotes and markup are set aside?

A clause is the reach of a negation, a sentence that of a condition or a question mark. Only the head and
the tail of a very long update are read: people write what matters there, and a pasted log lies between.
"""

import re
from dataclasses import dataclass

HEAD, TAIL = 6_000, 3_000
SENTENCE_MAX = 600

_FENCE = re.compile(r"```.{0,20000}?(?:```|\Z)|\{(code|noformat)[^}]{0,40}\}.{0,20000}?\{\1\}", re.DOTALL)
_TAG = re.compile(r"<[/a-zA-Z!][^<>]{0,200}>")
_URL = re.compile(r"\b(?:https?|ftp)://\S+")
_SKIPPED = re.compile(
    r"^\s*(?:>|\||at [\w$.]+\(|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\[\d|(?:from|to|"
    r"sent|von|gesendet|de|objet)\s?:\s|-{4,}|(?:[\w.$]+)?(?:exception|error):)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\s*(?:--\s*|(?:best|kind|warm) regards\b.*|regards\b.*|"
    r"mit freundlichen grüßen\b.*|cordialement\b.*|saludos\b.*)$",
    re.IGNORECASE,
)
# A stop ends a sentence only before white space: versions and hosts have stops inside.
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+|[;；]")
_CLAUSE = re.compile(
    r",\s+|、|\s[–—-]+\s|\s(?:but|however|although|though|aber|jedoch|allerdings|"
    r"mais|cependant|toutefois|pero|aunque)\s|が、"
)
_TURN = re.compile(r"^\W*(?:but|however|although|though|aber|jedoch|mais|cependant|pero)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One clause, lower-cased; ``turned`` says that a "but" stands before it."""

    text: str
    turned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence, lower-cased, with its clauses."""

    text: str
    clauses: tuple[Clause, ...]
    asks: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """This will split an update into sentences of clauses, without code, quotes, logs and signature."""
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n{text[-TAIL:]}"
    plain = _URL.sub(" ", _TAG.sub(" ", _FENCE.sub("\n", text))).replace("’", "'")
    found: list[Sentence] = []
    for line in plain.splitlines():
        if _SIGNATURE.match(line) and found:
            break
        if not _SKIPPED.match(line):
            found.extend(_sentence(part) for part in _SENTENCE.split(line) if part.strip())
    return tuple(found)


def _sentence(raw: str) -> Sentence:
    text = " ".join(raw.casefold().split())[:SENTENCE_MAX]
    clauses, start, turned = [], 0, False
    for border in [*_CLAUSE.finditer(text), None]:
        part = text[start : border.start() if border else len(text)].strip()
        if part:
            clauses.append(Clause(text=part, turned=turned or bool(_TURN.match(part))))
        if border:
            start, turned = border.end(), any(letter.isalpha() for letter in border[0])
    asks = text.rstrip(" )\"'").endswith(("?", "？")) or text.startswith("¿")
    return Sentence(text=text, clauses=tuple(clauses), asks=asks)
