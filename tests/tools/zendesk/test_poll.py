"""A poll of Zendesk loses nothing: one ticket that cannot be read costs itself alone."""

from itertools import count

import pytest

from escalation.tools.zendesk import mirror, source
from escalation.transport.errors import Unavailable

LONGEST_CURSOR = 255
_KEYS = count()


@pytest.fixture
def door(zendesk_door):
    return zendesk_door


@pytest.fixture
def start(zendesk, door):
    """Where the polls below go on from: what the world holds is read."""
    return mirror.poll(door, cursor="", now=zendesk.clock()).cursor


def noted(zendesk, door, many):
    """Numbers of tickets that a note has just made ours, in the order of their change."""
    numbers = [each.reference for each in source.open_tickets(door)][:many]
    for number in numbers:
        mirror.note(door, remote_id=number, text="one", key=f"n{next(_KEYS)}", public=False)
    zendesk.clock.now = zendesk.clock.now.replace(minute=zendesk.clock.now.minute + 5)
    return numbers


def audits(number):
    return f"/api/v2/tickets/{number}/audits.json"


def numbers_of(page):
    return {each.remote_id for each in page.updates}


def test_a_ticket_that_cannot_be_read_costs_itself_alone_and_is_asked_for_again(zendesk, door, start):
    one, two, three = noted(zendesk, door, 3)
    zendesk.fault(path=audits(two), status=500, times=2)

    page = mirror.poll(door, cursor=start, now=zendesk.clock())

    assert numbers_of(page) >= {one, three}
    assert two not in numbers_of(page)
    assert two in page.trouble
    later = mirror.poll(door, cursor=page.cursor, now=zendesk.clock())
    assert numbers_of(later) == {two}
    assert (later.trouble, " again " in later.cursor) == ("", False)


def test_pages_that_break_off_are_used_as_far_as_they_came_and_gone_on_with(
    zendesk, door, start, monkeypatch
):
    monkeypatch.setattr(mirror, "PAGE", 2)
    ours = noted(zendesk, door, 4)
    plain, pages = door.session.ask, []

    def ask(method, address, **asked):
        if "incremental" in address:
            pages.append(address)
            if len(pages) == 2:
                raise Unavailable("Zendesk is busy.")
        return plain(method, address, **asked)

    monkeypatch.setattr(door.session, "ask", ask)
    page = mirror.poll(door, cursor=start, now=zendesk.clock())

    assert numbers_of(page) < set(ours)
    assert numbers_of(page)
    assert "busy" in page.trouble
    rest = mirror.poll(door, cursor=page.cursor, now=zendesk.clock())
    assert numbers_of(page) | numbers_of(rest) == set(ours)


def test_a_page_of_which_too_much_fails_comes_again(zendesk, door, start):
    ours = noted(zendesk, door, mirror.BOUNDS.most_again + 2)
    for number in ours[1:]:
        zendesk.fault(path=audits(number), status=500, times=2)

    page = mirror.poll(door, cursor=start, now=zendesk.clock())
    assert numbers_of(page) < set(ours)
    assert len(page.cursor) < LONGEST_CURSOR

    heard, cursor = numbers_of(page), page.cursor
    for _ in range(3):
        page = mirror.poll(door, cursor=cursor, now=zendesk.clock())
        heard, cursor = heard | numbers_of(page), page.cursor
    assert heard == set(ours)
    assert page.trouble == ""


def test_a_poll_in_which_nothing_can_be_read_says_so(zendesk, door, start):
    (one,) = noted(zendesk, door, 1)
    zendesk.fault(path=audits(one), status=500, times=2)

    with pytest.raises(Unavailable):
        mirror.poll(door, cursor=start, now=zendesk.clock())
