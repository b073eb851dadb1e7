"""Every page of the form, in every state that it can be in, has nothing for axe-core to find and fits."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.seeing import findings, seems_right
from tests.journeys.test_nothing_lost import KEPT, come_back, go_offline, kill, write
from tests.journeys.test_scene import accept_everything, escalate

PAGES: dict[str, tuple[str, str]] = {
    "desk": ("level-one", "/desk"),
    "queue": ("level-two", "/queue"),
    "figures": ("lead", "/figures"),
    "connections": ("owner", "/connections"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_finding(open_as: Callable[..., Page], name: str, scheme: str):
    username, address = PAGES[name]
    page = open_as(username, color_scheme=scheme)
    page.goto(address)

    assert findings(page) == []


def empty_form(page: Page) -> None:
    """Begin with an empty form."""
    page.goto("/desk")
    page.get_by_role("button", name="Begin with an empty form").click()
    page.wait_for_url(re.compile(r"/edit$"))


def settled(page: Page) -> None:
    """Wait until the card shows what stands in the form."""
    expect(page.locator("body.stale")).to_have_count(0)


def test_the_form_while_it_fills(open_as: Callable[..., Page]):
    page = open_as("level-one")
    empty_form(page)
    seems_right(page)
    escalate(page, "Salesforce")
    for fold in (".paste-box", "#conversation", ".technical", ".keys"):
        page.locator(f"{fold} summary").click()
    seems_right(page)
    page.locator(".keys summary").click()
    accept_everything(page)
    write(page, "Signed in with password: hunter2-Winter26!")
    expect(page.locator(".secret .btn-small").first).to_be_visible()
    settled(page)
    seems_right(page)


def test_the_form_that_refuses(open_as: Callable[..., Page]):
    page = open_as("level-one")
    empty_form(page)
    page.locator("#part-business .line-main").last.fill("All of sales")
    page.locator("#part-business .line").first.locator("input[name$='-affected_count']").fill("many")
    expect(page.locator("#saved")).to_contain_text("say a whole number")
    expect(page.locator("#saved.bad")).to_have_count(0)  # not while it is being typed
    page.keyboard.press("Tab")
    expect(page.locator("#saved.bad")).to_be_visible()
    seems_right(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#problems")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    seems_right(page)


def test_the_form_that_changed_elsewhere(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Salesforce")
    other = open_as("level-one")
    other.goto(page.url)
    other.get_by_role("textbox", name="Summary").fill("Salesforce is slow since the weekend")
    expect(other.locator("#saved")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    write(page, "Only in the London office")
    expect(page.locator("#trouble")).to_contain_text("changed in another window")
    seems_right(page)
    page.get_by_role("button", name="Review and send").click()
    expect(page.locator("#trouble")).to_contain_text("changed in another window")
    seems_right(page)


def test_the_form_without_a_server(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Salesforce")
    page.context.clear_cookies(name="sessionid")
    write(page, "Only in the London office")
    expect(page.locator("#logged-out")).to_be_visible()
    seems_right(page)

    page = open_as("level-one")
    escalate(page, "BitLocker")
    go_offline(page)
    write(page, "The recovery key is refused")
    expect(page.locator("#saved")).to_contain_text(KEPT)
    seems_right(page)
    address, context = page.url, page.context
    kill(page)
    other = open_as("level-one")
    other.goto(address)
    other.get_by_role("textbox", name="Summary").fill("BitLocker asks at every start")
    expect(other.locator("#saved")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    settled(other)
    come_back(other)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_text("This browser kept words of yours")).to_be_visible()
    seems_right(again)


def test_the_urgent_lane(open_as: Callable[..., Page]):
    page = open_as("level-one")
    empty_form(page)
    page.get_by_role("button", name="Urgent").click()
    expect(page.locator(".urgent-lane")).to_be_visible()
    seems_right(page)
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#problems")).to_be_focused()
    seems_right(page)


def test_from_the_review_to_the_correction(open_as: Callable[..., Page]):
    page = open_as("level-one")
    escalate(page, "Salesforce")
    accept_everything(page)
    write(page, "Signed in with password: hunter2-Winter26!")
    settled(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/review$"))
    review = page.url
    seems_right(page)
    page.get_by_role("button", name="Send to").click()
    expect(page.locator(".notice-error")).to_be_focused()
    seems_right(page)
    page.get_by_role("link", name="Only ask them").click()
    page.get_by_label("Your question").fill("Is the login of Salesforce known to be slow?")
    seems_right(page)
    page.get_by_role("button", name="Ask").last.click()
    page.wait_for_url(re.compile(r"/consults?/"))
    seems_right(page)
    page.goto(review)
    page.get_by_label("Why does it have to be sent").fill("The password is void already")
    page.get_by_role("button", name="Send to").click()
    page.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+$"))
    seems_right(page)
    expect(page.locator("#status a", has_text="INC")).to_be_visible(timeout=15_000)
    card = open_as("level-two")
    card.goto(f"{page.url}/intake")
    seems_right(card)
    page.reload()
    page.get_by_role("button", name="Correct or add something").click()
    page.wait_for_url(re.compile(r"/amendments?/"))
    seems_right(page)
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#problems")).to_be_focused()
    seems_right(page)
