"""Which changes were made, and which versions came out, in the time a text speaks of?

"It began after last weekend's change": the window is known, the configuration items are linked, and the
change is found by time and touch, not by words. A change that touches nothing linked is still told, well
below.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time, timedelta

import numpy as np

from escalation.linking.entries import CatalogEntry, EntryKind, Link

Window = tuple[datetime, datetime]
DATED = frozenset({EntryKind.CHANGE, EntryKind.VERSION})
_A_DAY_S = 86_400.0

# Hand-set; the order matters more than the number. In the window and on a linked item: as good as named.
_TOUCHES, _TOUCHES_RELATED, _RELEASED, _ONLY_IN_TIME = 0.9, 0.7, 0.6, 0.2


class Calendar:
    """The changes and versions of a catalog by when they were: a window is found without reading them all."""

    def __init__(self, entries: Iterable[CatalogEntry]) -> None:
        """Keep what is dated of these entries; the rest is left out."""
        dated = [(span, entry) for entry in entries if entry.kind in DATED and (span := _span(entry))]
        self.entries = tuple(entry for _, entry in dated)
        self._first = np.array([first for (first, _), _ in dated])
        self._last = np.array([last for (_, last), _ in dated])

    def around(self, window: Window) -> tuple[CatalogEntry, ...]:
        """Give what may fall into the window, a day of grace on both sides; `changes_near` looks closer."""
        start, end = (_zoned(moment).timestamp() for moment in window)
        found = np.flatnonzero((self._first <= end + _A_DAY_S) & (self._last >= start - _A_DAY_S))
        return tuple(self.entries[place] for place in found)


def changes_near(
    *, window: Window, linked: Collection[str], entries: Iterable[CatalogEntry]
) -> tuple[Link, ...]:
    """Rank changes implemented and versions released in a window by how they touch the linked entries.

    ``linked`` holds ids of entries already linked (configuration items, services, components). Related
    entries count in both directions and one step further: change → item → service. The scores are hand-set.
    Raises ValueError when the window ends before it starts.
    """
    start, end = (_zoned(moment) for moment in window)
    if end < start:
        raise ValueError("The window ends before it starts.")
    known = tuple(entries)
    near = set(linked)
    further = _related_to(near, known) - near
    found = [link for entry in known if (link := _link(entry, (start, end), near, further))]
    times = {entry.id: _moment(entry) for entry in known}
    found.sort(key=lambda link: (-link.score, -_seconds(times[link.entry_id]), link.entry_id))
    return tuple(found)


def _link(entry: CatalogEntry, window: Window, near: set[str], further: set[str]) -> Link | None:
    if not _within(entry, window):
        return None
    when = _moment(entry)
    touched, beyond = near.intersection(entry.related), further.intersection(entry.related)
    version = entry.kind is EntryKind.VERSION
    shown = _shown(when, by_day=version) if when else ""
    because = [f"released {shown}" if version else f"implemented {shown}"]
    score = _RELEASED if version else _ONLY_IN_TIME
    if touched:
        score = _TOUCHES
        because.append("touches what is linked")
    elif not version and (beyond or entry.id in further):
        score = _TOUCHES_RELATED
        because.append("touches what belongs to it")
    return Link(entry_id=entry.id, kind=entry.kind, name=entry.name, score=score, because=tuple(because))


def _within(entry: CatalogEntry, window: Window) -> bool:
    """Say whether a change's implementation overlaps the window, or a version's release falls into it."""
    start, end = window
    if entry.kind is EntryKind.VERSION:
        return entry.released_at is not None and start <= _in_its_day(entry.released_at) <= end
    if entry.kind is not EntryKind.CHANGE or not (entry.starts_at or entry.ends_at):
        return False
    first, last = entry.starts_at or entry.ends_at, entry.ends_at or entry.starts_at
    return first is not None and last is not None and _zoned(first) <= end and start <= _zoned(last)


def _span(entry: CatalogEntry) -> tuple[float, float] | None:
    """When the entry happened, in seconds; None where nobody knows."""
    moments = (entry.released_at,) if entry.kind is EntryKind.VERSION else (entry.starts_at, entry.ends_at)
    known = [_zoned(moment).timestamp() for moment in moments if moment]
    return (min(known), max(known)) if known else None


def _related_to(near: set[str], entries: Iterable[CatalogEntry]) -> set[str]:
    found: set[str] = set()
    for entry in entries:
        if entry.id in near:
            found.update(entry.related)
        elif entry.kind is not EntryKind.CHANGE and near.intersection(entry.related):
            found.add(entry.id)
    return found


def _moment(entry: CatalogEntry) -> datetime | None:
    moment = entry.released_at if entry.kind is EntryKind.VERSION else entry.starts_at or entry.ends_at
    return _zoned(moment) if moment else None


def _in_its_day(moment: datetime) -> datetime:
    """A release known by its day alone: noon UTC, which is that very day from Honolulu to Sydney."""
    zoned = _zoned(moment)
    return zoned + timedelta(hours=12) if _is_a_day(zoned) else zoned


def _is_a_day(moment: datetime) -> bool:
    return moment.astimezone(UTC).time() == time()


def _shown(moment: datetime, *, by_day: bool) -> str:
    return f"{moment:%A %d %B %Y}" if by_day and _is_a_day(moment) else f"{moment:%A %d %B %Y, %H:%M %Z}"


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
