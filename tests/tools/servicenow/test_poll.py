"""A poll of ServiceNow loses nothing: not the newest of many, not what stands behind an unreadable one."""

from datetime import timedelta

import pytest

from escalation.tools.polling import Place
from escalation.tools.servicenow import mirror, poll, table
from escalation.tools.servicenow.poll import MOST_AGAIN
from escalation.transport.errors import Unauthorised, Unavailable
from tests.tools.bench import NOW

INCIDENTS = "/api/now/v2/table/incident"
LONGEST_CURSOR = 255


@pytest.fixture
def door(servicenow_door):
    return servicenow_door


def made(door, servicenow, count):
    """Incidents of ours, oldest first, each of a minute of its own."""
    numbers = []
    for place in range(count):
        values = {"short_description": f"No. {place}", "correlation_display": "Baton"}
        numbers.append(table.insert(door, "incident", values=values, fields=("sys_id",))["sys_id"])
        servicenow.clock.now += timedelta(minutes=2)
    return numbers


def records(page):
    return {each.remote_id for each in page.updates}


def test_an_incident_that_cannot_be_read_costs_itself_alone_and_is_asked_for_again(servicenow, door):
    one, two, three = made(door, servicenow, 3)
    servicenow.fault(path=f"{INCIDENTS}/{two}", status=500, times=2)

    page = mirror.poll(door, cursor="", now=servicenow.clock())

    assert records(page) == {one, three}
    assert two in page.trouble
    later = mirror.poll(door, cursor=page.cursor, now=servicenow.clock())
    assert two in records(later)
    assert (later.trouble, Place.read(later.cursor).again) == ("", ())


def test_a_list_that_breaks_off_is_used_as_far_as_it_came_and_gone_on_with(servicenow, door, monkeypatch):
    monkeypatch.setattr(poll, "PAGE", 2)
    one, two, three, four = made(door, servicenow, 4)
    plain, pages = door.session.ask, []

    def ask(method, address, **asked):
        if address.endswith("/incident"):
            pages.append(address)
            if len(pages) == 2:
                raise Unavailable("ServiceNow is busy.")
        return plain(method, address, **asked)

    monkeypatch.setattr(door.session, "ask", ask)
    page = mirror.poll(door, cursor="", now=servicenow.clock())

    assert records(page) == {one, two}
    assert "busy" in page.trouble
    assert records(mirror.poll(door, cursor=page.cursor, now=servicenow.clock())) == {two, three, four}


def test_more_than_one_poll_reads_is_left_for_the_next(servicenow, door, monkeypatch):
    monkeypatch.setattr(poll, "MOST_READ", 2)
    one, two, three, four, five = made(door, servicenow, 5)

    found, cursor = [], ""
    for _ in range(3):
        page = mirror.poll(door, cursor=cursor, now=servicenow.clock())
        found.append(records(page))
        cursor = page.cursor

    assert found == [{one, two}, {three, four}, {five}]


def test_more_than_a_list_holds_is_gone_on_with(servicenow, door, monkeypatch):
    monkeypatch.setattr(poll, "PAGE", 2)
    monkeypatch.setattr(poll, "MOST_PAGES", 1)
    one, two, three = made(door, servicenow, 3)

    first = mirror.poll(door, cursor="", now=servicenow.clock())
    second = mirror.poll(door, cursor=first.cursor, now=servicenow.clock())

    assert (records(first), records(second)) == ({one, two}, {two, three})


def test_a_poll_in_which_nothing_can_be_read_says_so(servicenow, door):
    made(door, servicenow, 2)
    servicenow.fault(path=f"{INCIDENTS}/*", status=401, times=4)

    with pytest.raises(Unauthorised):
        mirror.poll(door, cursor="", now=servicenow.clock())


def test_a_cursor_from_before_is_read_and_the_longest_fits(servicenow, door):
    one, *_ = made(door, servicenow, 1)

    page = mirror.poll(door, cursor="2026-11-23 14:59:00", now=servicenow.clock())

    assert records(page) == {one}
    longest = Place(since=NOW.replace(microsecond=1), more=True, again=("f" * 32,) * MOST_AGAIN)
    assert len(longest.written()) <= LONGEST_CURSOR
