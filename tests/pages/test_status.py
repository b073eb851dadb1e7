"""The status page says in words what is late, why, since when, and who can mend it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from escalation.models import (
    Breaker,
    Connection,
    Delivery,
    Drift,
    Handoff,
    Inbox,
    Membership,
    Route,
    Team,
    Tick,
)
from escalation.models.breaker import BreakerGate
from escalation.transport.breaker import FAILURES
from escalation.transport.errors import Unavailable
from escalation.upkeep.late import PRESSES, SCHEDULES, Late, late
from tests import builders
from tests.builders import NOW
from tests.pages.posting import confirmed

HOUR = timedelta(hours=1)
TARGET = "Acme servicenow"


@pytest.fixture
def owed(draft: Handoff, author: User) -> Delivery:
    """What one handoff owes to its tool, since NOW."""
    handoff = confirmed(draft, by=author)
    rows = Delivery.objects.filter(handoff=handoff, kind=Delivery.Kind.CREATE)
    rows.update(created_at=NOW, not_before=NOW)
    return rows.get()


def found(**schedules: float) -> dict[str, Late]:
    """What is late an hour after NOW, by what it is."""
    lines = late(connections=Connection.objects.all(), schedules=schedules, now=NOW + HOUR)
    return {each.what: each for each in lines}


def test_nothing_is_late_where_nothing_waits(desk_to_ops: Route):
    Tick.objects.create(name="relay", begun_at=NOW + HOUR)

    assert found(relay=2.0) == {}


def test_a_schedule_that_stopped_is_late_since_its_last_begin(desk_to_ops: Route):
    Tick.objects.create(name="relay", begun_at=NOW)
    Tick.objects.create(name="poll", begun_at=NOW + HOUR - timedelta(seconds=59))

    lines = found(relay=2.0, poll=20.0)

    assert [(each.what, each.since) for each in lines.values()] == [
        ("Sending what is owed to the tools", NOW)
    ]


def test_an_installation_without_a_scheduler_is_told_in_one_line(desk_to_ops: Route):
    lines = found(relay=2.0, drift=43_200.0)

    assert [(each.what, each.since) for each in lines.values()] == [("Everything in the background", None)]


def test_a_schedule_that_comes_first_in_a_minute_is_not_late_yet(desk_to_ops: Route):
    Tick.objects.create(name="relay", begun_at=NOW + HOUR)

    assert found(relay=2.0, audit=60.0) == {}


def test_a_stuck_delivery_is_told_without_what_the_handoff_says(owed: Delivery):
    Delivery.objects.filter(pk=owed.pk).update(status=Delivery.Status.STUCK, reason="Priya is no user there.")

    line = found()[f"1 delivery to {TARGET} cannot go on"]

    assert (line.since, line.who) == (NOW, PRESSES)
    assert "Priya" not in line.why


def test_what_is_owed_for_long_is_late_and_what_waits_on_purpose_is_not(owed: Delivery):
    assert f"1 delivery to {TARGET} not there yet" in found()

    Delivery.objects.update(not_before=NOW + 2 * HOUR)
    assert found() == {}


@pytest.mark.parametrize(
    ("status", "says"), [("waiting", "not read yet"), ("broken", "could not be read"), ("applied", "")]
)
def test_messages_are_late_when_they_wait_or_cannot_be_read(desk_to_ops: Route, status: str, says: str):
    Inbox.objects.create(
        connection=desk_to_ops.target, body=b"{}", status=status, not_before=NOW, received_at=NOW
    )

    assert set(found()) == ({f"1 message from {TARGET} {says}"} if says else set())


def test_a_pause_is_told_with_its_reason_and_who_answers_for_the_route(desk_to_ops: Route):
    owner = builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER)
    Route.objects.update(owner=owner)
    for _ in range(FAILURES):
        BreakerGate(desk_to_ops.target_id).failed(Unavailable("The tool is not available for now."))

    line = found()[f"Calls to {TARGET} pause"]

    assert "The tool is not available for now." in line.why
    assert line.since == Breaker.objects.get().paused_at
    assert line.who == "Kenji"


def test_trouble_and_drift_are_told_since_they_began(desk_to_ops: Route):
    target = desk_to_ops.target
    Connection.objects.filter(pk=target.pk).update(trouble="It refused the password.", trouble_at=NOW)
    Drift.objects.create(
        connection=target, route=desk_to_ops, kind="field_gone", field="x", what="x", fix="y", since=NOW
    )

    lines = found()

    assert lines[f"{TARGET} gives trouble"].why == "It refused the password."
    assert lines[f"1 thing in {TARGET} no longer as our translation needs them"].since == NOW


def test_the_page_tells_a_technician_and_not_somebody_of_other_teams(
    page: Client, browser_of, desk_to_ops: Route
):
    Connection.objects.filter(pk=desk_to_ops.target_id).update(trouble="It refused.", trouble_at=NOW)
    elsewhere = browser_of(builders.person("eve", team=Team.objects.create(name="Another desk")))

    assert TARGET in page.get("/status").content.decode()
    assert TARGET not in elsewhere.get("/status").content.decode()


def test_the_page_says_when_nothing_is_late(page: Client, settings):
    settings.CELERY_BEAT_SCHEDULE = {}

    assert "Nothing is late" in page.get("/status").content.decode()


def test_every_schedule_has_words_for_what_stands_still_without_it():
    assert set(SCHEDULES) == set(settings.CELERY_BEAT_SCHEDULE)
