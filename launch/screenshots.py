"""How does Baton look today? Plays the start of the scene in a browser and keeps the README's two pictures.

It starts a Baton of its own, with data that are thrown away, and presses what a technician would press.
"""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from launch.aside import a_baton
from launch.chromium import FLAGS, find
from launch.programs import ROOT

FOLDER = ROOT / "docs" / "screenshots"
SUBJECT = "Finance dashboard"
NOTE = (
    "Identified misconfigured CORS policy on API gateway, "
    "coordinating with infrastructure for emergency change approval"
)


def main() -> None:
    """Write form.png and timeline.png."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        a_baton(Path(data)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        window: ViewportSize = {"width": 1366, "height": 1000}
        page = browser.new_page(base_url=address, viewport=window)
        _fill_the_form(page)
        page.screenshot(path=FOLDER / "form.png")
        _send(page)
        agent = browser.new_page()
        _write_a_note(agent, page.locator("#status a", has_text="INC").get_attribute("href") or "")
        page.locator("#timeline li", has_text=NOTE).wait_for()
        page.screenshot(path=FOLDER / "timeline.png")
        browser.close()


def _fill_the_form(page: Page) -> None:
    page.goto("/login")
    page.get_by_role("button", name="Level One").click()
    page.wait_for_url(re.compile(r"/desk$"))
    page.locator("tr", has_text=SUBJECT).first.get_by_role("button", name="Escalate").click()
    page.wait_for_url(re.compile(r"/edit$"))
    accept = page.locator("button.accept-all:visible")
    while accept.count():
        accept.first.click()
        page.wait_for_timeout(300)
    page.locator("#beside", has_text="Finance API Gateway").wait_for()
    page.evaluate("window.scrollTo(0, 0)")


def _send(page: Page) -> None:
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/review$"))
    page.get_by_role("button", name="Send to").click()
    page.locator("#status a", has_text="INC").wait_for()


def _write_a_note(page: Page, incident: str) -> None:
    page.goto(incident)
    page.locator("[name=work_notes]").fill(NOTE)
    page.get_by_role("button", name="Update").first.click()
    page.wait_for_load_state()


if __name__ == "__main__":
    main()
