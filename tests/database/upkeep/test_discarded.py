"""A discarded draft is kept for thirty days, and then nothing of it is left."""

from datetime import timedelta

import pytest
from django.conf import settings

from escalation.capture import draft
from escalation.capture.files import NewFile, keep_file
from escalation.models import Amendment, Attachment, AttachmentBytes, Entry, Handoff
from escalation.tasks import discarded
from escalation.timeline.record import Line, record
from escalation.upkeep.discarded import KEPT, delete_expired
from tests import builders

pytestmark = pytest.mark.django_db
NOW = builders.NOW


@pytest.fixture
def put_aside() -> Handoff:
    """A draft with a file and a line, discarded now."""
    route = builders.route()
    author = builders.person("lena", team=route.sender)
    handoff = builders.handoff(route=route, author=author)
    line = Line(kind=Entry.Kind.STARTED, happened_at=NOW, by=author)
    record(handoff=handoff, line=line, now=NOW)
    file = NewFile(name="log.txt", content_type="text/plain", body=b"a line")
    keep_file(handoff=handoff, file=file, by=author, now=NOW)
    return draft.discard(handoff=handoff, by=author, now=NOW)


def test_it_is_there_until_the_last_of_its_days(put_aside):
    assert delete_expired(now=NOW + KEPT) == 0

    taken_up = draft.restore(handoff=put_aside, by=put_aside.author, now=NOW + KEPT)

    assert draft.state_of(taken_up) == draft.state_of(put_aside)
    assert delete_expired(now=NOW + 2 * KEPT) == 0
    assert Handoff.objects.filter(pk=put_aside.pk).exists()


def test_then_nothing_of_it_is_left(put_aside):
    assert delete_expired(now=NOW + KEPT + timedelta(seconds=1)) == 1

    assert not Handoff.objects.exists()
    assert not Entry.objects.exists()
    assert not Attachment.objects.exists()
    assert not AttachmentBytes.objects.exists()


def test_one_that_other_rows_hang_on_loses_its_words_and_keeps_its_row(put_aside):
    Amendment.objects.create(
        handoff=put_aside,
        number=1,
        kind=Amendment.Kind.CORRECTION,
        state={},
        before_fingerprint="",
        by=put_aside.author,
        created_at=NOW,
        saved_at=NOW,
    )

    assert delete_expired(now=NOW + KEPT + timedelta(seconds=1)) == 0

    put_aside.refresh_from_db()
    assert put_aside.summary == ""
    assert not any(draft.state_of(put_aside).items())


def test_the_schedule_looks_every_hour():
    entry = settings.CELERY_BEAT_SCHEDULE["discarded"]

    assert entry["task"] == discarded.name
    assert entry["schedule"] <= 60 * 60
