"""How does wiki markup become a document, and a document wiki markup: the two spellings of one text.

v2 and every webhook speak wiki markup, v3 speaks documents, and the vendor converts between them. Covers what
people and tools write: headings, lists, code, quotes, rules, tables, links, bold, italic, monospace.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from escalation.practice.jira.adf import attributes, children, document, plain

Node = Mapping[str, Any]

_BLOCK: Final = re.compile(
    r"^\{(code|noformat|quote|panel)(?::([^}]*))?\}[ \t]*\n?(.*?)\n?\{\1\}[ \t]*$", re.MULTILINE | re.DOTALL
)
_HEADING: Final = re.compile(r"^h([1-6])\.\s*(.*)$")
_ITEM: Final = re.compile(r"^\s*([*#-]+)\s+(.*)$")
_INLINE: Final = re.compile(
    r"\{\{(?P<code>[^\n]+?)\}\}"
    r"|\[~(?:accountid:)?(?P<who>[^\]\s]+)\]"
    r"|\[(?:(?P<words>[^\]|\n]+)\|)?(?P<link>(?:https?://|mailto:)[^\]|\s]+)\]"
    r"|(?P<bare>https?://[^\s\])|]+)"
    r"|(?<!\w)\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*(?!\w)"
    r"|(?<!\w)_(?P<em>[^\s_](?:[^_\n]*[^\s_])?)_(?!\w)"
    r"|\\(?P<plain>[{}\[\]*_|#\\-])"
)
_SPECIAL: Final = re.compile(r"([{}\[\]*_\\])")


def to_adf(text: str) -> dict[str, Any]:
    """Read wiki markup as a document. Anything unknown stays text."""
    text = text.replace("\r\n", "\n")
    content: list[Node] = []
    at = 0
    for found in _BLOCK.finditer(text):
        content += _lines(text[at : found.start()])
        content.append(_fenced(found[1], found[2] or "", found[3]))
        at = found.end()
    return document(*content, *_lines(text[at:]))


def to_wiki(node: Node) -> str:
    """Write a document as wiki markup."""
    return "\n\n".join(_block(one) for one in children(node)).strip("\n")


def _fenced(kind: str, given: str, body: str) -> Node:
    if kind in {"quote", "panel"}:
        return {"type": "blockquote" if kind == "quote" else "panel", "content": _lines(body)} | (
            {} if kind == "quote" else {"attrs": {"panelType": "info"}}
        )
    first = given.partition("|")[0]
    language = "" if "=" in first else first
    node = {"type": "codeBlock", "attrs": {"language": language} if language else {}}
    return {**node, "content": [{"type": "text", "text": body}] if body else []}


def _lines(text: str) -> list[Node]:
    nodes: list[Node] = []
    for part in re.split(r"\n[ \t]*\n", text.strip("\n")):
        nodes += _part([line for line in part.split("\n") if line.strip()])
    return nodes


def _part(lines: Sequence[str]) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    while at < len(lines):
        end = at + 1
        kind = _kind(lines[at])
        while end < len(lines) and kind in {"text", "item", "row"} and _kind(lines[end]) == kind:
            end += 1
        nodes.append(_MADE[kind](lines[at:end]))
        at = end
    return nodes


def _kind(line: str) -> str:
    if _HEADING.match(line):
        return "heading"
    if re.fullmatch(r"\s*-{4,}\s*", line):
        return "rule"
    if line.startswith("bq. "):
        return "quote"
    if line.lstrip().startswith("|") and line.rstrip().endswith("|"):
        return "row"
    return "item" if _ITEM.match(line) else "text"


def _heading(lines: Sequence[str]) -> Node:
    found = _HEADING.match(lines[0])
    level, words = (int(found[1]), found[2]) if found else (1, lines[0])
    return {"type": "heading", "attrs": {"level": level}, "content": _inline(words)}


def _paragraph(lines: Sequence[str]) -> Node:
    content: list[Node] = []
    for line in lines:
        content += [{"type": "hardBreak"}, *_inline(line)] if content else _inline(line)
    return {"type": "paragraph", "content": content}


def _list(lines: Sequence[str]) -> Node:
    items = [(found[1], found[2]) for found in (_ITEM.match(line) for line in lines) if found]
    return _nested(items, depth=1)


def _nested(items: Sequence[tuple[str, str]], *, depth: int) -> Node:
    content: list[dict[str, Any]] = []
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and len(items[end][0]) > depth:
            end += 1
        paragraph: Node = {"type": "paragraph", "content": _inline(items[at][1])}
        below = [_nested(items[at + 1 : end], depth=depth + 1)] if end > at + 1 else []
        content.append({"type": "listItem", "content": [paragraph, *below]})
        at = end
    kind = "orderedList" if items[0][0][-1] == "#" else "bulletList"
    return {"type": kind, "content": content}


def _table(lines: Sequence[str]) -> Node:
    rows = []
    for line in lines:
        head = line.lstrip().startswith("||")
        cells = [one.strip() for one in re.split(r"\|\|?", line.strip().strip("|"))]
        kind = "tableHeader" if head else "tableCell"
        content = [{"type": kind, "attrs": {}, "content": [_paragraph([one])]} for one in cells]
        rows.append({"type": "tableRow", "content": content})
    return {"type": "table", "content": rows}


_MADE: Final = {
    "heading": _heading,
    "rule": lambda _lines: {"type": "rule"},
    "quote": lambda lines: {"type": "blockquote", "content": [_paragraph([lines[0][4:]])]},
    "row": _table,
    "item": _list,
    "text": _paragraph,
}


def _inline(text: str) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    for found in _INLINE.finditer(text):
        nodes += _text(text[at : found.start()])
        nodes += _marked(found)
        at = found.end()
    return nodes + _text(text[at:])


def _marked(found: re.Match[str]) -> list[Node]:
    if found["who"]:
        return [{"type": "mention", "attrs": {"id": found["who"], "text": f"@{found['who']}"}}]
    link = found["link"] or found["bare"]
    if link:
        return _text(found["words"] or link, {"type": "link", "attrs": {"href": link}})
    for mark in ("code", "strong", "em"):
        if found[mark]:
            return _text(found[mark], {"type": mark})
    return _text(found["plain"])


def _text(words: str, *marks: Node) -> list[Node]:
    if not words:
        return []
    return [{"type": "text", "text": words, **({"marks": list(marks)} if marks else {})}]


def _block(node: Node) -> str:
    kind = node.get("type")
    if kind in {"bulletList", "orderedList"}:
        return "\n".join(_items(node, ""))
    if kind == "heading":
        return f"h{attributes(node).get('level', 1)}. {_spelled(node)}"
    if kind == "codeBlock":
        language = attributes(node).get("language")
        return f"{{code{f':{language}' if language else ''}}}\n{plain(node)}\n{{code}}"
    if kind in {"blockquote", "panel"}:
        fence = "quote" if kind == "blockquote" else "panel"
        return f"{{{fence}}}\n{to_wiki(node)}\n{{{fence}}}"
    if kind == "table":
        return "\n".join(_row(one) for one in children(node))
    return "----" if kind == "rule" else _spelled(node)


def _items(node: Node, before: str) -> list[str]:
    mark = before + ("#" if node.get("type") == "orderedList" else "*")
    lines: list[str] = []
    for item in children(node):
        for one in children(item):
            if one.get("type") in {"bulletList", "orderedList"}:
                lines += _items(one, mark)
            else:
                lines.append(f"{mark} {_block(one)}")
    return lines


def _row(node: Node) -> str:
    cells = children(node)
    mark = "||" if cells and cells[0].get("type") == "tableHeader" else "|"
    inside = mark.join(" ".join(_block(one) for one in children(cell)) for cell in cells)
    return f"{mark}{inside}{mark}"


def _spelled(node: Node) -> str:
    if node.get("type") == "text":
        return _with_marks(str(node.get("text", "")), node.get("marks") or [])
    if node.get("type") == "hardBreak":
        return "\n"
    if node.get("type") == "mention":
        return f"[~accountid:{attributes(node).get('id', '')}]"
    inside = "".join(_spelled(one) for one in children(node))
    return inside or plain(node)


def _with_marks(words: str, marks: Sequence[Node]) -> str:
    kinds = {one.get("type"): one for one in marks}
    if "code" in kinds:
        words = f"{{{{{words}}}}}"
    elif "link" not in kinds:
        words = _SPECIAL.sub(r"\\\1", words)
    if "link" in kinds:
        href = attributes(kinds["link"]).get("href", "")
        words = f"[{href}]" if words == href else f"[{words}|{href}]"
    if "strong" in kinds:
        words = f"*{words}*"
    return f"_{words}_" if "em" in kinds else words
