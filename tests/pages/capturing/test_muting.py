"""Is a kind of advice off for good once somebody has had enough of it, and back by one press?"""

from urllib.parse import parse_qs, urlsplit

import pytest

from escalation.models import Handoff, MutedAdvice
from tests import builders
from tests.pages.posting import fields_of, press

pytestmark = pytest.mark.django_db

EMPTY = "leaves the line open"


@pytest.fixture
def vague(page, draft) -> Handoff:
    """A draft with a line that says nothing."""
    press(page, draft, "save", **{"facts-1-statement": "Not working"})
    return draft


def beside(page, draft) -> str:
    answer = page.post(f"/handoffs/{draft.pk}/save", fields_of(page, draft))
    return answer.content.decode()


def test_it_is_gone_from_every_form_of_that_person_and_from_nobody_elses(page, vague, browser_of, teammate):
    assert EMPTY in beside(page, vague)
    theirs = builders.handoff(route=vague.route, author=teammate)
    colleague = browser_of(teammate)
    press(colleague, theirs, "save", **{"facts-1-statement": "Not working"})

    press(page, vague, "mute:empty_phrase", ask="And what I typed is saved")

    other = builders.handoff(route=vague.route, author=vague.author)
    press(page, other, "save", **{"facts-1-statement": "Not working"})
    assert EMPTY not in beside(page, vague)
    assert EMPTY not in beside(page, other)
    assert EMPTY in beside(colleague, theirs)
    assert fields_of(page, vague)["ask"] == "And what I typed is saved"


def test_one_press_takes_it_back_at_once_or_later(page, vague):
    answer = press(page, vague, "mute:empty_phrase")
    undo = parse_qs(urlsplit(answer["Location"]).query)["undo"][0]
    assert "1 kind of advice off" in beside(page, vague)
    assert 'value="unmute:empty_phrase"' in beside(page, vague)

    press(page, vague, undo)

    assert EMPTY in beside(page, vague)
    assert "advice off" not in beside(page, vague)


def test_switched_off_twice_it_is_off_once(page, vague):
    for _ in range(2):
        press(page, vague, "mute:empty_phrase")

    assert MutedAdvice.objects.count() == 1


@pytest.mark.parametrize("code", ["secret", "extra_field", "", "made_up", "x" * 5000])
def test_what_is_no_advice_cannot_be_switched_off(page, vague, code):
    assert press(page, vague, f"mute:{code}").status_code == 302
    assert not MutedAdvice.objects.exists()


def test_a_secret_shows_whatever_is_switched_off(page, draft):
    word = "Winter" + "-2026-" + "Schnee"
    press(page, draft, "save", **{"facts-1-statement": f"password: {word}"})

    press(page, draft, "mute:secret")

    assert "something private" in beside(page, draft)
