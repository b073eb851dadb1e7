"""A poll loses nothing: not the newest of many, not what stands behind an issue that cannot be read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.tools.jira import mirror, poll, search, site
from escalation.tools.jira.poll import MOST_AGAIN
from escalation.tools.polling import Place
from escalation.transport.errors import Unauthorised, Unavailable
from tests.tools.bench import NOW

LONGEST_CURSOR = 255


@pytest.fixture
def few(monkeypatch):
    """A poll that reads two issues, from lists of two a page."""
    monkeypatch.setattr(poll, "MOST_READ", 2)
    monkeypatch.setattr(search, "PAGE", 2)


@pytest.fixture
def door(jira_door):
    return jira_door


def made(door, count, *, then=lambda: None):
    """Issues of ours, oldest first; ``then`` comes after each."""
    fields = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}, "labels": ["baton"]}
    numbers = []
    for place in range(count):
        numbers.append(site.post(door, "/issue", {"fields": {**fields, "summary": f"No. {place}"}})["id"])
        then()
    return numbers


def records(page):
    return {each.remote_id for each in page.updates}


def polled(door, jira, *, cursor="", times):
    found = []
    for _ in range(times):
        page = mirror.poll(door, cursor=cursor, now=jira.clock())
        found.append(records(page))
        cursor = page.cursor
    return found, cursor


def test_what_one_poll_cannot_read_is_read_by_the_next(jira, door, few):
    one, two, three, four, five = made(door, 5)

    found, cursor = polled(door, jira, times=3)

    assert found == [{one, two}, {three, four}, {five}]
    assert not Place.read(cursor).more


def test_issues_of_one_moment_are_read_together(jira, door, few):
    numbers = made(door, 5)
    store = jira.tool.store
    for each in store.all("issue"):
        store.put("issue", each["key"], {**each, "updated": NOW.isoformat()})

    found, _ = polled(door, jira, times=1)

    assert found == [set(numbers)]


def test_a_list_that_is_longer_than_we_read_is_gone_on_with(jira, door, monkeypatch):
    monkeypatch.setattr(poll, "MOST_LISTED", 2)

    def later():
        jira.clock.now += timedelta(minutes=7)

    one, two, three, four = made(door, 4, then=later)

    found, cursor = polled(door, jira, times=3)

    assert found == [{one, two}, {two, three}, {three, four}]
    assert Place.read(cursor).more


def test_a_full_list_in_which_nothing_is_new_leaves_the_place_where_it_is(jira, door, monkeypatch):
    monkeypatch.setattr(poll, "MOST_LISTED", 2)
    made(door, 3)
    place = Place(since=jira.clock() + timedelta(minutes=1), more=True)

    page = mirror.poll(door, cursor=place.written(), now=jira.clock())

    assert (page.updates, Place.read(page.cursor)) == ((), place)


def test_an_issue_that_cannot_be_read_holds_up_no_other_and_is_asked_for_again(jira, door):
    one, two, three = made(door, 3)
    jira.fault(path=f"*/issue/{two}", status=500, times=2)

    page = mirror.poll(door, cursor="", now=jira.clock())

    assert records(page) == {one, three}
    assert two in page.trouble
    jira.clock.now += timedelta(hours=3)
    unchanged = replace(Place.read(page.cursor), since=jira.clock.now).written()
    later = mirror.poll(door, cursor=unchanged, now=jira.clock())
    assert (records(later), later.trouble) == ({two}, "")
    assert Place.read(later.cursor).again == ()


def test_when_calls_must_rest_the_next_poll_goes_on_there(jira, door):
    one, two, three = made(door, 3)
    jira.fault(path=f"*/issue/{two}", status=429, retry_after=1)

    page = mirror.poll(door, cursor="", now=jira.clock())

    assert records(page) == {one}
    assert page.trouble
    assert records(mirror.poll(door, cursor=page.cursor, now=jira.clock())) == {two, three}


def test_a_list_that_breaks_off_is_used_as_far_as_it_came(jira, door, few):
    one, two, *_ = made(door, 5)
    plain, pages = door.session.ask, []

    def ask(method, address, **asked):
        if address.endswith("/search/jql"):
            pages.append(address)
            if len(pages) == 2:
                raise Unavailable("Jira is busy.")
        return plain(method, address, **asked)

    door.session.ask = ask
    page = mirror.poll(door, cursor="", now=jira.clock())

    assert records(page) == {one, two}
    assert "busy" in page.trouble
    assert Place.read(page.cursor).more


def test_a_poll_in_which_nothing_can_be_read_says_so(jira, door):
    made(door, 2)
    jira.fault(path="*/issue/*", status=403, times=2)

    with pytest.raises(Unauthorised):
        mirror.poll(door, cursor="", now=jira.clock())


def test_not_more_are_asked_for_again_than_a_cursor_holds(jira, door):
    numbers = made(door, MOST_AGAIN + 3)
    for each in numbers[1:]:
        jira.fault(path=f"*/issue/{each}", status=500, times=2)

    page = mirror.poll(door, cursor="", now=jira.clock())

    place = Place.read(page.cursor)
    assert (place.again, place.more) == (tuple(numbers[1 : MOST_AGAIN + 1]), True)
    second = mirror.poll(door, cursor=page.cursor, now=jira.clock())
    assert records(second) == set(numbers[1 : MOST_AGAIN + 1])
    assert Place.read(second.cursor).again == tuple(numbers[MOST_AGAIN + 1 :])
    longest = Place(since=NOW.replace(microsecond=1), more=True, again=("9" * 18,) * MOST_AGAIN)
    assert len(longest.written()) <= LONGEST_CURSOR
    assert Place.read(longest.written()) == longest


@pytest.mark.parametrize("cursor", ["", "more", "nonsense again 7"])
def test_a_cursor_that_is_none_begins_an_hour_ago(cursor):
    assert Place.read(cursor) is None
