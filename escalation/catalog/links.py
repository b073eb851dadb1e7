"""What does the receiving tool call the things this state talks about?

Text in, links out: configuration items, services, groups and components by what was written, changes
and versions also by when it was said to have happened. The words a link came from travel with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from escalation.catalog.index import Indexed, index_at_hand, index_of
from escalation.catalog.spoken import technical_lines, technical_text
from escalation.extraction.moments import moments_of
from escalation.extraction.times import Span
from escalation.knowledge.state import KnowledgeState
from escalation.linking.changes import changes_near
from escalation.linking.entries import CatalogEntry, EntryKind, Link

RANKED = (
    EntryKind.CONFIGURATION_ITEM,
    EntryKind.BUSINESS_SERVICE,
    EntryKind.ASSIGNMENT_GROUP,
    EntryKind.COMPONENT,
    EntryKind.VERSION,
)
# What a change touches.
TOUCHED = (EntryKind.CONFIGURATION_ITEM, EntryKind.COMPONENT)
LIMIT = 5
_RETIRED = """
SELECT remote_id, name FROM escalation_catalogrow
WHERE connection_id = %s AND remote_id = ANY(%s) AND retired_at IS NOT NULL
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Links by kind, best first, and every entry they or their relations name."""

    links: Mapping[EntryKind, tuple[Link, ...]] = field(default_factory=dict)
    entries: Mapping[str, CatalogEntry] = field(default_factory=dict)
    looked: bool = True  # False while the catalog is still being read in: nothing found means nothing
    # Of what was found or chosen, the ids that the tool has retired, each with its name.
    retired: Mapping[str, str] = field(default_factory=dict)


def links_for(*, connection_id: UUID, state: KnowledgeState, said_at: datetime, zone: str) -> Found:
    """This will link the state to the connection's catalog; times are read against ``said_at``."""
    return links_in(index_of(connection_id=connection_id), state=state, said_at=said_at, zone=zone)


def links_at_hand(
    *, connection_id: UUID, state: KnowledgeState, said_at: datetime, zone: str, chosen: Iterable[str] = ()
) -> Found:
    """This will do the same for somebody who is typing, and must not wait for an index to be built.

    ``chosen`` are ids that a person chose before; ``Found.retired`` says which of them are no more.
    """
    indexed = index_at_hand(connection_id=connection_id)
    if indexed is None:
        return Found(looked=False)
    found = links_in(indexed, state=state, said_at=said_at, zone=zone)
    return _without_retired(found, connection_id, chosen=chosen)


def _without_retired(found: Found, connection_id: UUID, *, chosen: Iterable[str]) -> Found:
    """What is retired leaves at once, also while an index without it is still being built."""
    named = [each for each in {*found.entries, *chosen} if each]
    if not named:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_RETIRED, [connection_id, named])
        gone = dict(cursor.fetchall())
    if not gone:
        return found
    left = {
        kind: tuple(each for each in links if each.entry_id not in gone)
        for kind, links in found.links.items()
    }
    return Found(
        links={kind: links for kind, links in left.items() if links},
        entries={key: entry for key, entry in found.entries.items() if key not in gone},
        retired=gone,
    )


def links_in(indexed: Indexed, *, state: KnowledgeState, said_at: datetime, zone: str) -> Found:
    """This will link the state to what an index knows; the same index and state give the same links."""
    text = technical_text(state)
    if not text or not indexed.entries:
        return Found()
    ranked = {
        kind: links
        for kind in RANKED
        if (links := indexed.index.rank(text, kind=kind, at=said_at, limit=LIMIT))
    }
    spans = tuple(_spoken_of(state, said_at=said_at, zone=zone))
    dated = _dated(spans, ranked, indexed)
    found = ranked | {kind: _best((*ranked.get(kind, ()), *links)) for kind, links in dated.items()}
    return Found(links=found, entries=_named(found, indexed.entries))


def _spoken_of(state: KnowledgeState, *, said_at: datetime, zone: str) -> Iterator[Span]:
    """The times the words speak of: "last weekend" in a quote of Friday is not the one that follows it."""
    for words, evidence in technical_lines(state):
        quoted = {each.at: each.quote.casefold() for each in evidence if each.at is not None}
        for at in (*sorted(quoted), said_at):
            for _, _, span in moments_of(words.split("\n"), said_at=at, zone=zone):
                then = {day for day, quote in quoted.items() if span.words.casefold() in quote}
                if at in then or (at == said_at and not then):
                    yield span


def _dated(
    spans: Iterable[Span], ranked: Mapping[EntryKind, tuple[Link, ...]], indexed: Indexed
) -> dict[EntryKind, list[Link]]:
    """Changes made and versions released in the times that the text speaks of."""
    linked = [link for kind in TOUCHED for link in ranked.get(kind, ())]
    found: dict[EntryKind, list[Link]] = {}
    for span in spans:
        window = (span.start, span.end)
        for link in changes_near(window=window, linked=(), entries=indexed.dated.around(window)):
            entry = indexed.entries[link.entry_id]
            touching = [_touching(item, entry, window) for item in linked if item.entry_id in entry.related]
            found.setdefault(link.kind, []).append(max([link, *touching], key=lambda each: each.score))
    return found


def _touching(item: Link, entry: CatalogEntry, window: tuple[datetime, datetime]) -> Link:
    # Suspected because of what it touched: if that is itself a guess, so is the suspicion.
    (link,) = changes_near(window=window, linked=(item.entry_id,), entries=(entry,))
    return replace(link, score=link.score * item.score)


def _best(links: Iterable[Link]) -> tuple[Link, ...]:
    """Each entry once, with its highest score, the best first."""
    best: dict[str, Link] = {}
    for link in links:
        if link.entry_id not in best or link.score > best[link.entry_id].score:
            best[link.entry_id] = link
    return tuple(sorted(best.values(), key=lambda link: (-link.score, link.entry_id))[:LIMIT])


def _named(
    links: Mapping[EntryKind, tuple[Link, ...]], entries: Mapping[str, CatalogEntry]
) -> dict[str, CatalogEntry]:
    named = {link.entry_id for each in links.values() for link in each}
    related = {other for entry_id in named for other in entries[entry_id].related}
    return {entry_id: entries[entry_id] for entry_id in sorted(named | related) if entry_id in entries}
