"""Hours that were said become windows in the zone that was meant."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.availability import Parsed, availability
from escalation.knowledge.words import Channel
from tests.core.extraction.conversations import EASTERN, NOW

WORKDAYS = (0, 1, 2, 3, 4)


def read(text: str, zone: str = EASTERN) -> Parsed:
    found = availability(text, said_at=NOW, zone=zone)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "opens", "closes", "zone"),
    [
        ("8–5 Eastern, prefers Slack", time(8), time(17), EASTERN),
        ("08:00–17:00 Eastern on Slack", time(8), time(17), EASTERN),
        ("between 9 and 11 CET", time(9), time(11), "Europe/Berlin"),
        ("erreichbar 9-17 Uhr", time(9), time(17), EASTERN),
        ("joignable entre 9h et 12h30 par téléphone", time(9), time(12, 30), EASTERN),
        ("free after 2pm", time(14), time(17), EASTERN),
        ("I'm in PT, 09:00-18:00", time(9), time(18), "America/Los_Angeles"),
        ("available 9am to 4pm PT", time(9), time(16), "America/Los_Angeles"),
    ],
)
def test_hours_become_a_window(text: str, opens: time, closes: time, zone: str) -> None:
    (window,) = read(text).windows

    assert (window.opens, window.closes, window.zone) == (opens, closes, zone)
    assert window.weekdays == WORKDAYS


def test_days_that_were_named_count() -> None:
    (window,) = read("Mon-Thu 9am to 4pm").windows

    assert window.weekdays == (0, 1, 2, 3)


def test_a_single_day_is_a_date() -> None:
    (window,) = read("free tomorrow after 2pm").windows

    assert window.on == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "channel", "handle"),
    [
        ("prefers Slack, @priya.raman", Channel.SLACK, "@priya.raman"),
        ("call me on +44 113 555 0150", Channel.PHONE, "+44 113 555 0150"),
        ("reach me at ext. 4410", Channel.PHONE, "ext. 4410"),
        ("best by e-mail: ana@example.com", Channel.EMAIL, "ana@example.com"),
        ("am Telefon erreichbar", Channel.PHONE, ""),
    ],
)
def test_the_channel_and_the_handle_are_read(text: str, channel: Channel, handle: str) -> None:
    found = read(text)

    assert (found.channel, found.handle) == (channel, handle)


@pytest.mark.parametrize(
    ("text", "can_test"),
    [("happy to test anything", True), ("I can't test from home, call me", False), ("call me", None)],
)
def test_readiness_to_test_is_read(text: str, can_test: bool | None) -> None:
    assert read(text).can_test is can_test


def test_absence_stays_words_and_makes_no_window() -> None:
    assert read("on vacation until Monday").windows == ()


def test_a_text_about_something_else_is_no_availability() -> None:
    assert availability("the printer is broken", said_at=NOW, zone=EASTERN) is None


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_is_read_without_raising(text: str) -> None:
    found = availability(text, said_at=NOW, zone=EASTERN)

    assert found is None or found.words == text.strip()
