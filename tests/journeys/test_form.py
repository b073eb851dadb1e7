"""The form by keyboard alone, without script, and over two windows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_scene import accept_everything, escalate, send


def test_a_handoff_is_written_and_sent_by_keyboard_alone(open_as):
    page = open_as("level-one")
    escalate(page, "VPN")

    page.locator("#part-facts .line-main").last.focus()
    page.keyboard.type("VPN drops every ten minutes")
    page.keyboard.press("Enter")
    page.keyboard.type("Other users are fine")
    page.keyboard.press("Alt+2")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    lines = page.locator("#part-facts .line:not(.found) .line-main")
    said = [value for value in lines.evaluate_all("all => all.map(one => one.value)") if value]
    assert said == ["Other users are fine", "VPN drops every ten minutes"]

    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/review$"))
    expect(page.get_by_role("button", name="Send to")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+$"))
    expect(page.locator("#status a", has_text="INC")).to_be_visible(timeout=15_000)


def test_the_form_posts_and_sends_with_script_switched_off(open_as):
    page = open_as("level-one", java_script_enabled=False)
    page.goto("/desk")
    page.get_by_label("A chat, a mail, your notes").fill(
        "Label printer in Hall 3 prints blank labels since 9:00"
    )
    page.get_by_role("button", name="Begin from this text").click()
    page.wait_for_url(re.compile(r"/edit$"))

    page.get_by_role("textbox", name="Summary").fill("Label printer in Hall 3 prints blank labels")
    page.get_by_role("textbox", name="What I need back").fill("Make it print again")
    page.locator("#part-facts .line-main").last.fill("Test page from the device is fine")
    page.locator("#part-facts button[value='add:facts']").click()
    page.wait_for_url(re.compile(r"#part-facts$"))
    expect(page.locator("#part-facts .line-main", has_text="Test page")).to_have_count(1)
    # By key: a page that still jumps to its part moves the button away from under the pointer.
    page.get_by_role("button", name="Review and send").press("Enter")
    page.wait_for_url(re.compile(r"/review$"))
    expect(page.locator("main")).to_contain_text("Test page from the device is fine")
    page.get_by_role("button", name="Send to").click()
    page.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+$"))

    expect(page.locator("#timeline")).to_contain_text("confirmed it; queued for ServiceNow")


def test_what_was_typed_is_there_after_the_window_was_closed(open_as):
    page = open_as("level-one")
    escalate(page, "Outlook")
    page.locator("#part-facts .line-main").last.fill("Certificate expired on Sunday")
    expect(page.locator("#beside")).to_contain_text("Certificate expired on Sunday", timeout=5_000)
    address = page.url
    page.close()

    again = open_as("level-one")
    again.goto(address)

    expect(again.locator("#part-facts")).to_contain_text("Certificate expired on Sunday")


def test_the_second_window_is_told_and_nothing_is_overwritten(open_as):
    first = open_as("level-one")
    escalate(first, "Citrix")
    second = open_as("level-one")
    second.goto(first.url)
    first.get_by_role("textbox", name="Summary").fill("Citrix log on takes seven minutes")
    expect(first.locator("#beside")).to_contain_text("Citrix log on takes seven minutes", timeout=5_000)

    second.get_by_role("textbox", name="Summary").fill("Citrix is slow")

    expect(second.locator("#trouble")).to_contain_text("changed in another window", timeout=5_000)
    first.reload()
    expect(first.get_by_role("textbox", name="Summary")).to_have_value("Citrix log on takes seven minutes")


def test_a_field_leads_to_each_of_its_lines_and_the_next_receivers_record_follows(open_as):
    page = open_as("level-one")
    escalate(page, "Finance dashboard")
    page.locator("#part-facts .line-main").first.focus()
    page.keyboard.press("Alt+Shift+KeyA")
    expect(page.locator("#part-facts .line.found:not(.later)")).to_have_count(0)
    accept_everything(page)
    expect(page.locator("body.stale")).to_have_count(0)

    field = page.locator(".record .field[data-field=description] .value")
    said = []
    for _ in range(2):
        field.click()
        said.append(page.evaluate("document.activeElement.value"))
    expect(page.locator("#saved")).to_contain_text("Line 2 of")
    assert said[0] != said[1]

    page.get_by_role("button", name="then Platform Engineering").click()
    expect(page.locator(".record-jira")).to_be_visible()
    page.locator("#part-facts .line-main").last.fill("Only behind the gateway")
    expect(page.locator(".record-jira")).to_contain_text("Only behind the gateway", timeout=5_000)
    expect(page.locator("#told")).to_contain_text("worth a look")
    page.get_by_role("button", name="Infrastructure Operations", exact=True).click()
    expect(page.locator(".record-servicenow")).to_contain_text("Only behind the gateway", timeout=5_000)


@pytest.mark.parametrize("width", [320, 683, 1366])
def test_a_label_is_never_hidden_behind_its_field(open_as: Callable[..., Page], width: int):
    page = open_as("level-one", viewport={"width": width, "height": 768})
    page.goto("/desk")
    page.get_by_role("button", name="Begin with an empty form").click()
    page.wait_for_url(re.compile(r"/edit$"))
    for name in ("summary", "ask"):
        page.locator(f"#id_{name}").focus()
        expect(page.locator(f"#id_{name}-hint")).to_be_visible()
        label, field = (
            page.locator(f"label[for=id_{name}]").bounding_box(),
            page.locator(f"#id_{name}").bounding_box(),
        )
        assert label
        assert field
        beside, above = (
            label["x"] + label["width"] <= field["x"],
            label["y"] + label["height"] <= field["y"] + 1,
        )
        assert beside or above
        assert label["width"] >= 40


def test_sending_takes_no_longer_than_promised(open_as):
    page = open_as("level-one")
    escalate(page, "Outlook")
    accept_everything(page)

    assert send(page) < 2
