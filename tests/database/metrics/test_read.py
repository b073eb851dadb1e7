"""The figures in SQL are the figures of the definitions, on any history."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import NamedTuple

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalation.knowledge.codec import to_json
from escalation.metrics import definitions, sketch, spans
from escalation.metrics.behind import behind, handoffs
from escalation.metrics.calendar import WorkingDay
from escalation.metrics.definitions import Course, Event, Measures, measure
from escalation.metrics.figures import METRICS, Form
from escalation.metrics.keep import catch_up, pack
from escalation.metrics.packed import IN_BRIEF
from escalation.metrics.read import Kind, Period, by_kind, sent, summaries, summary, weeks
from escalation.metrics.summing import Figure, of_one, summarise
from escalation.models import Entry, Handoff, MeasureDue, Measurement, Route, Snapshot, Tally
from escalation.models.answer import ItemMark, Verdict
from tests import builders
from tests.builders import NOW

UNTIL = NOW + timedelta(days=9)
TODAY = NOW.replace(hour=0)
PERIOD = Period(since=TODAY, before=TODAY + timedelta(days=20), until=UNTIL)
KINDS = sorted(
    spans.BY_PEOPLE
    | definitions.TO_THE_USER
    | definitions.FROM_THE_RECEIVER
    | definitions.CORRECTED
    | {"started", "delivered", "stuck"}
)


class Told(NamedTuple):
    """One drawn line."""

    kind: str
    minute: int
    lag: int
    side: str
    group: str
    sayable: bool
    words: str
    note: dict[str, object]


lines = st.builds(
    Told,
    kind=st.sampled_from(KINDS),
    minute=st.integers(-60, 12_000),
    lag=st.integers(-5, 120),
    side=st.sampled_from(["", "receiver", "source"]),
    group=st.sampled_from(["", "Network", "Database", "Desk"]),
    sayable=st.booleans(),
    words=st.sampled_from(["", "Awaiting Caller", "Awaiting Vendor", "Pending", "Waiting for CUSTOMER"]),
    note=st.fixed_dictionaries(
        {},
        optional={
            "stated": st.integers(2, 20),
            "junk": st.integers(0, 2),
            "lane": st.sampled_from(["standard", "urgent"]),
            "override": st.just("The key is revoked already"),
            "prevented_words": st.sampled_from(["", "Which site?"]),
        },
    ),
)
ITEMS = {"facts": "f", "diagnostics": "d", "remediation": "r", "hypothesis": "h"}


class Rest(NamedTuple):
    """What stands beside the lines."""

    active_s: int
    guess: str | None  # None where nobody gave a verdict
    level_one_could: bool
    items: dict[str, int] | None  # part to how many; None where no state was kept
    marks: frozenset[str]


rests = st.builds(
    Rest,
    active_s=st.integers(0, 300),
    guess=st.sampled_from([None, "", "right", "partly", "wrong"]),
    level_one_could=st.booleans(),
    items=st.none() | st.fixed_dictionaries({part: st.integers(0, 3) for part in ITEMS}),
    marks=st.frozensets(st.sampled_from(["d0", "d1", "r0", "r2", "f0"]), max_size=4),
)
histories = st.tuples(st.lists(lines, min_size=1, max_size=12), rests)


def nothing_but(route: Route, author: User, drawn: Sequence[tuple[Sequence[Told], Rest]]) -> list[Course]:
    """Write these courses in the place of all that stood there, and measure them."""
    for rows in (MeasureDue, Tally, Measurement, Entry, Verdict, ItemMark, Snapshot, Handoff):
        rows.objects.all().delete()
    courses = [write(route, author, told, rest) for told, rest in drawn]
    catch_up()
    return courses


def write(route: Route, author: User, told: Sequence[Told], rest: Rest) -> Course:
    handoff = builders.handoff(
        route=route, author=author, status="delivered", confirmed_at=NOW, active_seconds=rest.active_s
    )
    if rest.guess is not None:
        Verdict.objects.create(
            handoff=handoff, guess=rest.guess, level_one_could=rest.level_one_could, by=author, at=NOW
        )
    for item in rest.marks:
        ItemMark.objects.create(handoff=handoff, item_id=item, kind="redone", by=author, at=NOW)
    if rest.items is not None:
        state = {
            part: [{"id": f"{ITEMS[part]}{n}"} for n in range(count)] for part, count in rest.items.items()
        }
        Snapshot.objects.create(
            handoff=handoff,
            state=state,
            state_fingerprint="f" * 64,
            translation={"draft": {"fields": []}, "losses": []},
            confirmed_by=author,
            confirmed_at=NOW,
        )
    events = tuple(_event(number, line) for number, line in enumerate(told, start=1))
    Entry.objects.bulk_create(
        _entry(handoff, event, line.note) for event, line in zip(events, told, strict=True)
    )
    return Course(
        events=events,
        until=UNTIL,
        active_s=rest.active_s,
        promise_s=route.update_within_minutes * 60,
        day=WorkingDay(zone=route.receiver.zone, opens=time(8), closes=time(18)),
        guess=rest.guess or "",
        level_one_could=rest.level_one_could,
        verdict=rest.guess is not None,
        steps=sum((rest.items or {}).get(part, 0) for part in ("diagnostics", "remediation")),
        redone=len(rest.marks),
        parts=None if rest.items is None else sum(count > 0 for count in rest.items.values()),
        undisclosed=sum((rest.items or {}).values()),
    )


def _event(number: int, line: Told) -> Event:
    happened = NOW + timedelta(minutes=line.minute)
    return Event(
        sequence=number,
        kind=line.kind,
        happened_at=happened,
        recorded_at=happened + timedelta(seconds=line.lag),
        side=line.side,
        sayable=line.sayable,
        # What a tool says of who has it names the group first; of a state it is the state's name.
        group=line.group if line.kind == "assigned" else "",
        words=line.words if line.kind != "assigned" else "",
        unasked=bool(line.note.get("prevented_words")),
        stated=line.note.get("stated"),
        junk=line.note.get("junk"),
        past="override" in line.note or line.note.get("lane") == "urgent",
    )


def _entry(handoff: Handoff, event: Event, note: dict[str, object]) -> Entry:
    words = f"{event.group}, Somebody" if event.group else event.words
    return Entry(
        handoff=handoff,
        sequence=event.sequence,
        kind=event.kind,
        sayable="We are working on it." if event.sayable else "",
        details=note | {"side": event.side, "words": words},
        happened_at=event.happened_at,
        recorded_at=event.recorded_at,
    )


def near(key: str, figure: Figure) -> tuple[object, ...]:
    # What is read off the order of spans comes from a sketch; the rest is exact.
    within = sketch.EXACT if METRICS[key].form is Form.SPAN else 1e-9
    value, p90, bounds = (
        None if each is None else pytest.approx(each, rel=within, abs=sketch.SHORTEST)
        for each in (figure.value, figure.p90, figure.bounds)
    )
    return value, p90, bounds, figure.n, pytest.approx(figure.user, abs=1e-6)


def values(measures: Measures) -> dict[str, object]:
    named = {name: getattr(measures, name) for name in Measures.__slots__}
    return {
        name: pytest.approx(value, abs=1e-3) if isinstance(value, float) else value
        for name, value in named.items()
    }


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(histories, min_size=1, max_size=4))
def test_the_query_says_what_the_definitions_say(desk_to_ops: Route, agent, drawn):
    expected = [measure(course) for course in nothing_but(desk_to_ops, agent, drawn)]

    everything, of_the_route = summaries(route_ids=[desk_to_ops.pk], period=PERIOD)
    behind = handoffs(route_ids=[desk_to_ops.pk], period=PERIOD)

    assert (everything.sent, everything.figures) == (of_the_route.sent, of_the_route.figures)
    assert everything.sent == len(expected)
    for key, figure in summarise(expected).items():
        found = everything.figures[key]
        assert (key, found.value, found.p90, found.bounds, found.n, found.user) == (key, *near(key, figure))
    unmatched = [each.measures for each in behind]
    for one in expected:
        match = next(
            (row for row in unmatched if values(one) == {n: getattr(row, n) for n in values(one)}), None
        )
        assert match is not None, (one, unmatched)
        unmatched.remove(match)


@pytest.mark.django_db
def test_an_item_in_no_field_and_no_loss_is_counted_as_undisclosed(desk_to_ops: Route, agent):
    handoff = builders.handoff(route=desk_to_ops, author=agent, status="delivered", confirmed_at=NOW)
    state = builders.scene()
    ids = [item.id for _, item in state.items()]
    Snapshot.objects.create(
        handoff=handoff,
        state=to_json(state),
        state_fingerprint="f" * 64,
        translation={"draft": {"fields": [{"items": ids[:-3]}]}, "losses": [{"item_id": ids[-3]}]},
        confirmed_by=agent,
        confirmed_at=NOW,
    )

    catch_up()
    everything, _ = summaries(route_ids=[desk_to_ops.pk], period=PERIOD)

    assert everything.figures["undisclosed"].value == 2


@pytest.mark.django_db
def test_nothing_of_other_routes_or_other_times_is_counted(desk_to_ops: Route, agent):
    other = builders.route(name="Elsewhere", source=desk_to_ops.source, target=desk_to_ops.target)
    builders.handoff(route=other, author=agent, status="delivered", confirmed_at=NOW)
    builders.handoff(route=desk_to_ops, author=agent, status="delivered", confirmed_at=NOW - timedelta(1))
    builders.handoff(route=desk_to_ops, author=agent)

    catch_up()
    (everything,) = summaries(route_ids=[desk_to_ops.pk], period=PERIOD)

    assert everything.sent == 0
    assert set(everything.figures) == set(METRICS)
    assert all(figure.value is None and figure.n == 0 for figure in everything.figures.values())


@pytest.mark.django_db
def test_weeks_run_from_monday_to_sunday(desk_to_ops: Route, agent):
    for days, active in ((0, 100), (6, 200), (8, 60)):
        confirmed = NOW + timedelta(days=days)  # a Monday, that week's Sunday, the Tuesday after
        builders.handoff(
            route=desk_to_ops, author=agent, status="queued", confirmed_at=confirmed, active_seconds=active
        )
    catch_up()

    found = weeks(route_ids=[desk_to_ops.pk], period=PERIOD)

    assert [(week.starts, week.sent) for week in found] == [
        (TODAY.date(), 2),
        ((TODAY + timedelta(days=7)).date(), 1),
    ]
    assert [week.figures["effort"].value for week in found] == [
        pytest.approx(150, rel=sketch.EXACT),
        pytest.approx(60, rel=sketch.EXACT),
    ]


@pytest.mark.django_db
def test_a_line_written_later_changes_what_was_counted(desk_to_ops: Route, agent):
    handoff = builders.handoff(route=desk_to_ops, author=agent, status="delivered", confirmed_at=NOW)
    catch_up()
    assert summaries(route_ids=[desk_to_ops.pk], period=PERIOD)[0].figures["returned"].value == 0

    Entry.objects.create(handoff=handoff, sequence=1, kind="bounced", happened_at=NOW, recorded_at=NOW)
    catch_up()

    assert summaries(route_ids=[desk_to_ops.pk], period=PERIOD)[0].figures["returned"].value == 1
    assert not MeasureDue.objects.exists()


@pytest.mark.django_db
def test_what_is_called_back_is_counted_no_more(desk_to_ops: Route, agent):
    handoff = builders.handoff(route=desk_to_ops, author=agent, status="queued", confirmed_at=NOW)
    catch_up()
    Handoff.objects.filter(pk=handoff.pk).update(status="draft", confirmed_at=None)

    catch_up()

    assert [each.sent for each in summaries(route_ids=[desk_to_ops.pk], period=PERIOD)] == [0]


@pytest.mark.django_db
def test_a_step_done_again_counts_for_a_handoff_taken_up(desk_to_ops: Route, agent, receiver):
    handoff = builders.handoff(route=desk_to_ops, author=agent, status="accepted", confirmed_at=NOW)
    Entry.objects.create(handoff=handoff, sequence=1, kind="accepted", happened_at=NOW, recorded_at=NOW)
    ItemMark.objects.create(handoff=handoff, item_id="r1", kind=ItemMark.Kind.REDONE, by=receiver, at=NOW)
    catch_up()

    redone = summaries(route_ids=[desk_to_ops.pk], period=PERIOD)[0].figures["redone"]

    assert (redone.value, redone.n) == (1, 1)


@pytest.mark.django_db
def test_no_line_of_a_timeline_is_read_for_the_figures(desk_to_ops: Route, agent):
    builders.handoff(route=desk_to_ops, author=agent, status="queued", confirmed_at=NOW)
    catch_up()

    with CaptureQueriesContext(connection) as asked:
        summaries(route_ids=[desk_to_ops.pk], period=PERIOD)
        weeks(route_ids=[desk_to_ops.pk], period=PERIOD)

    assert asked.captured_queries
    assert not any("escalation_entry" in each["sql"] for each in asked.captured_queries)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(histories, min_size=1, max_size=5))
def test_the_figures_of_a_kind_are_those_of_its_handoffs(desk_to_ops: Route, agent, drawn):
    nothing_but(desk_to_ops, agent, drawn)

    found = by_kind(route_ids=[desk_to_ops.pk], period=PERIOD)

    assert sum(each.sent for each in found["parts"]) == len(drawn)
    for dimension, kinds in found.items():
        for each in kinds:
            kind = Kind(dimension=dimension, value=each.value)
            behind = handoffs(route_ids=[desk_to_ops.pk], period=PERIOD, kind=kind)
            alone = summary(route_ids=[desk_to_ops.pk], period=PERIOD, kind=kind)
            assert each.sent == alone.sent == len(behind)
            assert tuple(each.figures) == IN_BRIEF
            assert dict(each.figures) == {key: alone.figures[key] for key in IN_BRIEF}
            for key, figure in summarise(one.measures for one in behind).items():
                got = alone.figures[key]
                assert (key, got.value, got.p90, got.bounds, got.n, got.user) == (key, *near(key, figure))


@pytest.mark.django_db
def test_what_an_older_version_wrote_says_the_same_and_is_packed(desk_to_ops: Route, agent):
    for days, category in ((0, "vpn"), (1, "vpn"), (9, "printing"), (15, "")):
        confirmed = NOW + timedelta(days=days)
        handoff = builders.handoff(
            route=desk_to_ops,
            author=agent,
            status="queued",
            confirmed_at=confirmed,
            category=category,
            active_seconds=100 * (days + 1),
        )
        Entry.objects.create(
            handoff=handoff, sequence=1, kind="bounced", happened_at=confirmed, recorded_at=confirmed
        )
    catch_up()
    told = seen(desk_to_ops)

    Tally.objects.update(sums=None, kinds=None)  # it knows of neither
    assert seen(desk_to_ops) == told
    assert pack(most=4) >= 4  # a day is packed whole
    assert seen(desk_to_ops) == told
    while pack(most=4):
        pass

    assert seen(desk_to_ops) == told
    assert not Tally.objects.filter(sums=None).exists()
    assert not Tally.objects.filter(dimension="", kinds=None).exists()


def seen(route: Route) -> list[object]:
    kinds = by_kind(route_ids=[route.pk], period=PERIOD)
    found = [*summaries(route_ids=[route.pk], period=PERIOD), *(each for of in kinds.values() for each in of)]
    return [(each.sent, each.value, dict(each.figures)) for each in found]


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(histories, min_size=1, max_size=5))
def test_behind_a_figure_stand_its_handoffs_the_most_telling_first(desk_to_ops: Route, agent, drawn):
    nothing_but(desk_to_ops, agent, drawn)
    routes = [desk_to_ops.pk]
    counted = summaries(route_ids=routes, period=PERIOD)[0]
    every = {each.id: each for each in handoffs(route_ids=routes, period=PERIOD)}

    assert sent(route_ids=routes, period=PERIOD, kind=None) == counted.sent == len(drawn)
    for key in ("silence", "promised_s", "waiting_s", "on_user_s", "rebuild", "redone_steps"):
        metric = METRICS[key]
        found = behind(route_ids=routes, period=PERIOD, metric=metric, counted=counted.figures[key].n)
        shown = found[0 : len(drawn)]
        told = [of_one(metric, each.measures) for each in shown]
        wanted = {pk for pk, each in every.items() if of_one(metric, each.measures) is not None}
        assert {each.id for each in shown} == wanted
        assert len(found) == len(shown)
        assert told == pytest.approx([of_one(metric, every[each.id].measures) for each in shown])
        assert told == pytest.approx(sorted(told, reverse=metric.less_is_better is not False))


@pytest.mark.django_db
def test_a_kind_has_weeks_of_its_own(desk_to_ops: Route, agent):
    for category in ("vpn", "vpn", "printing"):
        builders.handoff(
            route=desk_to_ops, author=agent, status="queued", confirmed_at=NOW, category=category
        )
    catch_up()

    found = weeks(route_ids=[desk_to_ops.pk], period=PERIOD, kind=Kind(dimension="category", value="vpn"))

    assert [(week.starts, week.sent) for week in found] == [(TODAY.date(), 2)]
