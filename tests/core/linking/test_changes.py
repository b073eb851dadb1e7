"""Are last weekend's change and the version that came out then found by time and touch?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from escalation.linking.changes import Calendar, changes_near
from escalation.linking.entries import CatalogEntry, EntryKind

DAY = timedelta(days=1)
FRIDAY, MONDAY = datetime(2026, 3, 6, 18, tzinfo=UTC), datetime(2026, 3, 9, 6, tzinfo=UTC)


def change(key: str, start: datetime, end: datetime, *related: str) -> CatalogEntry:
    return CatalogEntry(
        id=key, kind=EntryKind.CHANGE, name=key, starts_at=start, ends_at=end, related=related
    )


GATEWAY = CatalogEntry(
    id="ci_gw", kind=EntryKind.CONFIGURATION_ITEM, name="Finance API Gateway", related=("svc_fin",)
)
SATURDAY = change(
    "CHG0030187", datetime(2026, 3, 7, 22, 10, tzinfo=UTC), datetime(2026, 3, 7, 23, tzinfo=UTC), "ci_gw"
)
ELSEWHERE = change(
    "CHG0030190", datetime(2026, 3, 8, 1, tzinfo=UTC), datetime(2026, 3, 8, 2, tzinfo=UTC), "ci_print"
)
EARLIER = change(
    "CHG0030100", datetime(2026, 2, 28, 22, tzinfo=UTC), datetime(2026, 2, 28, 23, tzinfo=UTC), "ci_gw"
)
ON_SERVICE = change(
    "CHG0030191", datetime(2026, 3, 7, 8, tzinfo=UTC), datetime(2026, 3, 7, 9, tzinfo=UTC), "svc_fin"
)
RELEASE = CatalogEntry(
    id="v_241", kind=EntryKind.VERSION, name="2.4.1", released_at=datetime(2026, 3, 7, 20, tzinfo=UTC)
)
ALL = (GATEWAY, SATURDAY, ELSEWHERE, EARLIER, ON_SERVICE, RELEASE)


def test_the_change_on_the_linked_item_in_the_window_comes_first_and_says_when() -> None:
    found = changes_near(window=(FRIDAY, MONDAY), linked=("ci_gw",), entries=ALL)

    assert [link.entry_id for link in found] == ["CHG0030187", "CHG0030191", "v_241", "CHG0030190"]
    assert found[0].because == ("implemented Saturday 07 March 2026, 22:10 UTC", "touches what is linked")
    assert found[2].because == ("released Saturday 07 March 2026, 20:00 UTC",)


def test_a_change_that_was_still_running_when_the_window_opened_counts() -> None:
    long = change("CHG1", datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 6, 20, tzinfo=UTC), "ci_gw")

    assert [
        k.entry_id for k in changes_near(window=(FRIDAY, MONDAY), linked=("ci_gw",), entries=(long,))
    ] == ["CHG1"]


def test_a_change_without_times_is_not_guessed_into_the_window() -> None:
    undated = CatalogEntry(id="CHG2", kind=EntryKind.CHANGE, name="CHG2", related=("ci_gw",))

    assert changes_near(window=(FRIDAY, MONDAY), linked=("ci_gw",), entries=(undated,)) == ()


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        changes_near(window=(MONDAY, FRIDAY), linked=(), entries=ALL)


def test_a_version_released_on_saturday_is_of_the_weekend_wherever_that_was() -> None:
    by_day = CatalogEntry(
        id="v", kind=EntryKind.VERSION, name="2.4.1", released_at=datetime(2026, 3, 7, tzinfo=UTC)
    )
    weekends = {  # Saturday 00:00 to Sunday 24:00 in New York, Berlin and Tokyo
        zone: (datetime(2026, 3, 7, tzinfo=ZoneInfo(zone)), datetime(2026, 3, 9, tzinfo=ZoneInfo(zone)))
        for zone in ("America/New_York", "Europe/Berlin", "Asia/Tokyo")
    }

    for window in weekends.values():
        (found,) = changes_near(window=window, linked=(), entries=(by_day,))
        assert found.because == ("released Saturday 07 March 2026",)
        assert changes_near(window=(window[0] - DAY, window[0]), linked=(), entries=(by_day,)) == ()


def test_a_calendar_gives_all_that_a_window_may_hold_and_little_else() -> None:
    long_ago = [change(f"old-{n}", FRIDAY - n * 30 * DAY, FRIDAY - n * 30 * DAY + DAY) for n in range(1, 50)]
    everything = (*ALL, *long_ago)
    calendar = Calendar(everything)
    for window in ((FRIDAY, MONDAY), (FRIDAY - 90 * DAY, MONDAY), (MONDAY + 90 * DAY, MONDAY + 91 * DAY)):
        found = changes_near(window=window, linked=(), entries=calendar.around(window))
        assert found == changes_near(window=window, linked=(), entries=everything)
    assert len(calendar.around((FRIDAY, MONDAY))) < len(ALL)
    assert Calendar(()).around((FRIDAY, MONDAY)) == ()
