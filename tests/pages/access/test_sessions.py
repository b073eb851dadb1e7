"""Everybody sees where they are logged in, and can leave from there."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests import builders

pytestmark = pytest.mark.django_db
PASSWORD = "a long and right one"
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def lena(desk_to_ops):
    person = builders.person("lena", team=desk_to_ops.sender)
    person.set_password(PASSWORD)
    person.save()
    return person


def logged_in(come_from: str, *, name: str = "lena", browser: str = "Firefox") -> Client:
    client = Client(headers={"user-agent": browser})
    answer = client.post("/login", {"username": name, "password": PASSWORD}, REMOTE_ADDR=come_from)
    assert answer.status_code == 302
    return client


def shown(browser: Client) -> str:
    return browser.get("/sessions").content.decode()


def is_in(browser: Client) -> bool:
    return browser.get("/sessions").status_code == 200


def name_of(html: str, come_from: str) -> str:
    row = next(each for each in html.split("<tr>") if come_from in each)
    return re.search(r'name="name" value="(\w+)"', row).group(1)


def test_everybody_sees_where_they_are_logged_in_and_nobody_else(lena):
    amir = builders.person("amir")
    amir.set_password(PASSWORD)
    amir.save()
    logged_in("10.9.9.9", name="amir")
    logged_in("10.1.1.1")
    here = logged_in("10.2.2.2", browser="<script>alert(1)</script>")

    html = shown(here)

    assert html.index("10.2.2.2") < html.index("10.1.1.1")
    assert "10.9.9.9" not in html
    assert "<script>alert" not in html
    assert not any(key in html for key in Session.objects.values_list("session_key", flat=True))


def test_one_is_left_and_the_others_stay(lena):
    there, here = logged_in("10.1.1.1"), logged_in("10.2.2.2")

    here.post("/sessions", {"name": name_of(shown(here), "10.1.1.1")})

    assert (is_in(there), is_in(here)) == (False, True)


def test_everywhere_means_everywhere(lena):
    there, here = logged_in("10.1.1.1"), logged_in("10.2.2.2")

    answer = here.post("/sessions", {"everywhere": "1"})

    assert answer["Location"] == "/login"
    assert (is_in(there), is_in(here)) == (False, False)


def test_nobody_ends_somebody_elses(lena):
    amir = builders.person("amir")
    amir.set_password(PASSWORD)
    amir.save()
    his, hers = logged_in("10.9.9.9", name="amir"), logged_in("10.1.1.1")

    hers.post("/sessions", {"name": name_of(shown(his), "10.9.9.9")})

    assert is_in(his)


def test_a_press_that_names_none_ends_none(lena):
    here = logged_in("10.1.1.1")

    answer = here.post("/sessions", {"name": ""}, follow=True)

    assert "had ended already" in answer.content.decode()
    assert is_in(here)


def test_a_log_in_gets_a_new_key(lena):
    browser = Client()
    planted = browser.session.session_key
    assert browser.cookies[COOKIE].value == planted

    browser.post("/login", {"username": "lena", "password": PASSWORD})

    assert is_in(browser)
    assert browser.cookies[COOKIE].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_new_password_ends_what_began_before_it(lena):
    before = logged_in("10.1.1.1")
    lena.set_password(PASSWORD)
    lena.save()

    here = logged_in("10.2.2.2")

    assert not is_in(before)
    assert "10.1.1.1" not in shown(here)
