"""What the webhooks lost is found by asking; nothing is told twice, and one broken tool stops no other."""

import threading
from itertools import pairwise

import pytest
from django.db import connection as database
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalation.dispatch.deliver import deliver
from escalation.inbound.poll import LOCK, poll_all
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import Interest
from escalation.models import Delivery, Entry, Handoff
from escalation.tools.updates import RemoteState, Update
from tests import builders
from tests.builders import NOW
from tests.database import fakes, owing
from tests.database.fakes import Clock, FakeTenant, state, update

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock) -> Handoff:
    """The handoff, its record delivered as record-1."""
    deliver(delivery=record.pk, clock=clock)
    clock.forward(60)
    handoff.refresh_from_db()
    return handoff


def notes(handoff: Handoff) -> list[str]:
    return list(
        handoff.entries.filter(kind=Entry.Kind.NOTE).order_by("sequence").values_list("text", flat=True)
    )


def test_what_no_webhook_told_is_found_once(there: Handoff, tenant: FakeTenant) -> None:
    tenant.says("record-1", text="Looking into it")

    assert poll_all(now=tenant.clock()) == 1
    assert poll_all(now=tenant.clock()) == 0

    assert notes(there) == ["Looking into it"]
    target = there.route.target
    target.refresh_from_db()
    assert (target.poll_cursor, target.polled_at) == ("15:01:00", tenant.clock())


def test_a_connection_on_which_no_handoff_depends_is_left_alone(
    handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    poll_all(now=clock())

    assert tenant.calls == []


def test_a_tool_that_fails_shows_on_its_connection_and_stops_no_other(
    there: Handoff, tenant: FakeTenant
) -> None:
    other = builders.route(
        name="Desk to other Ops",
        source=there.route.source,
        target=builders.connection(fakes.KIND, name="Other", base_url="https://other.fake.example"),
    )
    owing.confirmed(route=other, author=there.author, remote_id="record-2")
    tenant.says("record-1", text="Looking into it")

    for fault, words in [
        ("busy", "The tool takes no more calls for now."),
        ("bug", "Baton met an error of its own when it asked; see the log."),
    ]:
        tenant.reads.append(fault)
        poll_all(now=tenant.clock())
        first = there.route.target
        first.refresh_from_db()
        other.target.refresh_from_db()
        assert words in {first.trouble, other.target.trouble}
        assert "" in {first.trouble, other.target.trouble}
    poll_all(now=tenant.clock())
    first.refresh_from_db()
    assert (first.trouble, notes(there)) == ("", ["Looking into it"])


def test_what_could_not_be_read_shows_on_the_connection_and_the_rest_is_told(
    there: Handoff, tenant: FakeTenant
) -> None:
    tenant.says("record-1", text="Looking into it")
    tenant.unread = "One record could not be read."

    poll_all(now=tenant.clock())

    target = there.route.target
    target.refresh_from_db()
    assert (target.trouble, notes(there)) == ("One record could not be read.", ["Looking into it"])
    assert target.poll_cursor == "15:01:00"


def test_the_cursor_waits_for_a_record_whose_creation_has_not_answered(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    # Another handoff makes the connection worth asking.
    owing.confirmed(route=handoff.route, author=handoff.author, remote_id="record-77")
    tenant.plans.append("lost after")
    deliver(delivery=record.pk, clock=clock)
    tenant.says("record-1", text="Looking into it")

    poll_all(now=clock())
    target = handoff.route.target
    target.refresh_from_db()
    assert target.poll_cursor == ""
    owing.until_done(record, clock)
    poll_all(now=clock())

    target.refresh_from_db()
    assert target.poll_cursor != ""
    assert notes(handoff) == ["Looking into it"]


@pytest.mark.django_db(transaction=True)
def test_one_connection_is_asked_by_one_worker_at_a_time(there: Handoff, tenant: FakeTenant) -> None:
    held, release = threading.Event(), threading.Event()

    def other_worker() -> None:
        with database.cursor() as cursor:
            lock = [LOCK, str(there.route.target_id)]
            cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", lock)
            held.set()
            release.wait(10)
            # A closed connection lets go of it a moment later.
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", lock)
        database.close()

    worker = threading.Thread(target=other_worker)
    worker.start()
    assert held.wait(10)
    before = list(tenant.calls)

    poll_all(now=tenant.clock())
    assert tenant.calls == before
    release.set()
    worker.join(10)
    poll_all(now=tenant.clock())

    assert tenant.calls == [*before, "poll"]


HISTORY = (
    update(key="n1", at=NOW.replace(minute=1), text="Looking into it"),
    update(key="s1", at=NOW.replace(minute=2), **state(RemoteState.WORKING, "In Progress")),
    update(key="n2", at=NOW.replace(minute=3), text="Found it"),
    update(key="s2", at=NOW.replace(minute=4), **state(RemoteState.WAITING, "On Hold")),
    update(key="n3", at=NOW.replace(minute=5), text="Approved"),
    update(key="s3", at=NOW.replace(minute=6), **state(RemoteState.RESOLVED, "Resolved")),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    seen=st.permutations(HISTORY),
    again=st.lists(st.sampled_from(HISTORY), max_size=6),
    cuts=st.lists(st.integers(0, 12), max_size=4),
)
def test_in_whatever_order_and_however_often_updates_come_the_end_is_the_same(
    there: Handoff, *, seen: list[Update], again: list[Update], cuts: list[int]
) -> None:
    handoff = owing.confirmed(route=there.route, author=there.author, remote_id="record-1")
    handoff.status = "delivered"
    handoff.save()
    arriving = [*seen, *again]
    bounds = [0, *sorted(cuts), len(arriving)]

    for start, end in pairwise(bounds):
        interest = Interest(handoff=handoff.pk, receiving=True)
        some = tuple(arriving[start:end])
        take_in(interest=interest, connection=there.route.target, updates=some, now=NOW)

    handoff.refresh_from_db()
    assert handoff.status == "resolved"
    lines = handoff.entries.order_by("happened_at").values_list("text", "happened_at")
    assert list(lines) == [(each.text or each.words, each.at) for each in HISTORY]
