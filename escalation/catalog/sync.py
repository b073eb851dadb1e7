"""How does a tool's catalog come to us, and stay true?

Page by page, each page in its own transaction, so that a sync that dies half-way has kept what it
read. A pass that reached the end retires what it did not see. Rows that did not change are not
written, and only a change makes the link indexes build anew.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from escalation.linking.entries import CatalogEntry
from escalation.models import CatalogRow, Connection
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


def sync_all(*, now: datetime) -> None:
    """This will sync every connection that has a catalog; one that fails does not stop the others."""
    for connection in Connection.objects.order_by("pk"):
        if tool(connection.tool).receiver is None:
            continue
        try:
            sync(connection=connection, now=now)
        except Paused as pause:
            # What it has is good enough until the next sync.
            connection.note_trouble(str(pause), at=now)
        except (TransportError, NotConfigured, Unreadable) as error:
            logger.warning("catalog: sync failed", extra={"connection": str(connection.pk)})
            connection.note_trouble(str(error), at=now)


def sync(*, connection: Connection, now: datetime) -> int:
    """This will bring one connection's catalog up to date and return how many rows changed."""
    receiver = tool(connection.tool).receiver
    if receiver is None:
        return 0
    door, cursor, changed = connection.door(), "", 0
    while True:
        page = receiver.catalog(door, cursor=cursor)
        changed += _keep(connection, page, now=now)
        cursor = page.cursor
        if not cursor:
            break
    # Whatever this pass did not see is gone; its row stays, for the handoffs that name it.
    unseen = CatalogRow.objects.filter(connection=connection, retired_at=None, synced_at__lt=now)
    changed += unseen.update(retired_at=now)
    if changed:
        Connection.objects.filter(pk=connection.pk).update(catalog_version=F("catalog_version") + 1)
    return changed


@transaction.atomic
def _keep(connection: Connection, page: CatalogPage, *, now: datetime) -> int:
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
    return len(changed) + gone.update(retired_at=now)


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
