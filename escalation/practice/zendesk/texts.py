"""How does one comment text become its three forms: `body`, `html_body` and `plain_body`."""

import html
import re
from html.parser import HTMLParser
from typing import Final

_BREAKS_AFTER: Final = frozenset(
    {"p", "div", "li", "ul", "ol", "tr", "table", "pre", "blockquote", "h1", "h2"}
)
_UNSEEN: Final = frozenset({"script", "style", "head", "title"})


def html_of(plain: str) -> str:
    """Write plain text as the HTML that the vendor would store: paragraphs and line breaks."""
    paragraphs = re.split(r"\n{2,}", html.escape(plain, quote=False).strip())
    inner = "".join(f'<p dir="auto">{one.replace(chr(10), "<br>")}</p>' for one in paragraphs)
    return framed(inner)


def framed(inner: str) -> str:
    """Put comment HTML into the element around every stored comment, once."""
    return (
        inner
        if inner.startswith('<div class="zd-comment"')
        else f'<div class="zd-comment" dir="auto">{inner}</div>'
    )


def plain_of(written: str) -> str:
    """Read the text out of comment HTML, a line for each block."""
    reader = _TextReader()
    reader.feed(written)
    reader.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _TextReader(HTMLParser):
    """Collects text; `<pre>` keeps its lines, other white space folds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._in_pre = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "br":
            self.pieces.append("\n")
        self._in_pre += tag == "pre"
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS_AFTER:
            self.pieces.append("\n\n" if tag == "p" else "\n")
        self._in_pre -= tag == "pre"
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data if self._in_pre else re.sub(r"\s+", " ", data))
