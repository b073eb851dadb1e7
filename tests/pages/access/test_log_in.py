"""Whoever guesses passwords is locked out for a while, and nobody else with them."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from tests import builders

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "a long and right one", "a wrong one"


@pytest.fixture
def lena(db):
    person = builders.person("lena")
    person.set_password(RIGHT)
    person.save()
    return person


def log_in(password: str, *, name: str = "lena", come_from: str = "10.1.1.1", browser: Client | None = None):
    browser = browser or Client()
    return browser.post("/login", {"username": name, "password": password}, REMOTE_ADDR=come_from)


def guess(times: int = settings.AXES_FAILURE_LIMIT, **more):
    return [log_in(WRONG, **more).status_code for _ in range(times)]


def test_the_right_password_opens_after_a_few_wrong_ones(lena):
    guess(settings.AXES_FAILURE_LIMIT - 1)

    assert log_in(RIGHT).status_code == 302


def test_after_too_many_wrong_ones_the_right_one_does_not_open_either(lena):
    assert set(guess()[:-1]) == {200}

    answer = log_in(RIGHT)

    assert answer.status_code == 429
    assert "Too many wrong passwords" in answer.content.decode()


def test_the_door_opens_again_after_a_quarter_of_an_hour(lena):
    guess()

    with time_machine.travel(timezone.now() + settings.AXES_COOLOFF_TIME + timedelta(seconds=5)):
        assert log_in(RIGHT).status_code == 302


def test_the_person_is_not_shut_out_elsewhere_nor_anybody_else_here(lena):
    other = builders.person("amir")
    other.set_password(RIGHT)
    other.save()
    guess()

    assert log_in(RIGHT, come_from="10.2.2.2").status_code == 302
    assert log_in(RIGHT, name="amir").status_code == 302


def test_behind_a_proxy_the_address_that_it_saw_counts_and_not_an_invented_one(lena):
    with override_settings(BEHIND_TLS_PROXY=True):
        for number in range(settings.AXES_FAILURE_LIMIT):
            browser = Client(headers={"x-forwarded-for": f"8.8.8.{number}, 10.9.9.9"})
            log_in(WRONG, browser=browser)

        again = Client(headers={"x-forwarded-for": "1.2.3.4, 10.9.9.9"})
        elsewhere = Client(headers={"x-forwarded-for": "10.9.9.9, 10.3.3.3"})
        assert log_in(RIGHT, browser=again).status_code == 429
        assert log_in(RIGHT, browser=elsewhere).status_code == 302


def test_an_unknown_name_is_answered_like_a_wrong_password(lena):
    unknown, wrong = log_in(WRONG, name="nobody"), log_in(WRONG)

    assert unknown.status_code == wrong.status_code == 200
    assert said(unknown).replace("nobody", "lena") == said(wrong)


def said(answer) -> str:
    return "\n".join(line for line in answer.content.decode().splitlines() if "password" in line.lower())


def test_no_attempt_is_kept_with_its_password(lena):
    from axes.models import AccessAttempt  # noqa: PLC0415

    guess(2)

    kept = " ".join(str(row) for row in AccessAttempt.objects.values())
    assert WRONG not in kept
    assert "lena" in kept
