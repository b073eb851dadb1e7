"""The plan's first scene, as three people live it: one ticket, from the dashboard to the sayable line."""

import re
import time

from playwright.sync_api import Page, expect

from tests.journeys.running import Running

SUBJECT = "Finance dashboard"
NOTE = (
    "Identified misconfigured CORS policy on API gateway, "
    "coordinating with infrastructure for emergency change approval"
)
SENTENCE = "We've found the configuration causing the problem"


def escalate(page: Page, subject: str = SUBJECT) -> None:
    """Press Escalate on the ticket in the list of open ones."""
    page.goto("/desk")
    row = page.locator("section", has_text="Open in").locator("tr", has_text=subject).first
    row.get_by_role("button", name="Escalate").click()
    page.wait_for_url(re.compile(r"/edit$"))


def accept_everything(page: Page) -> None:
    """Accept part after part, as one who has read them."""
    buttons = page.locator("button.accept-all:visible")
    for _ in range(6):
        if not buttons.count():
            break
        buttons.first.click()
    expect(buttons).to_have_count(0)


def send(page: Page) -> float:
    """Review and send; return the seconds until the handoff's page was there."""
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/review$"))
    pressed = time.monotonic()
    page.get_by_role("button", name="Send to").click()
    page.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+$"))
    return time.monotonic() - pressed


def write_in_servicenow(page: Page, address: str, **fields: str) -> None:
    """Do as the agent does: open the incident, write, update."""
    page.goto(address)
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        if name in {"state", "hold_reason", "close_code"}:
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Update").first.click()
    page.wait_for_load_state()


def test_what_is_known_survives_the_boundary(open_as, browser, baton: Running):
    lena = open_as("level-one")
    escalate(lena)
    accept_everything(lena)

    card = lena.locator("#beside")
    expect(card).to_contain_text("Finance API Gateway")
    expect(card).to_contain_text("finance-dash.example.com is in its record")
    expect(card).to_contain_text("CHG0030187")
    expect(card).to_contain_text("UNPROVEN", ignore_case=True)

    waited = send(lena)
    assert waited < 2, f"the handoff's page took {waited:.2f} s"
    delivered = lena.locator("#status a", has_text="INC")
    expect(delivered).to_be_visible(timeout=15_000)

    agent = browser.new_page()
    write_in_servicenow(agent, delivered.get_attribute("href"), work_notes=NOTE)
    line = lena.locator("#timeline li", has_text=NOTE)
    expect(line).to_be_visible(timeout=10_000)
    expect(line).to_contain_text(SENTENCE)

    ticket = browser.new_page()
    ticket.goto(f"{baton.zendesk}/agent/tickets/{source_number(lena)}")
    notes = ticket.locator("li.internal", has_text=SENTENCE)
    earlier = notes.count()
    line.get_by_role("button", name="Add to the").click()
    expect(lena.locator("#timeline")).to_contain_text("Added to Zendesk", timeout=15_000)
    ticket.reload()
    expect(notes).to_have_count(earlier + 1)

    tomas = open_as("level-two")
    tomas.goto(f"{lena.url}/intake")
    expect(tomas.locator(".intake-ask")).to_be_visible()
    expect(tomas.locator("article")).to_contain_text("UNPROVEN")
    tomas.get_by_label("Read the ask back").fill("Make the finance dashboard load again before the close")
    tomas.get_by_role("button", name="Accept").click()
    expect(lena.locator("#status")).to_contain_text("Make the finance dashboard load again", timeout=10_000)
    tomas.goto(f"{lena.url}/intake")
    tomas.get_by_role("button", name="Start diagnosing").click()
    expect(lena.locator("#timeline")).to_contain_text("started diagnosing", timeout=10_000)

    write_in_servicenow(
        agent, agent.url, state="6", close_code="Solution provided", close_notes="Policy restored"
    )
    expect(lena.locator("#timeline")).to_contain_text("Resolved", timeout=10_000)
    agent.close()
    ticket.close()


def source_number(page: Page) -> str:
    """The ticket's number, as the handoff's page shows it."""
    found = re.search(r"#(\d+)", page.locator(".page-head .meta").inner_text())
    assert found
    return found[1]
