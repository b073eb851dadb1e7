"""How does a correction become training? A text and the entries it truly belonged to, kept at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection as database
from django.db import transaction

from escalation.models import CatalogRow, Connection, Lesson

# Replaced rather than changed: an index that has read on to a number must meet the new one. Sent as one, for
# each send waits for it. What is in nobody's catalog replaces nothing.
_LEARN = """
DELETE FROM escalation_lesson WHERE connection_id = %(connection)s AND reference = %(reference)s AND EXISTS (
    SELECT FROM escalation_catalogrow WHERE connection_id = %(connection)s AND remote_id = ANY(%(ids)s)
);
INSERT INTO escalation_lesson (connection_id, reference, text, remote_ids, learned_at)
SELECT %(connection)s, %(reference)s, %(text)s, array_agg(remote_id ORDER BY remote_id COLLATE "C"), %(at)s
FROM escalation_catalogrow WHERE connection_id = %(connection)s AND remote_id = ANY(%(ids)s)
HAVING count(*) > 0
RETURNING id, remote_ids
"""


def learn(
    *, connection: Connection, reference: str, text: str, remote_ids: Iterable[str], now: datetime
) -> Lesson | None:
    """This will keep the lesson under its reference, replacing an earlier one; None when it says nothing.

    Of ``remote_ids`` only those count that are in the connection's catalog.
    """
    asked = sorted(set(remote_ids))
    if not text or not asked:
        return None
    said: dict[str, Any] = {
        "connection": connection.pk,
        "ids": asked,
        "reference": reference,
        "text": text,
        "at": now,
    }
    with transaction.atomic(savepoint=False), database.cursor() as cursor:
        cursor.execute(_LEARN, said)
        cursor.nextset()
        row = cursor.fetchone()
    if row is None:
        return None
    pk, ids = row
    return Lesson(
        pk=pk, connection=connection, reference=reference, text=text, remote_ids=ids, learned_at=now
    )


def correct(
    *, connection: Connection, reference: str, text: str, remote_ids: Iterable[str], now: datetime
) -> frozenset[str]:
    """This will put these entries in place of those of their kind in the lesson of this reference.

    What was learned of other kinds stays. Returns the entries that are in the catalog and were learned.
    """
    rows = CatalogRow.objects.filter(connection=connection)
    kinds: dict[str, str] = dict(rows.filter(remote_id__in=set(remote_ids)).values_list("remote_id", "kind"))
    lesson = Lesson.objects.filter(connection=connection, reference=reference).first()
    kept = rows.filter(remote_id__in=lesson.remote_ids if lesson else ()).exclude(kind__in=kinds.values())
    ids = (*kinds, *kept.values_list("remote_id", flat=True))
    learned = learn(connection=connection, reference=reference, text=text, remote_ids=ids, now=now)
    return frozenset(kinds) if learned else frozenset()
