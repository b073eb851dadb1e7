"""How does a correction become training? A text and the entries it truly belonged to, kept at once."""

from collections.abc import Iterable
from datetime import datetime

from escalation.models import CatalogRow, Connection, Lesson


def learn(
    *, connection: Connection, reference: str, text: str, remote_ids: Iterable[str], now: datetime
) -> Lesson | None:
    """This will keep the lesson under its reference, replacing an earlier one; None when it says nothing.

    Of ``remote_ids`` only those count that are in the connection's catalog.
    """
    known = CatalogRow.objects.filter(connection=connection, remote_id__in=set(remote_ids))
    ids = list(known.order_by("remote_id").values_list("remote_id", flat=True))
    if not text or not ids:
        return None
    # Replaced rather than changed: an index that has read on to a number must meet the new one.
    Lesson.objects.filter(connection=connection, reference=reference).delete()
    return Lesson.objects.create(
        connection=connection, reference=reference, text=text, remote_ids=ids, learned_at=now
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
