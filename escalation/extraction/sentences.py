"""Where does each sentence of a message begin and end?

A full stop inside a version, a host name, a path or an abbreviation ends nothing. Logs are kept in
blocks: consecutive log lines are one piece of evidence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from escalation.extraction.calendar_words import MONTHS
from escalation.extraction.lines import Line, LineKind, lines

_END = re.compile(r"(?:[.!?…]{1,6}[\"')\]»”]{0,2}|[。！？])(?=\s|$|(?<=[。！？]))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|mr|mrs|(?<!\d )ms|dr|prof|no|nr|fig|approx|incl|resp|ca|bzw|z\.b|u\.a|d\.h|"
    r"usw|ggf|evtl|p\.ex|av|st|inc|ext|tel|ltd|co|corp|dept|min|max|ver|vers|config|temp|jan|feb|mar|apr|"
    r"jun|jul|aug|sept?|oct|nov|dec|a\.m|p\.m)|(?<![\w./:'’-])(?<!\d )[a-z])\.$",
    re.IGNORECASE,
)
# "am 3. Juni", "im 1. Stock" and a list's "2." go on; "between 10 and 12. Phones" does not.
_ORDINAL = re.compile(
    r"(?:^|[\n:(]\s*|\b(?:am|im|der|die|das|den|dem|des|vom|zum|beim|ab|bis|seit)\s)\d{1,2}\.$"
)
_MONTH = re.compile(rf"\s?(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:[-*•–+o]|\(?\d{1,2}[.)]|[a-z]\))\s+")
READ_LIMIT = 60_000  # characters of one message; what is longer is a file that somebody pasted
MAX_SENTENCE = 4000
WRAPPED_FROM = 40  # a line that a mail program broke is at least so long, however long the next word was
WIDTHS = range(60, 100)  # and its longest line: RFC 5322 advises 78; beyond, nobody broke the lines


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence, or one block of log lines (``log``); ``heading`` as in ``lines``."""

    text: str
    start: int
    end: int
    kind: LineKind
    heading: str = ""
    listed: bool = False

    @property
    def log(self) -> bool:
        return self.kind == LineKind.LOG


def sentences(text: str) -> tuple[Sentence, ...]:
    """This will return the prose and log sentences of a message; the rest is no evidence."""
    text = text[:READ_LIMIT]
    found: list[Sentence] = []
    block: list[Line] = []
    for line in (*_unwrapped(text), None):
        if line is not None and line.kind == LineKind.LOG:
            block.append(line)
            continue
        if line is not None and line.kind == LineKind.BLANK and block:
            continue
        if block:
            found.append(_log(text, block))
            block = []
        if line is not None and line.kind == LineKind.PROSE:
            found.extend(_prose(text, line))
    return tuple(found)


def _unwrapped(text: str) -> Iterator[Line]:
    """Join the lines of a paragraph that a mail program broke: the sentence goes on below."""
    held: Line | None = None
    every = tuple(lines(text))
    width = max((line.end - line.start for line in every if line.kind == LineKind.PROSE), default=0)
    for line in every:
        both = held is not None and line.kind == held.kind == LineKind.PROSE and width in WIDTHS
        if held is not None and both and _goes_on(text, held, line, width=width):
            held = Line(kind=held.kind, start=held.start, end=line.end, heading=held.heading)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _goes_on(text: str, above: Line, below: Line, *, width: int) -> bool:
    """Whether the line below was broken off: its first word did not fit. In a chat nobody breaks lines."""
    over, under = text[above.start : above.end], text[below.start : below.end]
    last = over[over.rfind("\n") + 1 :].rstrip()
    if _LIST.match(under) or re.search(r"[.!?:;]$", last) or re.match(r"\s*[\w ]{2,24}:(?:\s|$)", under):
        return False
    if over.lstrip()[:1].islower() and not last.endswith(","):
        return False
    word = under.split(maxsplit=1)[0] if under.strip() else ""
    return len(last) >= WRAPPED_FROM and len(last) + 1 + len(word) > width


def _log(text: str, block: list[Line]) -> Sentence:
    start, end = block[0].start, block[-1].end
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    end = start + len(body.strip())
    return Sentence(text=text[start:end], start=start, end=end, kind=LineKind.LOG, heading=block[0].heading)


def _prose(text: str, line: Line) -> Iterator[Sentence]:
    marker = _LIST.match(text[line.start : line.end])
    start = line.start + (marker.end() if marker else 0)
    for end in _ends(text, start, line.end):
        piece = text[start:end]
        begin = start + len(piece) - len(piece.lstrip())
        body = piece.strip()
        if re.search(r"\w", body):
            yield Sentence(
                text=body[:MAX_SENTENCE],
                start=begin,
                end=begin + len(body[:MAX_SENTENCE]),
                kind=LineKind.PROSE,
                heading=line.heading,
                listed=marker is not None,
            )
        start = end


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    for match in _END.finditer(text, start, stop):
        full_stop = match[0].rstrip("\"')]") == "."
        if full_stop and _is_short(text, match, start):
            continue
        follow = text[match.end() : match.end() + 3].lstrip()
        if match[0].startswith(("..", "…")) and follow[:1].islower() and not re.match(r"i\b", follow):
            continue  # "any other apps... however mine": the sentence goes on
        yield match.end()
    yield stop


def _is_short(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether the full stop belongs to an abbreviation or an ordinal."""
    before = text[max(start, stop.start() - 12) : stop.start() + 1]
    if _ABBREVIATION.search(before):
        return True
    return re.search(r"(?<![\w./:-])\d{1,2}\.$", before) is not None and (
        _ORDINAL.search(before) is not None or _MONTH.match(text, stop.end()) is not None
    )
