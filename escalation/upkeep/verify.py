"""Do the rows keep Baton's promises? Looks and changes nothing; safe while everything runs.

Each promise is one question to the tables, and every answer names the row that breaks it. It trusts only
what is stored: bytes are hashed again, sequences counted again. What is under way is not broken: a row may
wait, but never for longer than the audit's patience without a word to anybody.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from escalation.lifecycle.words import Status
from escalation.models import Attachment, Delivery, Entry, Handoff, Inbox, Receipt, Snapshot
from escalation.translation.codec import from_json as translation_from_json

_ARRIVED = frozenset(
    {
        Entry.Kind.DELIVERED.value,
        Entry.Kind.NOTE_SENT.value,
        Entry.Kind.REPLIED.value,
        Entry.Kind.FILE_SENT.value,
        Entry.Kind.STATUS_SENT.value,
        # Of a status: it stands beside "delivered" for a record.
        Entry.Kind.FIELD_IGNORED.value,
    }
)
_HELD_UP = frozenset({Entry.Kind.STUCK.value})
SILENCE = timedelta(minutes=20)  # the audit speaks after 15 and comes by every minute


class Promise(StrEnum):
    """What is promised, as it is named in the output."""

    ONE_RECORD = "one record for each confirmed handoff"
    NOTE_ONCE = "every note and file once"
    WHOLE_TIMELINE = "timeline complete and in order"
    NOTHING_SILENT = "nothing waits in silence"
    FROZEN = "what was confirmed is what is sent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """One row that breaks a promise."""

    promise: Promise
    row: str  # kind and id, as "handoff 1f0c…"
    words: str


@transaction.atomic
def verify(*, now: datetime) -> tuple[Broken, ...]:
    """This will return everything that is broken. Only outside of another transaction."""
    with connection.cursor() as cursor:
        # All questions see one moment, or a row that moves between two of them would look broken.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    return tuple(broken for question in _QUESTIONS for broken in question(now))


def _records(now: datetime) -> Iterator[Broken]:  # noqa: ARG001 - every question is asked alike
    owed = Delivery.objects.filter(handoff=OuterRef("pk"), kind=Delivery.Kind.CREATE)
    confirmed = Handoff.objects.exclude(status__in=[Status.DRAFT, Status.DISCARDED]).filter(
        Exists(Snapshot.objects.filter(handoff=OuterRef("pk")))
    )
    for each in confirmed.exclude(Exists(owed)).values_list("pk", flat=True).iterator():
        yield _broken(Promise.ONE_RECORD, "handoff", each, "is confirmed, and nothing was ever owed for it")
    proof = Receipt.objects.filter(delivery=OuterRef("pk"))
    done = Delivery.objects.filter(status=Delivery.Status.DONE)
    for each in done.exclude(Exists(proof)).values_list("pk", flat=True).iterator():
        yield _broken(Promise.ONE_RECORD, "delivery", each, "is done, and the tool's proof is missing")
    early = Receipt.objects.exclude(delivery__status=Delivery.Status.DONE)
    for each in early.values_list("delivery", flat=True).iterator():
        yield _broken(Promise.ONE_RECORD, "delivery", each, "has a proof and is not done")
    other = Receipt.objects.filter(delivery__kind=Delivery.Kind.CREATE).exclude(
        remote_id=F("delivery__handoff__remote_id")
    )
    for each in other.values_list("delivery__handoff", flat=True).iterator():
        yield _broken(Promise.ONE_RECORD, "handoff", each, "names another record than its proof")


def _notes(now: datetime) -> Iterator[Broken]:  # noqa: ARG001 - every question is asked alike
    twice = """
        SELECT note, array_agg(DISTINCT d.id::text) FROM escalation_receipt r
        JOIN escalation_delivery d ON d.id = r.delivery_id
        CROSS JOIN LATERAL jsonb_array_elements_text(r.note_ids) AS note
        WHERE d.kind <> 'status'
        GROUP BY d.connection_id, r.remote_id, note HAVING count(DISTINCT d.id) > 1
    """
    with connection.cursor() as cursor:
        cursor.execute(twice)
        for note, deliveries in cursor.fetchall():
            words = f"took the note {note} of {', '.join(deliveries[1:])} for its own"
            yield _broken(Promise.NOTE_ONCE, "delivery", deliveries[0], words)
    many = """
        SELECT r.delivery_id, jsonb_array_length(r.note_ids) FROM escalation_receipt r
        JOIN escalation_delivery d ON d.id = r.delivery_id
        WHERE d.kind IN ('note', 'reply', 'post') AND jsonb_array_length(r.note_ids) > 1
    """
    with connection.cursor() as cursor:
        cursor.execute(many)
        for delivery, count in cursor.fetchall():
            yield _broken(Promise.NOTE_ONCE, "delivery", delivery, f"is in the tool {count} times")


def _timelines(now: datetime) -> Iterator[Broken]:  # noqa: ARG001 - every question is asked alike
    counted = """
        SELECT h.id, h.last_sequence, count(e.id), coalesce(max(e.sequence), 0)
        FROM escalation_handoff h LEFT JOIN escalation_entry e ON e.handoff_id = h.id
        GROUP BY h.id HAVING count(e.id) <> h.last_sequence OR coalesce(max(e.sequence), 0) <> h.last_sequence
    """
    with connection.cursor() as cursor:
        cursor.execute(counted)
        for handoff, last, count, highest in cursor.fetchall():
            words = f"has {count} lines up to number {highest}, and counts {last}"
            yield _broken(Promise.WHOLE_TIMELINE, "handoff", handoff, words)
    unsaid = Q(kind=Delivery.Kind.STATUS, receipt__kept={}) | Q(kind=Delivery.Kind.LINK)
    done = Delivery.objects.filter(status=Delivery.Status.DONE).exclude(unsaid)
    # A post repeats a line that stands here already; only that the thread was begun is one of its own.
    posts = done.filter(kind=Delivery.Kind.POST)
    begun = Entry.objects.filter(handoff=OuterRef("handoff"), kind=Entry.Kind.POSTED)
    for rows, said in ((done.exclude(kind=Delivery.Kind.POST), _told(_ARRIVED)), (posts, begun)):
        for each in rows.exclude(Exists(said)).values_list("pk", flat=True).iterator():
            yield _broken(Promise.WHOLE_TIMELINE, "delivery", each, "has arrived, and no line says so")


def _silent(now: datetime) -> Iterator[Broken]:
    late = now - SILENCE
    waiting = Q(status__in=[Delivery.Status.OWED, Delivery.Status.UNDER_WAY], created_at__lt=late)
    stuck = Q(status=Delivery.Status.STUCK)
    quiet = Delivery.objects.filter(waiting | stuck).exclude(Exists(_told(_HELD_UP)))
    for each in quiet.iterator():
        yield _broken(Promise.NOTHING_SILENT, "delivery", each.pk, f"is {each.status}, and nobody was told")
    unread = Inbox.objects.filter(status=Inbox.Status.WAITING, received_at__lt=late)
    for row in unread.filter(connection__trouble="").values_list("pk", flat=True).iterator():
        yield _broken(Promise.NOTHING_SILENT, "inbox", row, "waits to be read, and its connection looks well")


def _frozen(now: datetime) -> Iterator[Broken]:  # noqa: ARG001 - every question is asked alike
    for row in Delivery.objects.only("pk", "body", "fingerprint").iterator(chunk_size=500):
        if hashlib.sha256(bytes(row.body)).hexdigest() != row.fingerprint:
            yield _broken(Promise.FROZEN, "delivery", row.pk, "holds other bytes than were confirmed")
    for handoff, draft, sent in _reviewed():
        if draft != sent:
            yield _broken(Promise.FROZEN, "handoff", handoff, "owes another record than was reviewed")
    files = Attachment.objects.filter(
        pk__in=Delivery.objects.filter(kind=Delivery.Kind.FILE).values("handoff__attachments")
    )
    for file in files.iterator(chunk_size=20):
        if hashlib.sha256(file.body).hexdigest() != file.sha256:
            yield _broken(Promise.FROZEN, "attachment", file.pk, "holds other bytes than were kept")


def _reviewed() -> Iterator[tuple[Any, str, str]]:
    """Per confirmed handoff the digest of the record as reviewed, and of the one that is owed."""
    rows = Delivery.objects.filter(kind=Delivery.Kind.CREATE, handoff__snapshot__isnull=False)
    values = rows.values_list("handoff", "handoff__snapshot__translation", "fingerprint")
    for handoff, translation, sent in values.iterator(chunk_size=200):
        yield handoff, translation_from_json(translation).draft.fingerprint(), sent


def _told(kinds: frozenset[str]) -> Any:
    """The lines of these kinds about a delivery."""
    about = KeyTextTransform("delivery", "details")
    lines = Entry.objects.annotate(about=about).filter(handoff=OuterRef("handoff"), kind__in=kinds)
    return lines.filter(about=Cast(OuterRef("pk"), CharField()))


def _broken(promise: Promise, kind: str, key: object, words: str) -> Broken:
    return Broken(promise=promise, row=f"{kind} {key}", words=words)


_QUESTIONS: tuple[Callable[[datetime], Iterator[Broken]], ...] = (
    _records,
    _notes,
    _timelines,
    _silent,
    _frozen,
)
