"""A log-in ends when nobody has worked in it for a while, and after a shift in any case."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db
IDLE, LONGEST = settings.SESSION_IDLE, settings.SESSION_LONGEST
A_LITTLE = timedelta(minutes=2)


@pytest.fixture
def began(author):
    """A browser in which somebody has just logged in, and a clock that tests move."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = Client()
        browser.get("/login")  # who has just started has read no addresses yet, and hears of no log-in
        browser.force_login(author)
        yield browser, clock


def is_in(browser: Client) -> bool:
    return browser.get("/sessions").status_code == 200


def test_the_limits_are_those_of_the_standards():
    assert timedelta(hours=1) >= IDLE
    assert timedelta(hours=24) >= LONGEST


def test_it_ends_when_nobody_has_worked_for_a_while(began):
    browser, clock = began
    clock.shift(IDLE - A_LITTLE)
    assert is_in(browser)
    clock.shift(IDLE + A_LITTLE)

    answer = browser.get("/desk?status=draft")

    assert answer["Location"] == "/login?next=/desk%3Fstatus%3Ddraft"
    assert "ends after 1 hour without work" in browser.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/notices/unread", {}),
        ("/handoffs/{sent}/live", {}),
        ("/handoffs/{sent}/news", {"HX-Request": "true"}),
    ],
)
def test_what_a_page_asks_by_itself_is_no_work(began, sent, address, headers):
    browser, clock = began
    clock.shift(IDLE - A_LITTLE)
    assert browser.get(address.format(sent=sent.pk), headers=headers).status_code in {200, 501}
    clock.shift(2 * A_LITTLE)

    assert not is_in(browser)


def test_typing_into_the_form_is_work(began, draft):
    browser, clock = began
    clock.shift(IDLE - A_LITTLE)
    saved = browser.post(
        f"/handoffs/{draft.pk}/save", {"revision": draft.revision}, headers={"HX-Request": "1"}
    )
    assert saved.status_code < 500
    clock.shift(IDLE - A_LITTLE)

    assert is_in(browser)


def test_it_ends_after_a_shift_however_much_somebody_works(began):
    browser, clock = began
    for _ in range(int(LONGEST / (IDLE / 2)) - 1):
        clock.shift(IDLE / 2)
        assert is_in(browser)

    clock.shift(IDLE / 2 + timedelta(seconds=1))

    assert not is_in(browser)


def test_the_end_stands_in_the_row_and_in_the_cookie(began):
    browser, clock = began
    clock.shift(IDLE / 2)
    answer = browser.get("/sessions")

    ends = Session.objects.get().expire_date
    assert ends == timezone.now() + IDLE
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == IDLE.total_seconds()


def test_work_writes_a_row_once_a_minute_and_not_with_every_request(began):
    browser, clock = began
    clock.shift(A_LITTLE)
    browser.get("/notices")
    first = Session.objects.get().expire_date
    clock.shift(timedelta(seconds=20))
    browser.get("/notices")

    assert Session.objects.get().expire_date == first


def test_a_log_in_of_before_the_rule_ends_like_one_that_begins_now(author):
    browser = Client()
    browser.force_login(author)
    session = browser.session
    for key in ("began_at", "_session_expiry"):
        del session[key]
    session.save()

    assert is_in(browser)
    assert Session.objects.get().expire_date <= timezone.now() + IDLE


def test_whoever_presses_after_the_end_comes_back_to_the_page_of_the_form(began, sent):
    browser, clock = began
    clock.shift(IDLE + A_LITTLE)
    came_from = f"http://testserver/handoffs/{sent.pk}?x=1"

    own = browser.post(f"/handoffs/{sent.pk}/ask", {"text": "Words"}, headers={"Referer": came_from})
    foreign = browser.post(f"/handoffs/{sent.pk}/ask", headers={"Referer": "https://evil.example/"})

    assert own["Location"] == f"/login?next=/handoffs/{sent.pk}%3Fx%3D1"
    assert foreign["Location"] == "/login?next=/"


def test_a_list_that_a_page_fetches_is_not_replaced_by_the_log_in(began):
    browser, clock = began
    clock.shift(IDLE + A_LITTLE)

    assert browser.get("/queue", headers={"HX-Request": "true"}).status_code == 401
