"""What each figure means, on the lines of one handoff."""

from datetime import UTC, datetime, time, timedelta

import pytest

from escalation.metrics.calendar import WorkingDay, business_seconds
from escalation.metrics.definitions import Course, Event, Measures, measure
from escalation.metrics.figures import METRICS
from escalation.metrics.summing import of_one, percentile, summarise

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
HOUR = 3600.0


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def course(*told: tuple[str, float], until: float = 100, **changes: object) -> Course:
    events = tuple(
        Event(sequence=number, kind=kind, happened_at=at(hours), recorded_at=at(hours))
        for number, (kind, hours) in enumerate(told, start=1)
    )
    return Course(events=events, until=at(until), **changes)


def news(number: int, hours: float, *, shown: float, **changes: object) -> Event:
    values = {"kind": "note", "side": "receiver", "happened_at": at(hours), "recorded_at": at(shown)}
    return Event(sequence=number, **values | changes)


STRAIGHT = (
    ("confirmed", 0),
    ("delivered", 0.5),
    ("seen", 1),
    ("accepted", 2),
    ("diagnosing", 3),
    ("resolved", 8),
)


def test_the_clocks_start_with_the_tools_proof():
    found = measure(course(*STRAIGHT))

    assert (found.to_delivered, found.to_seen, found.to_accepted) == (0.5 * HOUR, 0.5 * HOUR, 1.5 * HOUR)
    assert (found.to_engaged, found.to_resolved) == (2.5 * HOUR, 7.5 * HOUR)


def test_what_was_called_back_and_sent_again_counts_from_the_last_confirming():
    found = measure(course(("confirmed", 0), ("recalled", 1), ("confirmed", 9), ("delivered", 9.5), until=10))

    assert found.to_delivered == 0.5 * HOUR
    assert found.open_s == 2 * HOUR  # the eight hours as a draft are nobody's
    assert found.silence == HOUR


def test_a_proof_older_than_every_confirming_took_no_time():
    assert measure(course(("confirmed", 3), ("delivered", 2))).to_delivered == 0


def test_rebuilding_ends_where_diagnosing_begins_and_diagnosing_where_it_is_resolved():
    found = measure(course(*STRAIGHT))

    assert (found.rebuild, found.diagnosing) == (2 * HOUR, 5 * HOUR)


def test_a_question_back_ends_rebuilding_too():
    found = measure(course(("delivered", 0), ("seen", 1), ("asked", 1.5), ("diagnosing", 9)))

    assert found.rebuild == 0.5 * HOUR


def test_time_on_hold_is_neither_rebuilding_nor_diagnosing():
    held = ("delivered", 0), ("seen", 1), ("waiting", 2), ("diagnosing", 6), ("waiting", 7), ("went_on", 9)

    found = measure(course(*held, ("resolved", 10)))

    assert (found.rebuild, found.diagnosing) == (1 * HOUR, 2 * HOUR)


def test_time_on_hold_stands_beside_the_open_time():
    found = measure(course(("confirmed", 0), ("waiting", 2), ("went_on", 5), ("resolved", 8)))

    assert (found.open_s, found.waiting_s) == (8 * HOUR, 3 * HOUR)


def test_silence_is_the_longest_time_without_a_human_word_while_it_was_open():
    found = measure(course(("confirmed", 0), ("delivered", 3), ("seen", 4), ("resolved", 5), ("note", 60)))

    assert found.silence == 4 * HOUR


def test_the_silence_of_an_open_handoff_runs_until_now():
    assert measure(course(("confirmed", 0), ("seen", 1), until=30)).silence == 29 * HOUR


def test_a_handoff_that_was_reopened_is_open_again_and_not_in_between():
    found = measure(course(("confirmed", 0), ("resolved", 2), ("reopened", 50), ("resolved", 51)))

    assert (found.open_s, found.silence) == (3 * HOUR, 2 * HOUR)


def test_the_promise_covers_its_own_length_after_every_word():
    found = measure(course(("confirmed", 0), ("seen", 0.5), ("resolved", 4.5), promise_s=3600))

    assert found.promised_s == 1.5 * HOUR


def test_a_return_and_a_question_are_counted_apart():
    returned = measure(course(("delivered", 0), ("bounced", 1)))
    asked = measure(course(("delivered", 0), ("accepted", 1), ("asked", 2)))

    assert (returned.returned, returned.asked) == (True, False)
    assert (asked.returned, asked.asked) == (False, True)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["delivered"], None),
        (["delivered", "accepted"], True),
        (["delivered", "accepted", "asked"], False),
        (["delivered", "bounced"], False),
    ],
)
def test_first_time_right_is_said_once_somebody_has_looked(told, expected):
    assert measure(course(*((kind, 1.0) for kind in told))).first_time_right is expected


def test_ping_pong_looks_at_the_groups_of_the_receivers_tool():
    groups = ["Network", "Network", "Database", "Network"]
    events = tuple(
        news(number, number, shown=number, kind="assigned", group=group)
        for number, group in enumerate(groups, start=1)
    )

    assert measure(Course(events=events, until=at(9))).tossed
    assert not measure(Course(events=events[:3], until=at(9))).tossed


def test_the_lag_is_the_median_of_the_receivers_lines_and_ignores_the_source_ticket():
    events = (
        news(1, 1, shown=2),
        news(2, 3, shown=6),
        news(3, 7, shown=12),
        news(4, 8, shown=99, side="source"),
    )

    assert measure(Course(events=events, until=at(100))).lag == 3 * HOUR


