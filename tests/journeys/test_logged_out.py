"""A log-in ends while somebody writes: the page says so, and no word is lost."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

WORDS = "The projector in the board room shows a black picture since this morning."


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def log_in(page: Page) -> None:
    page.locator("form[action$='/level-one'] button").click()
    page.wait_for_url(lambda url: "/login" not in url)


def test_what_was_sent_in_vain_stands_in_its_form_after_the_log_in(open_as: Callable[..., Page]):
    page = open_as("level-one")
    page.goto("/start")
    page.locator("#id_text").fill(WORDS)
    end_session(page)
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("what you typed is kept in this browser")).to_be_visible()

    log_in(page)

    expect(page.locator("#id_text")).to_have_value(WORDS)
    expect(page.get_by_text("You had been logged out, so this was not sent.")).to_be_visible()
    page.reload()
    expect(page.locator("#id_text")).to_have_value("")  # asked once, not for ever


def test_an_open_page_says_so_and_goes_on_after_a_log_in_in_another_tab(open_as: Callable[..., Page]):
    page = open_as("level-one")
    page.goto("/start")
    page.locator("#id_text").fill(WORDS)
    end_session(page)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # somebody comes back to the tab
    expect(page.get_by_text("You have been logged out.")).to_be_visible()

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in, in a new tab").click()
    log_in(opened.value)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("You have been logged out.")).to_have_count(0)
    page.get_by_role("button", name="Begin", exact=True).click()

    page.wait_for_url("**/edit*")
