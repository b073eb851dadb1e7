"""Every page of the way back, in its states, has nothing for axe-core to find and fits a narrow window."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.journeys.running import Running
from tests.journeys.seeing import seems_right
from tests.journeys.test_scene import NOTE, accept_everything, escalate, send, write_in_servicenow

SOON = 30_000  # ms
PURPOSES = ("accept", "read-back", "ask", "return")


def delivered(lena: Page) -> str:
    """Send the scene; returns the address of its record in the receiver's tool."""
    escalate(lena)
    accept_everything(lena)
    send(lena)
    record = lena.locator("#status a", has_text="INC")
    expect(record).to_be_visible(timeout=SOON)
    return str(record.get_attribute("href"))


def unfold(page: Page) -> None:
    """Lay open whatever is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")


def test_the_timeline_what_is_told_the_capsule_and_the_notices(
    open_as: Callable[..., Page], browser: Browser
):
    lena, tomas = open_as("level-one"), open_as("level-two")
    incident = delivered(lena)
    handoff = lena.url
    tomas.goto(f"{handoff}/intake")
    tomas.locator("#read-back").fill("Let the dashboard load before the close")
    tomas.get_by_role("button", name="Accept").click()
    tomas.locator("#question").fill("Which colleagues see the dashboard?")
    tomas.get_by_role("button", name="Ask", exact=True).click()
    agent = browser.new_page()
    write_in_servicenow(agent, incident, work_notes=NOTE)
    agent.close()
    expect(lena.locator("#timeline")).to_contain_text(NOTE, timeout=SOON)
    unfold(lena)
    seems_right(lena)
    lena.goto(f"{handoff}?tool=servicenow")
    seems_right(lena)
    lena.goto(handoff)
    lena.get_by_role("link", name=re.compile("Send to the user")).first.click()
    seems_right(lena)
    for address in ("/capsule", "/capsule?for=vendor"):
        lena.goto(f"{handoff}{address}")
        seems_right(lena)
    lena.goto("/notices")
    expect(lena.locator("main")).to_contain_text("asked back")
    seems_right(lena)
    lena.goto("/notices/settings")
    seems_right(lena)
    tomas.goto(f"{handoff}/intake")
    unfold(tomas)
    seems_right(tomas)
    tomas.goto("/queue?words=dashboard")
    seems_right(tomas)
    tomas.goto(f"{handoff}/intake")
    tomas.locator("summary", has_text="Resolve").click()
    tomas.get_by_role("button", name="Resolve", exact=True).click()
    unfold(tomas)
    seems_right(tomas)
    lena.goto(handoff)
    unfold(lena)
    seems_right(lena)


def test_the_pages_behind_the_links(open_as: Callable[..., Page], browser: Browser, baton: Running):
    lena = open_as("level-one")
    incident = delivered(lena)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
    agent = context.new_page()
    links: dict[str, str] = {}
    for _ in range(30):
        agent.goto(incident)
        for purpose in PURPOSES:
            found = agent.locator(f"a[href*='/r/{purpose}/']")
            if found.count():
                links[purpose] = str(found.first.get_attribute("href"))
        if len(links) == len(PURPOSES):
            break
        agent.wait_for_timeout(500)
    for purpose in PURPOSES:
        agent.goto(links[purpose])
        unfold(agent)
        seems_right(agent)
    agent.goto(links["ask"])
    agent.locator("#question").fill(" ")
    agent.get_by_role("button", name="Ask").click()
    expect(agent.locator("main")).to_contain_text("Write the question first.")
    seems_right(agent)
    agent.goto(links["accept"])
    agent.locator("#read-back").fill("Let it load")
    agent.get_by_role("button", name="Accept").click()
    expect(agent.locator("h1")).to_have_text("Thank you")
    seems_right(agent)
    for address in (links["accept"], f"{baton.url}/r/accept/guessed"):
        agent.goto(address)
        seems_right(agent)
    context.close()


def test_on_paper_there_is_the_whole_case_and_nothing_to_press(open_as: Callable[..., Page]):
    lena, tomas = open_as("level-one"), open_as("level-two")
    delivered(lena)
    for page, address in ((tomas, f"{lena.url}/intake"), (lena, f"{lena.url}/capsule")):
        page.goto(address)
        page.emulate_media(media="print")
        shown = page.locator("button:visible, input:visible, nav:visible")
        assert shown.all_inner_texts() == []
        expect(page.get_by_text("Cleared cache").first).to_be_visible()
    # What is folded on the screen is laid open on paper.
    tomas.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(tomas.locator("#everything .quote").first).to_be_visible()
