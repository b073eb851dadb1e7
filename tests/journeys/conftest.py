"""A real browser before a whole Baton."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from launch import chromium
from tests.journeys.running import Running, running
from tests.rooms import room


@pytest.fixture(scope="session")
def baton() -> Iterator[Running]:
    with running(room("journeys")) as place:
        yield place


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_as(browser: Browser, baton: Running) -> Iterator[Callable[..., Page]]:
    """Open a window, logged in with one click as somebody of the practice company."""
    contexts: list[BrowserContext] = []

    def open_window(username: str, **options) -> Page:
        window = {"viewport": {"width": 1366, "height": 768}, "locale": "en-GB"} | options
        context = browser.new_context(base_url=baton.url, **window)
        contexts.append(context)
        page = context.new_page()
        page.goto("/login")
        page.locator(f"form[action$='/{username}'] button").click()
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    yield open_window
    for context in contexts:
        context.close()
