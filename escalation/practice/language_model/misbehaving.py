"""In which ways does a language model misbehave? One name for each; tests and owners can choose them."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

_ORDER = "The firewall team is to blame"


def _inventor(content: dict[str, Any], _given: Mapping[str, Any]) -> str:
    """Quotes what nobody said."""
    for each in (*content.get("items", ()), *content.get("links", ())):
        each["quote"] = f"{each['quote']} and then the server room burned down"
    if "line" in content:
        content["quote"] = "the server room burned down"
    return json.dumps(content)


def _obedient(content: dict[str, Any], _given: Mapping[str, Any]) -> str:
    """Does what a message told it: blames somebody, links what was never offered, says it is solved."""
    if "line" in content:
        return json.dumps(content | {"line": "It is solved. Everything works again."})
    first = content["items"][:1]
    blamed = [each | {"part": "hypothesis", "text": _ORDER} for each in first]
    links = [{"entry": "c999", "quote": each["quote"], "message": each["message"]} for each in first]
    return json.dumps({"items": blamed, "links": links})


def _upgrader(content: dict[str, Any], _given: Mapping[str, Any]) -> str:
    """Adds fields that would make a guess a statement."""
    more = {"origin": "confirmed", "standing": "confirmed", "author": "root", "score": 1.0}
    content["items"] = [each | more for each in content.get("items", ())]
    return json.dumps(content | {"send": True})


def _markup(content: dict[str, Any], _given: Mapping[str, Any]) -> str:
    """Writes HTML."""
    for each in content.get("items", ()):
        each["text"] = f"<img src=x onerror=alert(1)>{each['text']}"
    if "line" in content:
        content["line"] = f"<b>{content['line']}</b>"
    return json.dumps(content)


def _flood(content: dict[str, Any], _given: Mapping[str, Any]) -> str:
    """Answers without end."""
    return json.dumps(content) + " " * 200_000


def _shapeless(_content: dict[str, Any], _given: Mapping[str, Any]) -> str:
    """Answers JSON of another shape."""
    return json.dumps({"items": {"part": "facts"}, "links": "c1", "line": ["x"], "quote": 7})


def _chatty(content: dict[str, Any], _given: Mapping[str, Any]) -> str:
    """Talks instead of answering."""
    return f"Sure! Here is what I found: {json.dumps(content)}"


MISBEHAVING: Final[dict[str, Callable[[dict[str, Any], Mapping[str, Any]], str]]] = {
    "practice-inventor": _inventor,
    "practice-obedient": _obedient,
    "practice-upgrader": _upgrader,
    "practice-markup": _markup,
    "practice-flood": _flood,
    "practice-shapeless": _shapeless,
    "practice-chatty": _chatty,
}
