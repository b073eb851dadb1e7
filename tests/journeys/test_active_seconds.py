"""Seconds of work are counted as worked: idle time is left out, and another window goes on from them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.test_scene import escalate

SAVED = re.compile(r"Saved \d\d:\d\d")
A_SECOND = 1_000


def counted(page: Page) -> int:
    """What the page would save as seconds of work."""
    return int(page.locator("[name=active_seconds]").input_value() or 0)


def work(page: Page, *pauses_s: int) -> None:
    """Press a key, and again after each pause."""
    page.locator("#part-facts .line-main").last.focus()
    page.keyboard.type("a")
    for pause in pauses_s:
        page.clock.run_for(pause * A_SECOND)
        page.keyboard.type("b")


def saved(page: Page) -> None:
    """Let the pause pass after which the form saves itself, and wait for the answer."""
    page.clock.run_for(A_SECOND)
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(page.locator("body.stale")).to_have_count(0)


def test_a_pause_of_more_than_a_minute_is_not_work(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Salesforce")
    page.clock.install()
    page.reload()
    before = counted(page)

    work(page, 50, 30, 600, 61, 20)

    assert 100 <= counted(page) - before <= 104


def test_another_window_goes_on_from_what_was_counted(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Salesforce")
    page.clock.install()
    page.reload()
    work(page, 40)
    saved(page)
    first = counted(page)
    assert first >= 40

    other = page.context.new_page()
    other.clock.install()
    other.goto(page.url)
    assert counted(other) == first
    work(other, 30)
    saved(other)

    other.reload()
    assert first + 30 <= counted(other) <= first + 34
