"""Where does each sentence of a message begin and end?

A full stop inside a version, a host name, a path or an abbreviation ends nothing. Logs are kept in
blocks: consecutive log lines are one piece of evidence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from escalation.extraction.lines import Line, LineKind, lines

_END = re.compile(r"(?:[.!?…]{1,6}[\"')\]»”]{0,2}|[。！？])(?=\s|$|(?<=[。！？]))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|mr|mrs|ms|dr|prof|no|nr|fig|approx|incl|resp|ca|bzw|z\.b|u\.a|d\.h|usw|"
    r"ggf|evtl|p\.ex|av|st|inc|ext|tel|ltd|co|corp|dept|jan|feb|mar|apr|"
    r"jun|jul|aug|sept?|oct|nov|dec|a\.m|p\.m)|(?<![\w./:-])(?:\d{1,2}|[a-z]))\.$",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:[-*•–+o]|\(?\d{1,2}[.)]|[a-z]\))\s+")
READ_LIMIT = 60_000  # characters of one message; what is longer is a file that somebody pasted
MAX_SENTENCE = 4000
WRAPPED_FROM = 64  # mail programs break lines between 65 and 78 characters (RFC 5322 advises 78)


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
    for line in lines(text):
        if held is not None and line.kind == held.kind == LineKind.PROSE and _goes_on(text, held, line):
            held = Line(kind=held.kind, start=held.start, end=line.end, heading=held.heading)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _goes_on(text: str, above: Line, below: Line) -> bool:
    over, under = text[above.start : above.end], text[below.start : below.end]
    last = over[over.rfind("\n") + 1 :].rstrip()
    if _LIST.match(under) or re.search(r"[.!?:;]$", last) or re.match(r"\s*[\w ]{2,24}:(?:\s|$)", under):
        return False
    return len(last) >= WRAPPED_FROM or (len(last) >= 40 and under.lstrip()[:1].islower())


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
        if full_stop and _ABBREVIATION.search(text[max(start, match.start() - 12) : match.start() + 1]):
            continue
        follow = text[match.end() : match.end() + 3].lstrip()
        if follow[:1].islower() and not re.match(r"i\b", follow):
            continue  # "any other apps... however mine": the sentence goes on
        yield match.end()
    yield stop
