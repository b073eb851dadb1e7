"""Whatever fails while somebody types, the words are there: offline, logged out, window gone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.test_scene import escalate

SAVED = re.compile(r"Saved \d\d:\d\d")
KEPT = "Not saved yet; kept in this browser"


def go_offline(page: Page) -> None:
    page.context.route("**/*", lambda route: route.abort("internetdisconnected"))


def come_back(page: Page) -> None:
    page.context.unroute("**/*")


def kill(page: Page) -> None:
    """Close the window as a crash does: without the last requests that a page may send when it is left."""
    page.evaluate("navigator.sendBeacon = () => false; window.fetch = () => Promise.reject(); true")
    page.close()
    come_back(page)


def write(page: Page, words: str) -> None:
    page.locator("#part-facts .line-main").last.fill(words)


def kept(page: Page) -> list[str]:
    """What the browser keeps of drafts, as stored."""
    entries: list[list[str]] = page.evaluate("Object.entries(localStorage)")
    return [value for name, value in entries if name.startswith("baton.kept")]


def test_words_typed_offline_are_saved_when_the_network_is_back(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Versandetiketten")
    go_offline(page)
    write(page, "Labels are blank since the driver update")
    expect(page.locator("#saved")).to_contain_text(KEPT, timeout=5_000)
    assert "csrfmiddlewaretoken" not in "".join(kept(page))

    come_back(page)

    expect(page.locator("#saved")).to_have_text(SAVED, timeout=8_000)
    assert kept(page) == []
    page.reload()
    expect(page.locator("#part-facts")).to_contain_text("Labels are blank since the driver update")


def test_words_of_a_window_that_was_killed_offline_come_back_by_themselves(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "H: drive")
    go_offline(page)
    write(page, "Only folders with long names fail")
    expect(page.locator("#saved")).to_contain_text(KEPT, timeout=5_000)
    address, context = page.url, page.context
    kill(page)

    again = context.new_page()
    again.goto(address)

    expect(again.locator("#part-facts")).to_contain_text("Only folders with long names fail", timeout=8_000)
    assert kept(again) == []


def test_where_the_draft_went_on_elsewhere_a_person_decides(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "BitLocker")
    go_offline(page)
    write(page, "The recovery key is refused")
    expect(page.locator("#saved")).to_contain_text(KEPT, timeout=5_000)
    address, context = page.url, page.context
    kill(page)
    other = open_as("level-one")
    other.goto(address)
    other.get_by_role("textbox", name="Summary").fill("BitLocker asks for a key at every start")
    expect(other.locator("#saved")).to_have_text(SAVED)
    expect(other.locator("body")).not_to_have_class(re.compile("stale"), timeout=5_000)

    again = context.new_page()
    again.goto(address)
    expect(again.get_by_text("This browser kept words of yours")).to_be_visible()
    expect(again.locator("#part-facts")).not_to_contain_text("The recovery key is refused")
    again.get_by_role("button", name="Put mine back").click()

    expect(again.locator("#part-facts")).to_contain_text("The recovery key is refused", timeout=8_000)
    assert kept(again) == []


def test_who_was_logged_out_goes_on_typing_and_logs_in_in_a_new_tab(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Board room")
    page.context.clear_cookies(name="sessionid")
    write(page, "The display stays black")
    expect(page.locator("#logged-out")).to_be_visible(timeout=5_000)
    expect(page.locator("#saved")).to_contain_text(KEPT)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in, in a new tab").click()
    entrance = opened.value
    entrance.locator("form[action$='/level-one'] button").click()
    entrance.wait_for_url(lambda url: "/login" not in url)
    entrance.close()

    expect(page.locator("#saved")).to_have_text(SAVED, timeout=10_000)
    expect(page.locator("#logged-out")).to_be_hidden()
    page.reload()
    expect(page.locator("#part-facts")).to_contain_text("The display stays black")


def test_an_answer_that_never_came_asks_nobody_anything(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "one-way audio")
    page.context.route("**/save", lambda route: (route.fetch(), route.abort("connectionreset")))
    write(page, "Both sides hear nothing after ten seconds")
    expect(page.locator("#saved")).to_contain_text(KEPT, timeout=5_000)
    assert kept(page)
    page.context.unroute("**/save")

    page.goto(page.url)

    expect(page.locator("#part-facts")).to_contain_text("Both sides hear nothing after ten seconds")
    expect(page.get_by_text("This browser kept words of yours")).to_have_count(0)
    assert kept(page) == []


def lose_one_answer(page: Page) -> None:
    """The next save is made, and the line breaks before its answer is there."""
    page.context.route("**/save", lambda route: (route.fetch(), route.abort("connectionreset")), times=1)


def test_whoever_types_on_while_an_answer_is_lost_is_in_nobodys_way(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "one-way audio")
    lose_one_answer(page)
    write(page, "Both sides hear")
    expect(page.locator("#saved")).to_contain_text(KEPT, timeout=5_000)

    page.keyboard.press("End")
    page.keyboard.type(" nothing on hold")

    expect(page.locator("#saved")).to_have_text(SAVED, timeout=8_000)
    expect(page.get_by_text("was changed in another window")).to_have_count(0)
    page.goto(page.url)
    expect(page.locator("#part-facts")).to_contain_text("Both sides hear nothing on hold")


def test_a_window_that_dies_after_a_lost_answer_comes_back_without_a_question(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "one-way audio")
    lose_one_answer(page)
    write(page, "The call drops")
    expect(page.locator("#saved")).to_contain_text(KEPT, timeout=5_000)
    go_offline(page)
    page.keyboard.press("End")
    page.keyboard.type(" after two minutes")
    page.wait_for_timeout(1200)  # kept in the browser every half second
    address, context = page.url, page.context
    kill(page)

    again = context.new_page()
    again.goto(address)

    expect(again.locator("#part-facts")).to_contain_text("The call drops after two minutes", timeout=8_000)
    expect(again.get_by_text("This browser kept words of yours")).to_have_count(0)


def test_a_press_that_changes_the_draft_leaves_nothing_to_ask_about(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Outlook")
    write(page, "Only the newest Outlook is hit")
    page.locator(".paste-box summary").click()
    page.locator("#paste").fill("I restarted the mail service on Monday but it did not help.")
    page.get_by_role("button", name="Find suggestions in it").click()
    page.wait_for_url(re.compile(r"pasted="))

    expect(page.locator("#part-remediation")).to_contain_text("restarted the mail service")
    expect(page.locator("#part-facts")).to_contain_text("Only the newest Outlook is hit")
    expect(page.get_by_text("This browser kept words of yours")).to_have_count(0)
    assert kept(page) == []
