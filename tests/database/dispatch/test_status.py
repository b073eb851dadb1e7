"""A status is set once, holds nothing up, and never takes a newer one back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.dispatch.deliver import deliver
from escalation.dispatch.retry import retry
from escalation.models import Delivery, Entry, Handoff, Snapshot
from escalation.outbox.status import Change, owe_status
from escalation.tools.contract import Proof
from escalation.translation.statuses import Place, Wanted, Word
from escalation.transport.door import Door
from escalation.upkeep.publish import NotValid, publish_rules
from tests import builders
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock, FakeTenant

pytestmark = pytest.mark.django_db

STATUSES = {"record": {"working": "Open; queue = Second", "resolved": "Solved"}}


@pytest.fixture
def there(record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock) -> Handoff:
    """The handoff with its record, confirmed under rules that name statuses."""
    deliver(delivery=record.pk, clock=clock)
    publish_rules(route=handoff.route, body={"statuses": STATUSES}, note="", by=None, now=NOW)
    Snapshot.objects.update_or_create(
        handoff=handoff,
        defaults={
            "rule_set": builders.rules_of(handoff.route),
            "state": {},
            "translation": {},
            "draft": {},
            "confirmed_by": handoff.author,
            "confirmed_at": NOW,
        },
    )
    return Handoff.objects.select_related("route__source", "route__target").get(pk=handoff.pk)


def owed(
    handoff: Handoff, word: Word, clock: Clock, *, once: str = "", place: Place = Place.RECORD
) -> Delivery:
    row = owe_status(handoff=handoff, place=place, change=Change(word=word, once=once or word), now=clock())
    assert row is not None
    return row


def stands(tenant: FakeTenant) -> list[str]:
    return tenant.record("record-1").stands


def test_it_is_set_once_and_said_on_the_timeline(there: Handoff, tenant: FakeTenant, clock: Clock) -> None:
    row = owed(there, Word.WORKING, clock)
    assert owed(there, Word.WORKING, clock) == row

    for _ in range(2):
        deliver(delivery=row.pk, clock=clock)

    assert stands(tenant) == ["New", "Open"]
    line = there.entries.get(kind=Entry.Kind.STATUS_SENT)
    assert line.details["status"] == "Open"


@pytest.mark.parametrize("plan", ["lost after", "lost before", "late"])
def test_a_lost_answer_sets_it_once(there: Handoff, tenant: FakeTenant, clock: Clock, plan: str) -> None:
    tenant.plans.append(plan)
    row = owing.until_done(owed(there, Word.WORKING, clock), clock)

    assert row.status == Delivery.Status.DONE
    assert stands(tenant) == ["New", "Open"]


def test_what_is_refused_is_kept_for_a_person_and_holds_no_note_up(
    there: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("refused")
    row = owed(there, Word.WORKING, clock)
    note = owing.note_owed(there, "Found it", remote_id="record-1")
    deliver(delivery=row.pk, clock=clock)
    clock.forward(60)

    assert list(Delivery.objects.due(now=clock())) == [note]
    row.refresh_from_db()
    assert row.status == Delivery.Status.STUCK
    assert "Fake did not take the status" in row.reason
    assert "The status is kept here, unchanged" in row.reason


def test_an_older_status_never_takes_a_newer_one_back(
    there: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("refused")
    older = owed(there, Word.WORKING, clock)
    deliver(delivery=older.pk, clock=clock)
    clock.forward(60)
    newer = owed(there, Word.RESOLVED, clock)
    deliver(delivery=newer.pk, clock=clock)

    retry(delivery=Delivery.objects.get(pk=older.pk), by=there.author, now=clock())
    deliver(delivery=older.pk, clock=clock)

    older.refresh_from_db()
    assert older.status == Delivery.Status.DONE
    assert stands(tenant) == ["New", "Solved"]
    assert there.entries.filter(kind=Entry.Kind.STATUS_SENT).count() == 1


def test_only_what_the_confirmed_rules_name_is_owed(there: Handoff, clock: Clock) -> None:
    def owes(place: Place, word: Word) -> Delivery | None:
        return owe_status(handoff=there, place=place, change=Change(word=word, once="x"), now=NOW)

    assert owes(Place.RECORD, Word.WAITING) is None
    assert owes(Place.LATER, Word.WORKING) is None
    # Published since: what was confirmed before goes on as it was.
    everything = {"statuses": {"later": {"working": "Open"}}}
    publish_rules(route=there.route, body=everything, note="", by=None, now=NOW + timedelta(hours=1))
    assert owes(Place.LATER, Word.WORKING) is None
    Snapshot.objects.filter(handoff=there).delete()
    assert owes(Place.RECORD, Word.WORKING) is None


@pytest.mark.parametrize("case", [(("queue",), 1), (("status", "queue"), 0)], ids=["beside it", "itself"])
def test_that_a_field_beside_it_was_passed_over_does_not_hide_that_the_status_stands(
    there: Handoff,
    tenant: FakeTenant,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[tuple[str, ...], int],
) -> None:
    (ignored, said), plain = case, tenant.set_status

    def passing_over(door: Door, *, remote_id: str, wanted: Wanted, key: str) -> Proof:
        done = plain(door, remote_id=remote_id, wanted=wanted, key=key)
        return replace(done, ignored=ignored)

    monkeypatch.setattr(tenant, "set_status", passing_over)

    deliver(delivery=owed(there, Word.WORKING, clock).pk, clock=clock)

    assert there.entries.filter(kind=Entry.Kind.STATUS_SENT).count() == said
    assert there.entries.filter(kind=Entry.Kind.FIELD_IGNORED).count() == len(ignored)


def test_rules_that_name_a_status_which_can_never_be_set_are_not_published(there: Handoff) -> None:
    with pytest.raises(NotValid, match="statuses: record: resolved: nobody is ever banished here"):
        publish_rules(
            route=there.route,
            body={"statuses": {"record": {"resolved": "Banished"}}},
            note="",
            by=None,
            now=NOW,
        )
