"""Three lines and a screenshot leave at once, are called back, leave again, and are completed afterwards."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.seeing import findings, no_sideways_scroll
from tests.journeys.test_scene import escalate

LOG = b"2026-11-23 08:02:11 ERROR upstream finance-dash timed out\npassword: hunter2-Winter26!\n"


SHIPPED_S = 3  # what the practice world gives


@pytest.fixture
def forty_seconds(open_as) -> Iterator[None]:
    """The owner gives more time to call something back; the other stories have the usual time again."""
    owner = open_as("owner")
    call_back_for(owner, 40)
    yield
    call_back_for(owner, SHIPPED_S)


def call_back_for(page: Page, seconds: int) -> None:
    """The owner says on the route's page how long something can be called back."""
    page.goto("/connections")
    page.get_by_role("link", name=re.compile("Service Desk → Infrastructure Operations")).first.click()
    page.get_by_label("Seconds in which it can be called back").fill(str(seconds))
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_label("Seconds in which it can be called back")).to_have_value(str(seconds))


def picture() -> bytes:
    """A screenshot."""
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.usefixtures("forty_seconds")
def test_an_urgent_case_leaves_comes_back_and_is_completed(open_as):
    page = open_as("level-one")
    escalate(page, "Payroll")
    page.locator("#files-input").set_input_files(
        [
            {"name": "screen.png", "mimeType": "image/png", "buffer": picture()},
            {"name": "gw.log", "mimeType": "text/plain", "buffer": LOG},
        ]
    )
    expect(page.locator("#files li")).to_have_count(2)
    expect(page.locator("#files")).to_contain_text("taken out")
    expect(page.locator("#part-diagnostics")).to_contain_text("gw.log")

    page.get_by_role("button", name="Urgent").click()
    expect(page.locator(".urgent-lane")).to_contain_text("three lines")
    page.get_by_role("textbox", name="Summary").fill("Payroll file is rejected")
    page.get_by_role("textbox", name="What I need back").fill("Get the file accepted before noon")
    page.locator("#part-business .line-main").last.fill("All 340 employees, since 8:00")
    expect(page.locator("body.stale")).to_have_count(0)
    assert findings(page) == []
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+$"))

    box = page.locator("#leaving")
    expect(box).to_contain_text("It leaves in")
    first = int(box.locator("[data-left]").inner_text())
    expect(box.locator("[data-left]")).not_to_have_text(str(first), timeout=3_000)
    assert findings(page) == []
    page.get_by_role("button", name="Call it back").click()
    page.wait_for_url(re.compile(r"/edit$"))
    expect(page.get_by_role("textbox", name="Summary")).to_have_value("Payroll file is rejected")
    expect(page.locator("#files li")).to_have_count(2)

    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+$"))
    page.get_by_role("button", name="Let it go now").click()
    expect(page.locator("#status a", has_text="INC")).to_be_visible(timeout=15_000)
    expect(page.locator("#timeline")).to_contain_text("File screen.png added to ServiceNow", timeout=15_000)

    page.get_by_role("button", name="Fill in the rest").click()
    page.wait_for_url(re.compile(r"/amendments/1$"))
    page.locator("#part-facts .line-main").last.fill("Last month's file was accepted")
    expect(page.locator("#beside")).to_contain_text("+ Last month's file was accepted", timeout=5_000)
    expect(page.locator("body.stale")).to_have_count(0)
    assert findings(page) == []
    assert no_sideways_scroll(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+$"))
    expect(page.locator("#timeline")).to_contain_text("sent a supplement 1")
    expect(page.locator("#timeline")).to_contain_text("Last month's file was accepted")


def test_a_screenshot_is_pasted_and_becomes_evidence_of_the_line(open_as):
    page = open_as("level-one", viewport={"width": 320, "height": 768})
    escalate(page, "Citrix")
    lines = page.locator("#part-facts .line-main")
    line = lines.nth(lines.count() - 1)  # and not ".last": typing adds another one below
    line.fill("Log on takes seven minutes")
    line.evaluate(
        """async (field, bytes) => {
            const file = new File([new Uint8Array(bytes)], "image.png", {type: "image/png"});
            const given = new DataTransfer();
            given.items.add(file);
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: given, bubbles: true}));
        }""",
        list(picture()),
    )

    row = page.locator("#files li")
    expect(row).to_have_count(1)
    expect(row.locator("select option:checked")).to_have_text(re.compile(r"^F\d+$"))
    assert no_sideways_scroll(page)
    row.get_by_role("button", name="Remove the file").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
