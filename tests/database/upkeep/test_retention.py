"""What people wrote is kept for its days and no longer; what was confirmed and the figures stay."""

from datetime import timedelta

import pytest
from axes.models import AccessLog
from django.conf import settings
from django.db import DatabaseError, transaction

from escalation.capture.files import NewFile, keep_file
from escalation.lifecycle.words import Status
from escalation.models import AuditLine, Entry, Handoff, Inbox, Snapshot
from escalation.tasks import retention
from escalation.timeline.record import Line, record
from escalation.upkeep.retention import let_go
from tests import builders
from tests.pages.posting import confirmed

pytestmark = pytest.mark.django_db
NOW = builders.NOW
THEN = NOW + timedelta(days=31)
DAYS = dict.fromkeys(("raw", "files", "conversations", "audit", "log_ins"), 30)


@pytest.fixture
def over() -> Handoff:
    """A handoff with a file and a conversation, resolved now."""
    route = builders.route()
    author = builders.person("lena", team=route.sender)
    draft = builders.handoff(route=route, author=author, conversation={"messages": []})
    keep_file(
        handoff=draft,
        file=NewFile(name="log.txt", content_type="text/plain", body=b"a line"),
        by=author,
        now=NOW,
    )
    sent = confirmed(draft, by=author)
    Entry.objects.filter(handoff=sent).update(recorded_at=NOW)
    Snapshot.objects.filter(handoff=sent).update(draft={"facts": []})
    listed = {"files": [{"name": "Priya.png"}], "looked_at": NOW.isoformat(), "trouble": ""}
    Handoff.objects.filter(pk=sent.pk).update(status=Status.RESOLVED, offered_files=listed)
    return sent


def webhook(status: str, at) -> Inbox:
    connection = builders.connection(f"tool-{Inbox.objects.count()}")
    return Inbox.objects.create(
        connection=connection,
        event_id="e1",
        headers={"x-kind": "a"},
        body=b"{}",
        status=status,
        not_before=at,
        received_at=at,
    )


def test_files_and_conversations_of_what_is_over_go_and_the_confirmed_stays(over):
    state = over.snapshot.state

    gone = let_go(days=DAYS, now=THEN)

    over.refresh_from_db()
    file = over.attachments.get()
    assert (file.body, file.size, file.name) == (b"", 0, "log.txt")
    assert (over.conversation, over.offered_files) == (None, None)
    assert Snapshot.objects.get(handoff=over).draft is None
    assert Snapshot.objects.get(handoff=over).state == state
    assert (gone["files"], gone["conversations"]) == (1, 1)
    assert not any(let_go(days=DAYS, now=THEN).values())


@pytest.mark.parametrize("why", ["open", "a word since", "not old enough"])
def test_nothing_goes_of_what_may_still_be_needed(over, why):
    if why == "open":
        Handoff.objects.update(status=Status.DIAGNOSING)
    if why == "a word since":
        line = Line(kind=Entry.Kind.NOTE, happened_at=THEN, who="Tomas", text="One more thing")
        record(handoff=over, line=line, now=THEN - timedelta(days=1))
    now = THEN - timedelta(days=2) if why == "not old enough" else THEN

    let_go(days=DAYS, now=now)

    assert over.attachments.get().body == b"a line"
    assert Handoff.objects.get().conversation is not None


def test_webhooks_lose_their_bytes_and_are_still_known(db):
    read, waiting = webhook(Inbox.Status.APPLIED, NOW), webhook(Inbox.Status.WAITING, NOW)
    unreadable, young = webhook(Inbox.Status.BROKEN, NOW), webhook(Inbox.Status.APPLIED, THEN)

    assert let_go(days=DAYS, now=THEN)["raw"] == 2

    for row in (read, unreadable, waiting, young):
        row.refresh_from_db()
    for row in (read, unreadable):
        assert (bytes(row.body), row.headers, row.event_id) == (b"", {}, "e1")
    assert bytes(waiting.body) == bytes(young.body) == b"{}"


def test_lines_of_the_audit_go_by_retention_alone(db):
    lena = builders.person("lena")
    for at in (NOW, THEN):
        AuditLine.objects.create(at=at, user=lena, did=AuditLine.Did.SAW, page="handoff", path="/")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditLine.objects.all().delete()

    assert let_go(days=DAYS, now=THEN)["audit"] == 1

    assert AuditLine.objects.get().at == THEN


def test_log_ins_go(db):
    AccessLog.objects.create(username="lena", ip_address="10.1.1.1", attempt_time=NOW)
    AccessLog.objects.update(attempt_time=NOW)

    assert let_go(days=DAYS, now=THEN)["log_ins"] == 1


def test_no_days_keep_for_ever(over):
    assert let_go(days=dict.fromkeys(DAYS, 0), now=THEN + timedelta(days=9_999)) == {}


def test_the_schedule_looks_every_hour(over, settings):
    settings.RETENTION_DAYS = DAYS
    Handoff.objects.update(confirmed_at=NOW - timedelta(days=60))
    Entry.objects.update(recorded_at=NOW - timedelta(days=60))

    retention()

    assert settings.CELERY_BEAT_SCHEDULE["retention"]["task"] == retention.name
    assert Handoff.objects.get().conversation is None


def test_every_length_has_a_default():
    assert set(settings.RETENTION_DAYS) == set(DAYS)
