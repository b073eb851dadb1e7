"""The receiver promises the next word, and silence past it is told to both sides once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from escalation.lifecycle.promise import PromiseSource
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Entry, Handoff
from escalation.reception import accept, resolve
from escalation.reception.promise import NoTime, due_at, promise
from escalation.reception.silence import tell_silence
from tests.builders import NOW

pytestmark = pytest.mark.django_db

BERLIN = "Europe/Berlin"
HOUR = timedelta(hours=1)


def count(handoff: Handoff, kind: str) -> int:
    return handoff.entries.filter(kind=kind).count()


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("16:30", datetime(2026, 11, 23, 15, 30, tzinfo=UTC)),
        ("2 hours", datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
        ("in 30 min", datetime(2026, 11, 23, 15, 30, tzinfo=UTC)),
        ("tomorrow 10:00", datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        ("Friday", datetime(2026, 11, 27, 16, 0, tzinfo=UTC)),
        ("morgen 9 Uhr", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_promise_is_read_on_the_receivers_clock(words, due):
    assert due_at(words, zone=BERLIN, now=NOW) == due


@pytest.mark.parametrize("words", ["", "soon", "9:00", "yesterday", "2031-01-01 10:00", "<b>now</b>"])
def test_what_cannot_be_promised_is_said(words):
    with pytest.raises(NoTime):
        due_at(words, zone=BERLIN, now=NOW)


def test_the_promise_stands_with_its_source(delivered: Handoff, receiver: User):
    handoff = promise(handoff=delivered, words="tomorrow 10:00", by=receiver, now=NOW)

    assert handoff.promised_by == PromiseSource.RECEIVER
    assert handoff.entries.get(kind=Entry.Kind.PROMISED).text == "tomorrow 10:00"


def test_pressing_twice_promises_once(delivered: Handoff, receiver: User):
    for _ in range(2):
        promise(handoff=delivered, words="17:00", by=receiver, now=NOW)

    assert count(delivered, Entry.Kind.PROMISED) == 1


def test_a_verb_keeps_what_the_receiver_promised(delivered: Handoff, receiver: User):
    promised = promise(handoff=delivered, words="tomorrow 10:00", by=receiver, now=NOW).update_due_at

    assert accept.accept(handoff=delivered, by=receiver, now=NOW).update_due_at == promised


@pytest.mark.parametrize("status", ["draft", "queued", "resolved", "bounced"])
def test_only_whoever_has_it_can_promise(delivered: Handoff, receiver: User, status):
    delivered.status = status
    delivered.save()

    with pytest.raises(NotAllowedNow):
        promise(handoff=delivered, words="17:00", by=receiver, now=NOW)


def test_silence_is_told_once_for_each_promise(delivered: Handoff, receiver: User):
    promise(handoff=delivered, words="17:00", by=receiver, now=NOW)
    assert tell_silence(now=NOW) == 0

    told = [tell_silence(now=NOW + 2 * HOUR), tell_silence(now=NOW + 3 * HOUR)]
    promise(handoff=delivered, words="in 1 hour", by=receiver, now=NOW + 3 * HOUR)
    told.append(tell_silence(now=NOW + 5 * HOUR))

    assert told == [1, 0, 1]
    assert count(delivered, Entry.Kind.SILENT) == 2
    assert "promised by the receiver" in delivered.entries.filter(kind=Entry.Kind.SILENT)[0].text


def test_what_has_ended_is_never_silent(delivered: Handoff, receiver: User):
    promise(handoff=delivered, words="17:00", by=receiver, now=NOW)
    resolve.resolve(handoff=delivered, by=receiver, now=NOW)

    assert tell_silence(now=NOW + 5 * HOUR) == 0


def test_overdue_ones_come_first(delivered: Handoff):
    other = Handoff.objects.create(
        route=delivered.route,
        author=delivered.author,
        status="accepted",
        confirmed_at=NOW - HOUR,
        created_at=NOW,
        saved_at=NOW,
    )
    Handoff.objects.filter(pk=delivered.pk).update(update_due_at=NOW - HOUR)

    assert list(Handoff.objects.overdue_first("confirmed_at", now=NOW)) == [delivered, other]
    assert list(Handoff.objects.overdue_first("confirmed_at", now=NOW - 2 * HOUR)) == [other, delivered]
