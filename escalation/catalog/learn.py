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
