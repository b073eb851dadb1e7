"""Which technical entities stand in a text, and exactly where?

``entities`` never raises and never rewrites: every value is a slice of the text. Where two readings
overlap, the rule that stands first in ``_all_rules`` wins; only the containers of
``kinds.CONTAINERS`` may hold other entities.
"""

import re
from bisect import bisect_left, insort
from dataclasses import replace

from escalation.extraction import clocks, dates, faults, network, references, software, versions
from escalation.extraction.kinds import CONTAINERS, Entity, EntityKind
from escalation.extraction.machines import siblings
from escalation.extraction.needs import pieces
from escalation.extraction.pattern import Rule

__all__ = ["Entity", "EntityKind", "entities"]

# Beyond this a text is a log dump: its beginning and its end are read, the middle is not.
READ_LIMIT = 200_000
_URL_TRAIL = ".,;:!?*_'\\"


def _all_rules() -> tuple[Rule, ...]:
    # What holds a dotted name is read before it: a URL, a port and its machine, a mail address.
    outer, addresses = network.RULES[:3], network.RULES[3:]
    first = outer + references.RULES[:4]
    ids = references.RULES[4:]
    return (
        first
        + faults.RULES
        + software.RULES
        + dates.RULES
        + clocks.RULES
        + addresses
        + ids[:4]
        + versions.RULES
        + software.APP_RULES
        + ids[4:]
        + references.COUNT_RULES
    )


RULES = _all_rules()
# Note [Words beside Japanese]: Chinese and Japanese put no blank between "Windows 11" and what follows,
# and to a pattern those characters are letters of the same word. For kinds that are written in Latin
# letters anywhere, the text is read a second time, and first, with such characters blanked out.
_CJK = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]")
_LATIN = frozenset({EntityKind.OS, EntityKind.BROWSER, EntityKind.VERSION, EntityKind.IP, EntityKind.HOST})


_SHARE = re.compile(r"\\\\([a-z][\w.-]{0,62}[a-z0-9])\\", re.IGNORECASE)


class _Claims:
    """The spans already taken, kept sorted so that a claim costs a binary search."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: dict[int, int] = {}

    def take(self, start: int, end: int) -> bool:
        """This will claim the span unless it overlaps one that is taken."""
        index = bisect_left(self._starts, end)
        if index and self._ends[self._starts[index - 1]] > start:
            return False
        insort(self._starts, start)
        self._ends[start] = end
        return True


def entities(text: str) -> tuple[Entity, ...]:
    """This will return every entity of ``text`` in the order of its start."""
    if len(text) > READ_LIMIT:
        half = READ_LIMIT // 2
        shift = len(text) - half
        return _read(text[:half]) + tuple(
            Entity(kind=found.kind, value=found.value, start=found.start + shift, end=found.end + shift)
            for found in _read(text[shift:])
        )
    return _read(text)


def _read(text: str) -> tuple[Entity, ...]:
    held = pieces(text)
    claims = _Claims()
    containers: dict[str, _Claims] = {kind: _Claims() for kind in CONTAINERS}
    blanked = _CJK.sub(" ", text)
    found: list[Entity] = []
    spaced = (blanked, text) if blanked != text else (text,)
    for each in RULES:
        mine = containers.get(each.kind, claims)
        for read in spaced if each.kind in _LATIN else (text,):
            for entity in each.find(read, held=held):
                trimmed = _trim_url(entity) if entity.kind == EntityKind.URL else entity
                if trimmed.end > trimmed.start and mine.take(trimmed.start, trimmed.end):
                    found.append(
                        trimmed if read is text else replace(trimmed, value=text[trimmed.start : trimmed.end])
                    )
    return tuple(
        sorted(
            _with_machines(text, found, claims), key=lambda entity: (entity.start, -entity.end, entity.kind)
        )
    )


def _with_machines(text: str, found: list[Entity], claims: _Claims) -> list[Entity]:
    """This will add what other entities tell: the machine in the path of a share, and numbered families.

    A share is the one path that holds an entity; "RDSH-14" is a ticket until RDSH-11 is a machine.
    """
    shares = [
        (entity.start + share.start(1), entity.start + share.end(1))
        for entity in found
        if entity.kind == EntityKind.PATH and (share := _SHARE.match(entity.value))
    ]
    named = frozenset(entity.value for entity in found if entity.kind == EntityKind.HOST)
    tickets = {(entity.start, entity.end) for entity in found if entity.kind == EntityKind.TICKET_ID}
    spans = [match.span() for match in siblings(text, named)]
    more = [
        Entity(kind=EntityKind.HOST, value=text[start:end], start=start, end=end)
        for start, end in spans
        if (start, end) in tickets or claims.take(start, end)
    ]
    more += [
        Entity(kind=EntityKind.HOST, value=text[start:end], start=start, end=end) for start, end in shares
    ]
    lost = {(entity.start, entity.end) for entity in more} & tickets
    return [
        entity
        for entity in found
        if entity.kind != EntityKind.TICKET_ID or (entity.start, entity.end) not in lost
    ] + more


def _trim_url(entity: Entity) -> Entity:
    """This will take off punctuation that belongs to the sentence; a closing bracket only if unopened."""
    value = entity.value
    while value:
        if value[-1] in _URL_TRAIL or (value[-1] in ")]}" and not _opens(value)):
            value = value[:-1]
        else:
            break
    return Entity(kind=entity.kind, value=value, start=entity.start, end=entity.start + len(value))


def _opens(value: str) -> bool:
    opening = {")": "(", "]": "[", "}": "{"}[value[-1]]
    return value.count(opening) >= value.count(value[-1])
