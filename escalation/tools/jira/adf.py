"""How is text written and read as an Atlassian document (ADF), Cloud's format for every long text?

A text node is shown as it stands and never obeyed, so text from outside needs no escaping here; it may
become a link only where it is an http address. Pure. Source: "Atlassian Document Format", version 1.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from escalation.tools.jira.vocabulary import HEADINGS
from escalation.translation.fitting import Line
from escalation.translation.sections import BELIEVED, TRIED, Text

Node = dict[str, Any]
_URL: Final = re.compile(r"https?://[^\s<>\"]{1,1000}")
_BLOCKS: Final = frozenset(
    {"paragraph", "heading", "codeBlock", "listItem", "taskItem", "rule", "tableRow", "blockquote", "panel"}
)
_DEEPEST: Final = 40  # nobody nests deeper; a body that does is cut there instead of exhausting the stack


def document(text: Text) -> Node:
    """This will write a whole state: headings, lists, a warning panel around what is only believed."""
    content: list[Node] = []
    for heading, lines in groupby(text.lines, key=lambda each: each.heading):
        content.append(_heading(HEADINGS.get(heading, heading)))
        content.append(_section(heading, list(lines)))
    if text.tail:
        content.append(_paragraph(text.tail))
    return _doc(content)


def plain_document(text: str) -> Node:
    """This will write a text as it stands: paragraphs, and breaks within them."""
    parts = [part.strip("\n") for part in re.split(r"\n{2,}", text) if part.strip()]
    return _doc([_paragraph(part) for part in parts])


def closing_with(document: Any, line: str) -> Node:
    """This will return the document with one line of text as its end; what is no document becomes one."""
    content = document.get("content") if isinstance(document, Mapping) else None
    return _doc([*(content if isinstance(content, list) else ()), _paragraph(line)])


def to_text(node: Any) -> str:
    """This will read a document, or any node of one, as plain text; what is no node reads as ""."""
    return re.sub(r"\n{3,}", "\n\n", "".join(_said(node, depth=0))).strip("\n")


def _doc(content: list[Node]) -> Node:
    return {"type": "doc", "version": 1, "content": content}


def _heading(text: str) -> Node:
    return {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": text}]}


def _section(heading: str, lines: Sequence[Line]) -> Node:
    if heading == TRIED:
        return _tasks(lines)
    listed: Node = {"type": "bulletList", "content": [_list_item(each.text) for each in lines]}
    if heading == BELIEVED:
        return {"type": "panel", "attrs": {"panelType": "warning"}, "content": [listed]}
    return listed


def _tasks(lines: Sequence[Line]) -> Node:
    """What was tried is a list of ticked boxes; Jira wants an id on each."""
    items = [
        {
            "type": "taskItem",
            "attrs": {"localId": f"tried-{place}", "state": "DONE"},
            "content": _inline(each.text),
        }
        for place, each in enumerate(lines, start=1)
    ]
    return {"type": "taskList", "attrs": {"localId": "tried"}, "content": items}


def _list_item(text: str) -> Node:
    """One line; what runs over more than two lines is a log and stands in a block of code."""
    first, *rest = text.split("\n")
    if len(rest) < 2:
        return {"type": "listItem", "content": [_paragraph(text)]}
    log = "\n".join(each.removeprefix("  ") for each in rest)
    code: Node = {"type": "codeBlock", "attrs": {}, "content": [{"type": "text", "text": log}]}
    return {"type": "listItem", "content": [_paragraph(first), code]}


def _paragraph(text: str) -> Node:
    return {"type": "paragraph", "content": _inline(text)}


def _inline(text: str) -> list[Node]:
    nodes: list[Node] = []
    for place, line in enumerate(each.strip() for each in text.split("\n")):
        if place:
            nodes.append({"type": "hardBreak"})
        nodes.extend(_linked(line))
    return nodes


def _linked(line: str) -> Iterator[Node]:
    """The line's words, its http addresses as links; an empty text node is not allowed."""
    end = 0
    for found in _URL.finditer(line):
        address = found[0].rstrip(".,;:!?)]}'")
        if line[end : found.start()]:
            yield {"type": "text", "text": line[end : found.start()]}
        mark = {"type": "link", "attrs": {"href": address}}
        yield {"type": "text", "text": address, "marks": [mark]}
        end = found.start() + len(address)
    if line[end:]:
        yield {"type": "text", "text": line[end:]}


def _said(node: Any, *, depth: int) -> Iterator[str]:
    if not isinstance(node, Mapping) or depth > _DEEPEST:
        return
    kind, attrs = node.get("type"), node.get("attrs")
    named = attrs if isinstance(attrs, Mapping) else {}
    if kind == "text" and isinstance(node.get("text"), str):
        yield node["text"]
    elif kind == "hardBreak":
        yield "\n"
    elif kind in {"mention", "emoji", "status"}:
        yield str(named.get("text") or named.get("shortName") or "")
    elif kind in {"inlineCard", "blockCard"}:
        yield str(named.get("url") or "")
    if kind in {"listItem", "taskItem"}:
        yield "- "
    content = node.get("content")
    for each in content if isinstance(content, list) else ():
        yield from _said(each, depth=depth + 1)
    if kind in _BLOCKS:
        yield "\n" if kind in {"listItem", "taskItem", "paragraph", "tableRow"} else "\n\n"
