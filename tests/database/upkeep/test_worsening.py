"""What gets worse by itself is a finding on its route, since the day it turned, until it is well again."""

from datetime import timedelta

import pytest

from escalation.models import Drift, Entry, Handoff, RemoteUpdate, Route, Snapshot
from escalation.translation import codec
from escalation.translation.draft import Draft, Field, Loss, Translation
from escalation.upkeep.worsening import check_trends
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LINKED = Field(name="cmdb_ci", label="Configuration item", value="ci1", shown="Gateway", score=0.8)
LOSS = Loss(what="Validated facts: a line is left out.", item_id="f1")


@pytest.fixture
def route(db) -> Route:
    return builders.route()


@pytest.fixture
def author(route):
    return builders.person("amara", team=route.sender)


def handoffs(route, author, *, days: range, moved: int = 0, lost: int = 0) -> list[Handoff]:
    """Five a day; of each five so many were filed under something else, and so many lost a line."""
    made = []
    for day in days:
        for place in range(5):
            at = NOW - timedelta(days=day, hours=place)
            each = builders.handoff(route=route, author=author, status="delivered", confirmed_at=at)
            losses = (LOSS,) if place < lost else ()
            told = Translation(
                draft=Draft(tool="servicenow", record="Incident", fields=(LINKED,)), losses=losses
            )
            Snapshot.objects.create(
                handoff=each,
                state=each.state,
                state_fingerprint="",
                translation=codec.to_json(told),
                confirmed_by=author,
                confirmed_at=at,
            )
            if place < moved:
                Entry.objects.create(
                    handoff=each,
                    sequence=1,
                    kind=Entry.Kind.CORRECTED,
                    details={"field": "cmdb_ci"},
                    happened_at=at,
                    recorded_at=at,
                )
            made.append(each)
    return made


def found(route: Route) -> list[str]:
    check_trends(connection=route.target, now=NOW)
    return list(
        Drift.objects.filter(route=route, over_at=None).order_by("kind").values_list("kind", flat=True)
    )


def test_links_that_stand_less_often_are_found_with_their_field_and_day(route, author):
    handoffs(route, author, days=range(15, 40))
    handoffs(route, author, days=range(1, 11), moved=2)

    assert found(route) == ["links_falling"]
    row = Drift.objects.get()
    assert row.field == "cmdb_ci"
    assert "60% stood lately, 100% before (50 in 14 days, 125 in the 56 before" in row.what
    assert timedelta(days=9) < NOW - row.since < timedelta(days=12)


def test_losses_that_rise_are_found(route, author):
    handoffs(route, author, days=range(15, 40))
    handoffs(route, author, days=range(1, 11), lost=3)

    assert found(route) == ["losses_rising"]


def test_webhooks_that_come_later_are_found(route, author):
    (handoff,) = handoffs(route, author, days=range(69, 70))[:1]
    for number in range(80):
        at = NOW - timedelta(days=1 + number * 0.6)
        late = timedelta(seconds=200 if number * 0.6 < 12 else 3)
        RemoteUpdate.objects.create(
            handoff=handoff,
            connection=route.target,
            key=str(number),
            kind="note",
            remote_id="x",
            way="webhook",
            happened_at=at - late,
            applied_at=at,
        )
    for number in range(80, 110):
        at = NOW - timedelta(hours=number)
        RemoteUpdate.objects.create(
            handoff=handoff,
            connection=route.target,
            key=str(number),
            kind="note",
            remote_id="x",
            way="webhook",
            happened_at=at - timedelta(seconds=210),
            applied_at=at,
        )

    assert found(route) == ["lag_growing"]
    assert "Half of what Acme servicenow tells by webhook comes within 2" in Drift.objects.get().what


def test_as_ever_is_no_finding_and_what_is_well_again_is_over(route, author):
    handoffs(route, author, days=range(15, 40))
    late = handoffs(route, author, days=range(1, 11), moved=2)
    assert found(route) == ["links_falling"]

    Entry.objects.filter(handoff__in=late).delete()

    assert found(route) == []
    assert Drift.objects.get().over_at == NOW
