"""What does a well-behaved stand-in answer: sentences sorted by a few words, entries whose name is said."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_SENTENCE = re.compile(r"[^.!?\n]{12,200}[.!?]?")
# Which words put a sentence into which part; the first that fits counts.
_SIGNS: Final[dict[str, re.Pattern[str]]] = {
    "remediation": re.compile(r"\b(?:cleared|restarted|reinstalled|tried|reset)\b", re.IGNORECASE),
    "hypothesis": re.compile(r"\b(?:suspect|probably|might be|i think|looks like)\b", re.IGNORECASE),
    "availability": re.compile(r"\b(?:reachable|available|call me|until \d)\b", re.IGNORECASE),
    "business": re.compile(r"\b(?:month-end|deadline|customers?|blocked|everyone)\b", re.IGNORECASE),
    "diagnostics": re.compile(r"\b(?:checked|console|trace|ping|log shows)\b", re.IGNORECASE),
    "facts": re.compile(r"\b(?:error|cannot|can't|fails?|since)\b", re.IGNORECASE),
}
_WORD = re.compile(r"[a-z]{4,}")
_FOUND = re.compile(r"\b(?:identified|found|root cause)\b", re.IGNORECASE)


def answer(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was asked for under that schema's name: "proposals" or "line"."""
    if name == "line":
        return _line(str(given.get("update", "")))
    texts = [str(each["text"]) for each in given.get("messages", ())]
    offers = {str(each["entry"]): str(each["name"]) for each in given.get("entries", ())}
    return {"items": list(_items(texts)), "links": list(_links(texts, offers))}


def _items(texts: list[str]) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(texts):
        for match in _SENTENCE.finditer(text):
            quote = match.group().strip()
            part = next((part for part, sign in _SIGNS.items() if sign.search(quote)), "")
            if part:
                yield {"part": part, "text": quote.rstrip(".!?"), "quote": quote, "message": number}


def _links(texts: list[str], offers: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for key, name in offers.items():
        wanted = set(_WORD.findall(name.lower()))
        for number, text in enumerate(texts):
            said = [each.group().strip() for each in _SENTENCE.finditer(text)]
            fits = [quote for quote in said if wanted and wanted <= set(_WORD.findall(quote.lower()))]
            if fits:
                yield {"entry": key, "quote": fits[0], "message": number}
                break


def _line(update: str) -> dict[str, str]:
    quote = next((match.group().strip() for match in _SENTENCE.finditer(update)), update[:80])
    if _FOUND.search(update):
        return {"line": "We've found the cause. We will tell you as soon as there is news.", "quote": quote}
    return {"line": "Our technical team is working on your problem.", "quote": quote}
