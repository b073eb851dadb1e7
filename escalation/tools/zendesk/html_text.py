"""What does a comment's HTML say as plain text? Pure.

Comments come as HTML from mail clients and rich editors. Block elements become lines, a link keeps its
address, scripts and styles vanish. What comes out is text and is never rendered.
"""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section"),
        *("table", "tr", "ul"),
    }
)
_SILENT: Final = frozenset({"script", "style", "head", "title", "template"})
_MANY_LINES: Final = re.compile(r"\n{3,}")
_SPACES: Final = re.compile(r"[ \t\r\f\v\u00a0]+")


def html_text(markup: str) -> str:
    """This will return the text of an HTML fragment; broken markup is read as far as it goes."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = [
        line.strip(" ") if not line.startswith("\x00") else line[1:] for line in reader.text().split("\n")
    ]
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0
        self._verbatim = 0
        self._links: list[tuple[str, int]] = []  # address, and where its label begins

    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag in _BLOCKS:
            self._break()
            if tag == "li":
                self._parts.append("- ")
            self._verbatim += tag == "pre"
        elif tag == "a":
            address = next((value or "" for name, value in attrs if name == "href"), "")
            self._links.append((address, len(self._parts)))
        elif tag == "img":
            alt = next((value or "" for name, value in attrs if name == "alt"), "")
            self._parts.append(f"[image: {alt}]" if alt else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BLOCKS:
            self._break()
            self._verbatim = max(self._verbatim - (tag == "pre"), 0)
        elif tag == "a" and self._links:
            address, begin = self._links.pop()
            label = "".join(self._parts[begin:]).strip()
            if address.startswith(("http://", "https://")) and address not in label:
                self._parts.append(f" ({address})" if label else address)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._verbatim:
            # The mark keeps a log's indentation from being taken off with other lines' spaces.
            self._parts.append("\n".join(f"\x00{line}" for line in data.replace("\x00", "").split("\n")))
        else:
            self._parts.append(_SPACES.sub(" ", data.replace("\n", " ").replace("\x00", "")))

    def _break(self) -> None:
        if self._parts and not self._parts[-1].endswith("\n"):
            self._parts.append("\n")
