"""Is this an Atlassian document, and what does it say: the one place that knows the node types.

Structure as published for the Atlassian Document Format, version 1. A document from outside is data: only
`rendering` turns it into markup, node by node.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

MOST_CHARACTERS: Final = 32_767
_BLOCKS: Final = frozenset(
    {
        "doc", "paragraph", "heading", "bulletList", "orderedList", "listItem", "codeBlock", "blockquote",
        "rule", "panel", "table", "tableRow", "tableHeader", "tableCell", "expand", "nestedExpand",
        "mediaSingle", "mediaGroup", "media", "taskList", "taskItem", "decisionList", "decisionItem",
        "blockCard", "embedCard",
    }
)  # fmt: skip
_INLINE: Final = frozenset(
    {"text", "hardBreak", "mention", "emoji", "inlineCard", "date", "status", "mediaInline"}
)
_MARKS: Final = frozenset(
    {"strong", "em", "code", "strike", "underline", "link", "subsup", "textColor", "backgroundColor"}
)


class NotADocument(ValueError):
    """The value is no document at all, for instance a plain string."""


class BrokenDocument(ValueError):
    """The value is a document with nodes that the format does not know, or too long a one."""


def document(*content: Mapping[str, Any]) -> dict[str, Any]:
    """Make a document of blocks."""
    return {"type": "doc", "version": 1, "content": list(content)}


def check(value: Any) -> None:
    """Raise NotADocument or BrokenDocument for what the vendor would refuse."""
    if not isinstance(value, Mapping) or value.get("type") != "doc" or "content" not in value:
        raise NotADocument
    if value.get("version") != 1:
        raise BrokenDocument("INVALID_INPUT")
    for node in _walk(value):
        _check_node(node)
    if sum(len(str(node.get("text", ""))) for node in _walk(value)) > MOST_CHARACTERS:
        raise BrokenDocument("CONTENT_LIMIT_EXCEEDED")


def children(node: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Give what is inside a node."""
    inside = node.get("content")
    return inside if isinstance(inside, list) else ()


def plain(node: Mapping[str, Any]) -> str:
    """Give the words of a node, blocks on lines of their own."""
    if node.get("type") == "text":
        return str(node.get("text", ""))
    if node.get("type") == "hardBreak":
        return "\n"
    if node.get("type") in _INLINE:
        return str(attributes(node).get("text") or attributes(node).get("url") or "")
    between = "\n" if any(one.get("type") in _BLOCKS for one in children(node)) else ""
    return between.join(plain(one) for one in children(node))


def attributes(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the attributes of a node or a mark."""
    given = node.get("attrs")
    return given if isinstance(given, Mapping) else {}


def _walk(node: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(node, Mapping) or not isinstance(node.get("content", []), list):
        raise BrokenDocument("INVALID_INPUT")
    yield node
    for one in children(node):
        yield from _walk(one)


def _check_node(node: Mapping[str, Any]) -> None:
    kind = node.get("type")
    if kind not in _BLOCKS | _INLINE:
        raise BrokenDocument("INVALID_INPUT")
    if kind == "text" and not (isinstance(node.get("text"), str) and node["text"]):
        raise BrokenDocument("INVALID_INPUT")
    marks = node.get("marks", [])
    known = isinstance(marks, list) and all(
        isinstance(one, Mapping) and one.get("type") in _MARKS for one in marks
    )
    if not known:
        raise BrokenDocument("INVALID_INPUT")