def test_the_user_is_told_of_a_line_by_the_next_telling_after_it():
    told = Event(sequence=3, kind="told", happened_at=at(6), recorded_at=at(6))
    events = (news(1, 1, shown=2, sayable=True), news(2, 3, shown=3, sayable=False), told)

    assert measure(Course(events=events, until=at(9))).told_lag == 4 * HOUR


def test_clocks_that_disagree_make_no_time_negative():
    found = measure(course(("delivered", 2), ("seen", 1)))

    assert (found.to_seen, found.to_seen_business) == (0, 0)


def test_a_night_is_no_business_time():
    berlin = WorkingDay(zone="Europe/Berlin")
    friday_evening, monday_morning = (
        datetime(2026, 11, 20, 16, 30, tzinfo=UTC),
        datetime(2026, 11, 23, 8, tzinfo=UTC),
    )

    assert business_seconds(start=friday_evening, end=monday_morning, day=berlin) == 1.5 * HOUR


def test_a_working_day_across_a_change_of_the_clocks_has_its_true_length():
    early = WorkingDay(zone="Europe/Berlin", opens=time(0), closes=time(12))
    monday_after = datetime(2026, 3, 30, 0, tzinfo=UTC)

    assert (
        business_seconds(start=monday_after - timedelta(days=3), end=monday_after, day=early)
        == 11 * HOUR + 2 * HOUR
    )


def test_every_figure_sums_up_a_measure_that_exists():
    assert {metric.key for metric in METRICS.values()} <= set(Measures.__slots__)
    assert {metric.business for metric in METRICS.values()} - {""} <= set(Measures.__slots__)


def test_shares_are_of_those_it_can_be_said_of_and_parts_of_the_open_time():
    open_one = measure(course(("confirmed", 0), until=10))
    waits = measure(course(("confirmed", 0), ("accepted", 0), ("waiting", 5), ("resolved", 10)))

    figures = summarise([open_one, waits])

    assert (figures["first_time_right"].value, figures["first_time_right"].n) == (1.0, 1)
    assert figures["waiting_s"].value == 0.25
    assert of_one(METRICS["waiting_s"], waits) == 0.5


def test_a_percentile_lies_between_its_neighbours():
    assert percentile([10, 20], 0.9) == 19
    assert percentile([], 0.9) is None


def test_time_that_waits_for_the_user_stands_beside_the_clock_it_passed_in():
    held = Event(sequence=4, kind="waiting", happened_at=at(4), recorded_at=at(4), words="Awaiting Caller")
    lines = course(("delivered", 0), ("seen", 1), ("diagnosing", 2)).events
    after = Event(sequence=5, kind="went_on", happened_at=at(7), recorded_at=at(7))
    end = Event(sequence=6, kind="resolved", happened_at=at(8), recorded_at=at(8))

    found = measure(Course(events=(*lines, held, after, end), until=at(9)))

    assert (found.user_engaged, found.user_resolved, found.user_diagnosing) == (0, 3 * HOUR, 3 * HOUR)
    figures = summarise([found])
    assert figures["to_resolved"].user == 3 / 8
    assert figures["diagnosing"].user == 0.5  # three hours beside the three that were worked


def test_a_vendor_is_not_the_user():
    held = Event(sequence=2, kind="waiting", happened_at=at(1), recorded_at=at(1), words="Awaiting Vendor")
    found = measure(Course(events=(*course(("confirmed", 0)).events, held), until=at(3)))

    assert (found.waiting_s, found.on_user_s) == (2 * HOUR, 0)


def test_a_question_the_form_never_asked_is_not_held_against_the_sender():
    question = {"kind": "asked", "happened_at": at(2), "recorded_at": at(2), "sequence": 3}
    before = course(("delivered", 0), ("accepted", 1)).events

    unasked = measure(Course(events=(*before, Event(**question, unasked=True)), until=at(9)))
    asked = measure(Course(events=(*before, Event(**question)), until=at(9)))

    assert (unasked.asked, unasked.first_time_right) == (True, True)
    assert asked.first_time_right is False


def test_the_redo_rate_is_of_all_steps_listed():
    many = measure(course(("accepted", 0), steps=4, redone=1))
    few = measure(course(("accepted", 0), steps=1, redone=3))  # marks on facts are no steps

    figures = summarise([many, few])

    assert figures["redone_steps"].value == 2 / 5
    assert figures["redone"].value == 1


def test_what_was_sent_past_an_objection_or_with_empty_words_stands_beside_the_averages():
    first = Event(sequence=1, kind="confirmed", happened_at=at(0), recorded_at=at(0), stated=9, junk=9)
    last = Event(
        sequence=2, kind="confirmed", happened_at=at(1), recorded_at=at(1), stated=8, junk=2, past=True
    )

    found = measure(Course(events=(first, last), until=at(2)))
    figures = summarise([found])

    assert (figures["junk"].value, figures["overridden"].value) == (0.25, 1)


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ((("confirmed", False), ("amended", True)), True),
        ((("confirmed", False), ("amended", True), ("amended", False)), True),
        ((("confirmed", False), ("amended", False)), False),
        # What was called back took its correction with it.
        ((("confirmed", False), ("amended", True), ("confirmed", False)), False),
        ((("amended", True),), None),
        # Only a sender sends something past an objection.
        ((("confirmed", False), ("note", True)), False),
    ],
)
def test_a_correction_past_an_objection_counts_as_one(lines, counts):
    told = tuple(
        Event(sequence=number, kind=kind, happened_at=at(number), recorded_at=at(number), past=past)
        for number, (kind, past) in enumerate(lines, start=1)
    )

    assert measure(Course(events=told, until=at(9))).overridden is counts
