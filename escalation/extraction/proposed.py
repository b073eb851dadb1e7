"""Which of a language model's proposals may be shown to a person? Pure.

A model's answer is input from outside. It is read as a strict schema, field by field; a proposal stays only
when the line it names really stands in the conversation, when it says no more than that line, and when an
entry it names is one of the candidates it was given. Everything else is dropped without a word.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from escalation.extraction.entities import entities
from escalation.knowledge.words import Part

MOST: Final = 40  # proposals of one kind that are looked at
LONGEST_TEXT: Final = 300
SHORTEST_QUOTE: Final = 8
LONGEST_QUOTE: Final = 600
# Of the words of four letters and more that a proposal uses, how many must stand in the line it rests on.
_OWN_WORDS: Final = 0.5
_WORD = re.compile(r"\w{4,}")
_NUMBER = re.compile(r"\d+")
_MARKUP = re.compile(r"<\s*[a-z/!]|&#|&\w+;|\]\(|javascript:", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Where a proposal comes from: ``messages[message][start:end]``, in code points, is ``quote``."""

    message: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedItem:
    """A line for one part, as the model would say it, and the line of the conversation it rests on."""

    part: Part
    text: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedLink:
    """One of the offered catalog entries, and the line that is said to mean it."""

    entry_id: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposals:
    """What may be shown; ``dropped`` counts what may not."""

    items: tuple[ProposedItem, ...] = ()
    links: tuple[ProposedLink, ...] = ()
    dropped: int = 0


def shown(answer: Any, *, messages: Sequence[str], candidates: Collection[str]) -> Proposals:
    """This will read a decoded answer against the texts and the entry ids that were sent.

    ``answer`` is any JSON value: {"items": [{"part", "text", "quote", "message"}], "links": [{"entry",
    "quote", "message"}]} is understood, other fields are not read. Never raises.
    """
    given_items, given_links = _listed(answer, "items"), _listed(answer, "links")
    items = tuple(dict.fromkeys(_items(given_items, messages)))
    links = tuple({each.entry_id: each for each in _links(given_links, messages, candidates)}.values())
    lost = len(given_items) + len(given_links) - len(items) - len(links)
    return Proposals(items=items, links=links, dropped=lost)


def span_of(quote: Any, *, message: Any, messages: Sequence[str]) -> Span | None:
    """This will find a quote in the message it names; None unless it stands there letter for letter."""
    if not isinstance(quote, str) or not isinstance(message, int) or isinstance(message, bool):
        return None
    if not 0 <= message < len(messages) or not SHORTEST_QUOTE <= len(quote.strip()) <= LONGEST_QUOTE:
        return None
    start = messages[message].find(quote.strip())
    if start < 0:
        return None
    return Span(message=message, start=start, end=start + len(quote.strip()), quote=quote.strip())


def plain_line(text: Any, *, longest: int = LONGEST_TEXT) -> str:
    """This will return one line of plain text without markup; "" for anything else."""
    if not isinstance(text, str):
        return ""
    line = " ".join(text.split())
    if not line or len(line) > longest or not line.isprintable() or _MARKUP.search(line):
        return ""
    return line


def _listed(answer: Any, name: str) -> list[Any]:
    found = answer.get(name) if isinstance(answer, dict) else None
    return found[:MOST] if isinstance(found, list) else []


def _items(given: list[Any], messages: Sequence[str]) -> Iterator[ProposedItem]:
    for each in given:
        if not isinstance(each, dict) or each.get("part") not in set(Part):
            continue
        span = span_of(each.get("quote"), message=each.get("message"), messages=messages)
        text = plain_line(each.get("text"))
        if span is not None and text and _says_no_more(text, span.quote):
            yield ProposedItem(part=Part(each["part"]), text=text, span=span)


def _links(given: list[Any], messages: Sequence[str], candidates: Collection[str]) -> Iterator[ProposedLink]:
    for each in given:
        if not isinstance(each, dict) or not isinstance(each.get("entry"), str):
            continue
        span = span_of(each.get("quote"), message=each.get("message"), messages=messages)
        if span is not None and each["entry"] in candidates:
            yield ProposedLink(entry_id=each["entry"], span=span)


def _says_no_more(text: str, quote: str) -> bool:
    """Every number and every technical name stands in the quote, and so do half of the longer words."""
    said = quote.casefold()
    if any(number not in _NUMBER.findall(quote) for number in _NUMBER.findall(text)):
        return False
    if any(entity.value.casefold() not in said for entity in entities(text)):
        return False
    words = _WORD.findall(text.casefold())
    return sum(word in said for word in words) >= _OWN_WORDS * len(words)
