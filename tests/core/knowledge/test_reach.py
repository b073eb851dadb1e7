"""Reachable now, until when, from when: in the user's zone, said in the reader's."""

from datetime import UTC, date, datetime, time

import pytest

from escalation.knowledge.reach import Reach, reach
from escalation.knowledge.state import Availability, Window
from tests.builders import EASTERN, one_day


def office_hours(zone: str = EASTERN) -> tuple[Availability, ...]:
    return (Availability(id="a", words="8–5", windows=(Window(opens=time(8), closes=time(17), zone=zone),)),)


def test_inside_the_window_it_says_until_when_in_the_readers_zone():
    at = datetime(2026, 11, 23, 15, tzinfo=UTC)  # Monday, 10:00 in New York

    answer = reach(office_hours(), now=at)

    assert answer.now
    assert answer.words(zone="Europe/Berlin") == "reachable now, until 23:00 your time"


def test_outside_it_says_when_next():
    at = datetime(2026, 11, 20, 23, tzinfo=UTC)  # Friday, 18:00 in New York

    answer = reach(office_hours(), now=at)

    assert not answer.now
    assert answer.words(zone="Europe/Berlin") == "not now; from Mon 14:00 your time"


def test_a_night_shift_closes_on_the_next_day():
    night = (Availability(id="a", words="", windows=(Window(opens=time(22), closes=time(6), zone="UTC"),)),)

    assert reach(night, now=datetime(2026, 11, 24, 3, tzinfo=UTC)).until == datetime(
        2026, 11, 24, 6, tzinfo=UTC
    )


def test_a_single_day_does_not_come_again():
    only = (
        Availability(id="a", words="", windows=(one_day(date(2026, 11, 23), opens=time(8), closes=time(9)),)),
    )

    assert reach(only, now=datetime(2026, 11, 24, 20, tzinfo=UTC)) == Reach(now=False)


def test_the_hour_that_the_clocks_skip_does_not_break_it():
    around_the_change = (
        Availability(
            id="a",
            words="",
            windows=(Window(opens=time(2, 30), closes=time(4), zone=EASTERN, weekdays=(6,)),),
        ),
    )

    answer = reach(around_the_change, now=datetime(2026, 3, 8, 7, 45, tzinfo=UTC))

    assert answer.until == datetime(2026, 3, 8, 8, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_without_windows_no_time_is_given(zone: str):
    assert reach((), now=datetime(2026, 1, 1, tzinfo=UTC)).words(zone=zone) == "no time given"
