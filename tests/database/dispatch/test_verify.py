"""A Baton in order has nothing broken, and each promise that is broken by hand is named with its row."""

import hashlib
import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from escalation.models import Attachment, AttachmentBytes, Delivery, Entry, Handoff, Inbox, Receipt
from escalation.timeline.record import Line, record
from escalation.upkeep.verify import Promise, verify
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock, Engine

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def delivered(record: Delivery, clock: Clock, celery: Engine) -> Delivery:
    owing.until_done(record, clock)
    record.refresh_from_db()
    return record


def broken(clock: Clock) -> list[tuple[Promise, str]]:
    return [(each.promise, each.row) for each in verify(now=clock())]


def test_a_baton_in_order_has_nothing_broken(delivered: Delivery, clock: Clock) -> None:
    assert verify(now=clock()) == ()


def test_a_done_delivery_without_proof_is_named(delivered: Delivery, clock: Clock) -> None:
    Receipt.objects.all().delete()

    assert broken(clock) == [(Promise.ONE_RECORD, f"delivery {delivered.pk}")]


def test_a_handoff_that_names_another_record_is_named(delivered: Delivery, clock: Clock) -> None:
    Handoff.objects.update(remote_id="somebody-elses")

    assert broken(clock) == [(Promise.ONE_RECORD, f"handoff {delivered.handoff_id}")]


def test_a_missing_line_is_named(delivered: Delivery, clock: Clock) -> None:
    Entry.objects.filter(kind=Entry.Kind.DELIVERED).delete()

    assert broken(clock) == [
        (Promise.WHOLE_TIMELINE, f"handoff {delivered.handoff_id}"),
        (Promise.WHOLE_TIMELINE, f"delivery {delivered.pk}"),
    ]


def test_posts_in_a_channel_need_one_line_for_all_of_them(delivered: Delivery, clock: Clock) -> None:
    posts = [owing.note_owed(delivered.handoff, words, remote_id="r1") for words in ("One.", "Two.")]
    for post in posts:
        Delivery.objects.filter(pk=post.pk).update(status=Delivery.Status.DONE, kind=Delivery.Kind.POST)
        Receipt.objects.create(delivery=post, remote_id="r1", received_at=NOW)
    assert [promise for promise, _ in broken(clock)] == [Promise.WHOLE_TIMELINE] * 2

    record(handoff=delivered.handoff, line=Line(kind=Entry.Kind.POSTED, happened_at=NOW), now=NOW)

    assert verify(now=clock()) == ()


def test_changed_bytes_are_named(delivered: Delivery, clock: Clock) -> None:
    Delivery.objects.update(body=b'{"short_description":"Something else"}')

    assert broken(clock) == [(Promise.FROZEN, f"delivery {delivered.pk}")]


def test_a_stuck_row_that_nobody_was_told_of_is_named(delivered: Delivery, clock: Clock) -> None:
    note = owing.note_owed(delivered.handoff, "Later.", remote_id="r1")
    Delivery.objects.filter(pk=note.pk).update(status=Delivery.Status.STUCK, reason="The tool said no.")

    assert broken(clock) == [(Promise.NOTHING_SILENT, f"delivery {note.pk}")]


def test_a_row_may_wait_for_a_while_and_not_for_ever(delivered: Delivery, clock: Clock) -> None:
    note = owing.note_owed(delivered.handoff, "Later.", remote_id="r1")
    assert verify(now=clock()) == ()

    clock.forward(3600)

    assert broken(clock) == [(Promise.NOTHING_SILENT, f"delivery {note.pk}")]


def test_an_unread_message_is_named(delivered: Delivery, clock: Clock) -> None:
    row = Inbox.objects.create(connection=delivered.connection, body=b"{}", not_before=NOW, received_at=NOW)
    clock.forward(3600)

    assert broken(clock) == [(Promise.NOTHING_SILENT, f"inbox {row.pk}")]


def test_one_note_that_two_deliveries_claim_is_named(delivered: Delivery, clock: Clock) -> None:
    handoff = Handoff.objects.get(pk=delivered.handoff_id)
    note = owing.note_owed(handoff, "Once.", remote_id=handoff.remote_id)
    owing.until_done(note, clock)
    Receipt.objects.update(note_ids=["n7"])

    assert [each.promise for each in verify(now=clock())] == [Promise.NOTE_ONCE]


def test_bytes_of_a_file_that_changed_are_named(delivered: Delivery, clock: Clock) -> None:
    file = Attachment.objects.create(
        handoff=delivered.handoff,
        name="a.log",
        content_type="text/plain",
        size=3,
        sha256="0" * 64,
        added_at=NOW,
    )
    AttachmentBytes.objects.create(attachment=file, body=b"abc")
    Delivery.objects.filter(pk=delivered.pk).update(kind=Delivery.Kind.FILE)

    assert (Promise.FROZEN, f"attachment {file.pk}") in broken(clock)


def test_the_command_says_each_broken_row_and_fails(delivered: Delivery) -> None:
    Receipt.objects.all().delete()
    said = StringIO()

    with pytest.raises(SystemExit, match="1"):
        call_command("verify", "--json", stdout=said)

    (line,) = said.getvalue().splitlines()
    assert json.loads(line)["row"] == f"delivery {delivered.pk}"


def test_the_command_is_content_with_a_baton_in_order(delivered: Delivery) -> None:
    said = StringIO()

    call_command("verify", stdout=said)

    assert said.getvalue().count("kept") == len(Promise)
    assert connection.in_atomic_block is False


def test_a_status_that_was_overtaken_needs_no_line_of_its_own(delivered: Delivery, clock: Clock) -> None:
    body = b'{"fields":{},"said":"","status":"Open"}'
    for seconds in (1, 2):
        Delivery.objects.create(
            id=uuid4(),
            handoff=delivered.handoff,
            connection=delivered.connection,
            kind=Delivery.Kind.STATUS,
            position=seconds + 1,
            remote_id="record-1",
            body=body,
            fingerprint=hashlib.sha256(body).hexdigest(),
            not_before=NOW,
            created_at=NOW + timedelta(seconds=seconds),
        )
    clock.forward(60)
    for row in Delivery.objects.filter(kind=Delivery.Kind.STATUS).order_by("position"):
        owing.until_done(row, clock)

    assert broken(clock) == []
    Entry.objects.get(kind=Entry.Kind.STATUS_SENT)
    Entry.objects.filter(kind=Entry.Kind.STATUS_SENT).update(details={})
    assert [promise for promise, _ in broken(clock)] == [Promise.WHOLE_TIMELINE]
