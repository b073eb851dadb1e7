"""Which link index answers for a connection, and is it up to date?

Built once per process and kept; a sync that changed something makes it build anew, a lesson is learned
into it as it stands. Asking whether it is current costs one small query. A process that answers pages
builds aside (``LINKS_PATIENCE_S``): a hundred thousand names take up to a minute, and nobody's words may wait
for that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import shorten
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.db import connection

from escalation.catalog.kept import Kept
from escalation.catalog.spoken import sent_unanswered
from escalation.linking.changes import Calendar
from escalation.linking.entries import CatalogEntry, EntryKind, Example
from escalation.linking.index import LinkIndex
from escalation.linking.overheard import FEWEST, fading
from escalation.models import CatalogRow, Connection, Lesson

LONGEST_TITLE = 50
LATE_LESSONS = 100  # how far behind the newest key a lesson of an open transaction may come in


@dataclass(slots=True)
class Indexed:
    """An index with what it was built from."""

    version: int
    lessons: set[int]  # the lessons it has taken in, by key
    index: LinkIndex
    entries: dict[str, CatalogEntry]
    dated: Calendar  # changes and versions: found by when, not by words

    @classmethod
    def of(
        cls,
        entries: Iterable[CatalogEntry],
        examples: Sequence[Example] = (),
        *,
        version: int = 0,
        lessons: Iterable[int] = (),
    ) -> "Indexed":
        """This will index entries and past items from wherever they come."""
        by_id = {entry.id: entry for entry in entries}
        return cls(
            version=version,
            lessons=set(lessons),
            index=LinkIndex.build(tuple(by_id.values()), examples),
            entries=by_id,
            dated=Calendar(by_id.values()),
        )


# Asked after every pause in typing, so it is one statement. Keys are given out before a transaction ends: a
# lower one can appear after a higher one.
_NEWS = """
SELECT c.catalog_version, ARRAY(
    SELECT l.id FROM escalation_lesson l WHERE l.connection_id = c.id AND l.id > %s
) FROM escalation_connection c WHERE c.id = %s
"""
_LAST = 2**62
_KEPT: Kept[Indexed] = Kept()
_LEARNING = Lock()


def index_of(*, connection_id: UUID) -> Indexed:
    """This will return the index of a connection, with every lesson that is in the table."""
    indexed = _index(connection_id, patience=None)
    if indexed is None:  # pragma: no cover  # whoever waits is given one
        raise RuntimeError("no index was built")
    return indexed


def index_at_hand(*, connection_id: UUID) -> Indexed | None:
    """This will return what can be had at once: in a process that builds aside an older index, or None."""
    return _index(connection_id, patience=settings.LINKS_PATIENCE_S)


def _index(connection_id: UUID, *, patience: float | None) -> Indexed | None:
    before = _KEPT.at_hand(connection_id)
    version, late = _news(connection_id, before)
    build = partial(_build, connection_id, version)
    indexed = _KEPT.get(connection_id, version=version, build=build, patience=patience)
    if indexed is not None:
        if indexed is not before:
            _, late = _news(connection_id, indexed)
        with _LEARNING:
            for lesson in _unlearned(connection_id, late - indexed.lessons):
                indexed.index.learn(_example(lesson))
                indexed.lessons.add(lesson.pk)
    return indexed


def _news(connection_id: UUID, indexed: Indexed | None) -> tuple[int, set[int]]:
    """The catalog's version, and the lessons that an index may not have yet; for none nothing is late."""
    since = _LAST if indexed is None else max(indexed.lessons, default=0) - LATE_LESSONS
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, [since, connection_id])
        row = cursor.fetchone()
    if row is None:
        raise Connection.DoesNotExist
    return row[0], set(row[1])


def _unlearned(connection_id: UUID, late: set[int]) -> Iterable[Lesson]:
    lessons = Lesson.objects.filter(connection_id=connection_id)
    return lessons.filter(pk__in=late).order_by("pk") if late else ()


def _build(connection_id: UUID, version: int) -> Indexed:
    rows = CatalogRow.objects.filter(connection_id=connection_id, retired_at=None).order_by("pk")
    lessons = list(Lesson.objects.filter(connection_id=connection_id).order_by("pk"))
    indexed = Indexed.of(
        (_entry(row) for row in rows.iterator(chunk_size=5000)),
        tuple(_example(lesson) for lesson in lessons),
        version=version,
        lessons=(lesson.pk for lesson in lessons),
    )
    # While people have said little, what they sent without a word helps.
    if indexed.entries and fading(len(lessons)):
        references = {lesson.reference for lesson in lessons}
        texts = sent_unanswered(connection_id=connection_id, answered=references)
        for text in texts if len(texts) >= FEWEST else ():
            indexed.index.overhear(text)
    return indexed


def _entry(row: CatalogRow) -> CatalogEntry:
    return CatalogEntry(
        id=row.remote_id,
        kind=EntryKind(row.kind),
        name=row.name,
        description=row.description,
        aliases=tuple(row.aliases),
        hosts=tuple(row.hosts),
        released_at=row.released_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        related=tuple(row.related),
    )


def _example(lesson: Lesson) -> Example:
    title, _, _ = lesson.text.partition("\n")
    return Example(
        id=lesson.reference,
        text=lesson.text,
        entry_ids=tuple(lesson.remote_ids),
        at=lesson.learned_at,
        title=shorten(title, LONGEST_TITLE, placeholder="…"),
    )
