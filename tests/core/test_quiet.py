"""What is due in quiet hours leaves when they end, by the person's own clock, always."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from escalation.timeline.quiet import Hours, at_once, in_digest

EASTERN = "America/New_York"
NIGHT = Hours(zone=EASTERN, quiet_from=time(18), quiet_until=time(8))
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)
)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def local(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo(EASTERN))


def test_by_day_it_leaves_at_once():
    assert at_once(NIGHT, now=local(2026, 11, 23, 12)) == local(2026, 11, 23, 12)


def test_in_the_evening_it_waits_for_the_next_morning():
    assert at_once(NIGHT, now=local(2026, 11, 23, 22)) == local(2026, 11, 24, 8)


def test_after_midnight_it_waits_for_the_same_morning():
    assert at_once(NIGHT, now=local(2026, 11, 24, 2)) == local(2026, 11, 24, 8)


def test_the_morning_is_at_eight_also_when_the_clocks_change():
    assert at_once(NIGHT, now=local(2026, 10, 31, 22)) == datetime(2026, 11, 1, 13, tzinfo=UTC)


def test_a_digest_comes_today_or_tomorrow():
    hours = Hours(zone=EASTERN, digest_at=time(9))

    assert in_digest(hours, now=local(2026, 11, 23, 8)) == local(2026, 11, 23, 9)
    assert in_digest(hours, now=local(2026, 11, 23, 9)) == local(2026, 11, 24, 9)


@given(now=MOMENTS, start=CLOCKS, end=CLOCKS, zone=st.sampled_from(["UTC", EASTERN, "Asia/Kolkata"]))
def test_it_never_leaves_early_nor_waits_longer_than_a_day(now, start, end, zone):
    hours = Hours(zone=zone, quiet_from=start, quiet_until=end)

    leaves = at_once(hours, now=now)

    assert now <= leaves <= now + timedelta(hours=25)
    assert at_once(hours, now=leaves) == leaves or leaves == now
