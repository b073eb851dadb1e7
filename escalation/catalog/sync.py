"""How does a tool's catalog come to us, and stay true?

Page by page, each page in its own transaction together with where it goes on, so that a sync that dies
half-way goes on from there. A pass over everything retires what it did not see; between two of them only
what changed is asked for, where the tool can tell. Rows that did not change are not
written, and only a change makes the link indexes build anew.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zlib import crc32

from django.db import connection as database
from django.db import transaction
from django.db.models import F

from escalation.linking.entries import CatalogEntry
from escalation.models import CatalogPass, CatalogRow, Connection
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.contract import CatalogPage
from escalation.tools.registry import tool
from escalation.transport.errors import Paused, TransportError

logger = logging.getLogger(__name__)

# What makes a row a different one; the rest is bookkeeping.
CONTENT = (
    "kind",
    "name",
    "description",
    "aliases",
    "hosts",
    "related",
    "released_at",
    "starts_at",
    "ends_at",
)
LONGEST_NAME = 255
MOST_PAGES = 500  # in one go, so that it ends before the schedule calls again
WHOLE_AFTER = timedelta(days=1)  # what a tool deleted is seen only by reading everything
_READING = 0x434154  # "CAT", of the locks that readers hold
OVERLAP = timedelta(minutes=5)  # the tool's clock is not ours


def sync_all(*, now: datetime) -> None:
    """This will sync every connection that has a catalog; one that fails does not stop the others."""
    for connection in Connection.objects.order_by("pk"):
        sync_one(connection=connection, now=now)


def sync_one(*, connection: Connection, now: datetime) -> None:
    """This will go on with one connection's catalog, if it has one; what hinders it is kept on its row."""
    if tool(connection.tool).receiver is None:
        return
    try:
        sync(connection=connection, now=now)
    except Paused as pause:
        # What it has is good enough until the next sync.
        connection.note_trouble(str(pause), at=now)
    except (TransportError, NotConfigured, Unreadable) as error:
        logger.warning("catalog: sync failed", extra={"connection": str(connection.pk)})
        connection.note_trouble(str(error), at=now)


def sync(*, connection: Connection, now: datetime) -> int:
    """This will go on with one connection's catalog and return how many rows changed.

    At most ``MOST_PAGES`` in one go; the next call goes on from there. Memory holds one page. While another
    worker reads the same catalog this one leaves it alone.
    """
    with _alone(connection) as alone:
        return _sync(connection, now=now) if alone else 0


@contextmanager
def _alone(connection: Connection) -> Iterator[bool]:
    """Whether nobody else reads this catalog; a worker that dies lets go with its session."""
    keys = lock_of(connection)
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
        (ours,) = cursor.fetchone()
    try:
        yield ours
    finally:
        if ours:
            with database.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)


def lock_of(connection: Connection) -> list[int]:
    """This will return the keys of the advisory lock that whoever reads this catalog holds."""
    return [_READING, crc32(connection.pk.bytes) - 2**31]


def _sync(connection: Connection, *, now: datetime) -> int:
    receiver = tool(connection.tool).receiver
    under_way = _begin(connection, now=now) if receiver else None
    if receiver is None or under_way is None:
        return 0
    door, changed = connection.door(), 0
    since = None if under_way.whole else under_way.current_to
    try:
        for _ in range(MOST_PAGES):
            page = receiver.catalog(door, cursor=under_way.cursor, since=since)
            changed += _keep(connection, under_way, page, now=now)
            if not page.cursor:
                changed += _finish(connection, under_way, now=now)
                break
    finally:
        _bump(connection, changed)
    return changed


@transaction.atomic
def _begin(connection: Connection, *, now: datetime) -> CatalogPass | None:
    """The pass to go on with, or a new one; everything is read once a day, else what changed since."""
    row, _ = CatalogPass.objects.get_or_create(
        connection=connection, defaults={"began_at": now, "moved_at": now, "finished_at": now}
    )
    row = CatalogPass.objects.select_for_update().get(pk=row.pk)
    if row.finished_at is not None:
        tells = tool(connection.tool).catalog_tells_changes
        row.whole = not (tells and row.whole_at and now - row.whole_at < WHOLE_AFTER)
        row.cursor, row.began_at, row.finished_at = "", now, None
        row.entries_read = row.entries_changed = 0
    row.moved_at = now
    row.save()
    return row


@transaction.atomic
def _finish(connection: Connection, row: CatalogPass, *, now: datetime) -> int:
    gone = 0
    if row.whole:
        # Whatever this pass did not see is gone; its row stays, for the handoffs that name it.
        unseen = CatalogRow.objects.filter(connection=connection, retired_at=None, synced_at__lt=row.began_at)
        gone = unseen.update(retired_at=now)
        row.whole_at = row.began_at
    row.current_to, row.finished_at = row.began_at - OVERLAP, now
    row.entries_changed += gone
    row.save()
    return gone


def _bump(connection: Connection, changed: int) -> None:
    if changed:
        Connection.objects.filter(pk=connection.pk).update(catalog_version=F("catalog_version") + 1)


@transaction.atomic
def _keep(connection: Connection, under_way: CatalogPass, page: CatalogPage, *, now: datetime) -> int:
    fresh = {entry.id: _row(connection, entry, now=now) for entry in page.entries}
    known = CatalogRow.objects.filter(connection=connection, remote_id__in=fresh, retired_at=None)
    same = {row.remote_id for row in known if _content(row) == _content(fresh[row.remote_id])}
    changed = [row for remote_id, row in fresh.items() if remote_id not in same]
    CatalogRow.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["connection", "remote_id"],
        update_fields=[*CONTENT, "synced_at", "retired_at"],
    )
    CatalogRow.objects.filter(connection=connection, remote_id__in=same).update(synced_at=now)
    gone = CatalogRow.objects.filter(connection=connection, remote_id__in=page.gone, retired_at=None)
    written = len(changed) + gone.update(retired_at=now)
    # In one transaction with the page: what is counted and where it goes on are what was kept.
    under_way.cursor, under_way.moved_at = page.cursor, now
    under_way.entries_read += len(page.entries)
    under_way.entries_changed += written
    under_way.save()
    return written


def _row(connection: Connection, entry: CatalogEntry, *, now: datetime) -> CatalogRow:
    return CatalogRow(
        connection=connection,
        remote_id=entry.id,
        kind=entry.kind.value,
        name=entry.name[:LONGEST_NAME],
        description=entry.description,
        aliases=[alias[:LONGEST_NAME] for alias in entry.aliases],
        hosts=[host[:LONGEST_NAME] for host in entry.hosts],
        related=list(entry.related),
        released_at=entry.released_at,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        synced_at=now,
    )


def _content(row: CatalogRow) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in CONTENT)
