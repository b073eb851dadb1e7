"""The figures in SQL are the figures of the definitions, on any history."""

from datetime import timedelta
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalation.metrics.definitions import Event, Times, times
from escalation.metrics.read import route_figures
from escalation.models import Entry, Handoff, Route
from tests import builders
from tests.builders import NOW

kinds = st.sampled_from(
    ["confirmed", "delivered", "seen", "accepted", "diagnosing", "note", "bounced", "resolved"]
)
minutes = st.integers(0, 10_000)
history = st.lists(st.tuples(kinds, minutes, st.integers(0, 120)), min_size=1, max_size=8)


def write(route: Route, author, events: list[tuple[str, int, int]]) -> list[Event]:
    handoff = builders.handoff(route=route, author=author, status="delivered", confirmed_at=NOW)
    told = [
        Event(
            kind=kind,
            happened_at=NOW + timedelta(minutes=minute),
            recorded_at=NOW + timedelta(minutes=minute, seconds=lag),
        )
        for kind, minute, lag in events
    ]
    Entry.objects.bulk_create(
        Entry(
            handoff=handoff,
            sequence=number,
            kind=event.kind,
            happened_at=event.happened_at,
            recorded_at=event.recorded_at,
        )
        for number, event in enumerate(told, start=1)
    )
    return told


def middle(values: list[timedelta | None]) -> float | None:
    known = [value.total_seconds() for value in values if value is not None]
    return median(known) if known else None


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(history, min_size=1, max_size=4))
def test_the_query_says_what_the_definitions_say(desk_to_ops: Route, agent, histories):
    Entry.objects.all().delete()
    Handoff.objects.all().delete()
    measured: list[Times] = [times(write(desk_to_ops, agent, events)) for events in histories]

    (figures,) = route_figures(route_ids=[desk_to_ops.pk], since=NOW)

    assert figures.sent == len(measured)
    assert figures.returned == sum(each.returned for each in measured)
    for name in ("to_delivered", "to_seen", "to_accepted", "to_engaged", "rebuild", "lag"):
        expected = middle([getattr(each, name) for each in measured])
        read = getattr(figures, f"{name}_s")
        assert (None if read is None else float(read)) == pytest.approx(expected)


@pytest.mark.django_db
def test_a_route_without_handoffs_has_no_figures(desk_to_ops: Route):
    assert route_figures(route_ids=[desk_to_ops.pk], since=NOW) == ()
