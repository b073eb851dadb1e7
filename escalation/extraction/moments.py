"""Where in a text does somebody speak of a time, and which one do they mean?"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from escalation.extraction.days import AGO
from escalation.extraction.entities import entities
from escalation.extraction.kinds import Entity, EntityKind
from escalation.extraction.times import Span, resolve

LONGEST_KEPT = 2_000  # characters of a line whose times are remembered; a log in one line is read anew


def moments_of(lines: Iterable[str], *, said_at: datetime, zone: str) -> tuple[tuple[int, int, Span], ...]:
    """This will return the times of each line by itself, offsets within it; what was read is remembered."""
    return tuple(
        found
        for line in lines
        for found in (
            _moments_of_line(line, said_at, zone)
            if len(line) <= LONGEST_KEPT
            else moments(line, said_at=said_at, zone=zone)
        )
    )


# Whoever types changes one line, and every pause in typing asks about all of them again.
@lru_cache(maxsize=2048)
def _moments_of_line(line: str, said_at: datetime, zone: str) -> tuple[tuple[int, int, Span], ...]:
    return moments(line, said_at=said_at, zone=zone)


# One line is read against several days: that of the message it quotes, and that of the handoff.
@lru_cache(maxsize=256)
def _entities(line: str) -> tuple[Entity, ...]:
    return entities(line)


def moments(text: str, *, said_at: datetime, zone: str) -> tuple[tuple[int, int, Span], ...]:
    """This will return every resolvable time in ``text`` with the offsets of its words."""
    stretches: list[tuple[int, int]] = []
    for entity in _entities(text) if len(text) <= LONGEST_KEPT else entities(text):
        if entity.kind not in (EntityKind.DATE, EntityKind.TIME_WINDOW):
            continue
        gap = text[stretches[-1][1] : entity.start] if stretches else None
        if gap is not None and re.fullmatch(
            r",? ?(?:at |um |à |on |by |@ ?|from )?(?:the )?", gap, re.IGNORECASE
        ):
            stretches[-1] = (stretches[-1][0], entity.end)
        else:
            stretches.append((entity.start, entity.end))
    stretches += (
        [match.span() for match in AGO.finditer(text.lower())] if len(text.lower()) == len(text) else []
    )
    found = ((start, _with_close(text, end)) for start, end in stretches)
    spans = (
        (start, end, _resolve_at(text, (start, end), said_at=said_at, zone=zone)) for start, end in found
    )
    return tuple((start, end, span) for start, end, span in sorted(spans, key=lambda each: each[:2]) if span)


def _with_close(text: str, end: int) -> int:
    """ "tomorrow's close" and "Friday evening" belong together."""
    follow = re.match(
        r"(?:['’]s)? (?:close\b|cob\b|eod\b|end of day\b|morning\b|afternoon\b|evening\b|night\b|früh\b|"
        r"vormittag\b|"
        r"nachmittag\b|abend\b|matin\b|soir\b|après-midi\b)",
        text[end : end + 24],
        re.IGNORECASE,
    )
    return end + follow.end() if follow else end


def _resolve_at(text: str, span: tuple[int, int], *, said_at: datetime, zone: str) -> Span | None:
    start, end = span
    lead = text[max(0, start - 12) : start].lower()
    since = re.search(r"\b(since|seit|depuis|desde|by|bis|until|before)(?: the)? ?$", lead)
    words = f"{since[1]} {text[start:end]}" if since else text[start:end]
    resolved = _resolved(words, said_at, zone)
    return Span(start=resolved.start, end=resolved.end, words=text[start:end]) if resolved else None


# Whoever types changes one line, and every pause in typing asks about all of them again.
@lru_cache(maxsize=1024)
def _resolved(words: str, said_at: datetime, zone: str) -> Span | None:
    return resolve(words, said_at=said_at, zone=zone)
