"""Is an assignment only what our own record asked for? Then it is no news: nobody has done anything yet.

A tool that is read for the first time says where the record stands. What it shows there was confirmed by a
person and is proved by the receipt, under the names that stood on the review.
"""

from escalation.models import Delivery, RemoteUpdate
from escalation.tools.updates import UpdateKind
from escalation.translation.codec import from_json


def asked_for(row: RemoteUpdate) -> bool:
    """This will say whether the first assignment of a record only repeats what its draft set."""
    if row.kind != UpdateKind.ASSIGNED:
        return False
    record = Delivery.objects.filter(
        handoff=row.handoff, connection=row.connection, kind=Delivery.Kind.CREATE, receipt__isnull=False
    )
    created = record.select_related("receipt", "handoff__snapshot").first()
    if created is None or not hasattr(created.handoff, "snapshot"):
        return False
    kept = created.receipt.kept
    fields = from_json(created.handoff.snapshot.translation).draft.fields
    return any(
        field.shown == row.words and kept.get(field.name) == field.value for field in fields if row.words
    )
