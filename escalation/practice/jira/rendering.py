"""How does a document look on a page: our own tags around the author's words, which stay words.

Nothing of a document is taken over as markup: no attribute, no style, and as a link only web and mail
addresses.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup

from escalation.practice.jira.adf import attributes, children, plain

_EMPTY: Final = Markup()
_FRAMES: Final = {
    "paragraph": Markup("<p>{}</p>"),
    "bulletList": Markup("<ul>{}</ul>"),
    "orderedList": Markup("<ol>{}</ol>"),
    "listItem": Markup("<li>{}</li>"),
    "blockquote": Markup("<blockquote>{}</blockquote>"),
    "panel": Markup('<div class="panel">{}</div>'),
    "table": Markup('<div class="scroll"><table class="list"><tbody>{}</tbody></table></div>'),
    "tableRow": Markup("<tr>{}</tr>"),
    "tableHeader": Markup("<th>{}</th>"),
    "tableCell": Markup("<td>{}</td>"),
}
# The page's own headings go to h2; most texts begin at level 3, so what is above it goes no higher.
_HEADINGS: Final = (
    *(Markup("<h3>{}</h3>"),) * 3,
    Markup("<h4>{}</h4>"),
    Markup("<h5>{}</h5>"),
    Markup("<h6>{}</h6>"),
)
_MARKS: Final = {
    "strong": Markup("<strong>{}</strong>"),
    "em": Markup("<em>{}</em>"),
    "code": Markup("<code>{}</code>"),
    "strike": Markup("<s>{}</s>"),
    "underline": Markup("<u>{}</u>"),
}
_LINK: Final = Markup('<a href="{}" rel="noreferrer nofollow">{}</a>')
_CODE: Final = Markup("<pre><code>{}</code></pre>")
_MENTION: Final = Markup('<span class="mention">{}</span>')


def to_html(node: Mapping[str, Any]) -> Markup:
    """Write a document, or a part of one, for a page."""
    kind = str(node.get("type"))
    if kind in _LEAVES:
        return _LEAVES[kind](node)
    inside = _EMPTY.join(to_html(one) for one in children(node))
    if kind == "heading":
        return _HEADINGS[_level(node)].format(inside)
    return _FRAMES[kind].format(inside) if kind in _FRAMES else inside or _EMPTY + plain(node)


def _level(node: Mapping[str, Any]) -> int:
    level = attributes(node).get("level")
    return min(max(level, 1), len(_HEADINGS)) - 1 if isinstance(level, int) else 0


def _marked(node: Mapping[str, Any]) -> Markup:
    written = _EMPTY + str(node.get("text", ""))
    for mark in node.get("marks") or []:
        kind = mark.get("type")
        if kind == "link":
            written = linked(str(attributes(mark).get("href", "")), written)
        elif kind in _MARKS:
            written = _MARKS[kind].format(written)
    return written


def linked(address: str, words: str) -> Markup:
    """Write a link, or only its words where the address is neither of the web nor of a mailbox."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        scheme = ""
    return _LINK.format(address, words) if scheme in {"http", "https", "mailto"} else _EMPTY + words


def _card(node: Mapping[str, Any]) -> Markup:
    address = str(attributes(node).get("url", ""))
    return linked(address, address)


_LEAVES: Final[dict[str, Callable[[Mapping[str, Any]], Markup]]] = {
    "text": _marked,
    "hardBreak": lambda _node: Markup("<br>"),
    "rule": lambda _node: Markup("<hr>"),
    "codeBlock": lambda node: _CODE.format(plain(node)),
    "mention": lambda node: _MENTION.format(plain(node)),
    "inlineCard": _card,
    "blockCard": _card,
    "embedCard": _card,
}
