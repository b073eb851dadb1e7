"""A line and a capsule are copied with one press; what the user was told is noted, or said not to be."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.test_scene import accept_everything, escalate, send

SOON = 15_000  # ms
QUESTION = "Does it fail on her phone too?"  # no other story asks it about this ticket
KEEP = "document.addEventListener('copy', () => { window.taken = String(getSelection()); });"
# As a browser has it whose page came without HTTPS.
WITHOUT_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"


def test_copying_works_without_https_and_says_when_it_was_not_noted(open_as: Callable[..., Page]):
    lena, tomas = open_as("level-one"), open_as("level-two")
    escalate(lena)
    accept_everything(lena)
    send(lena)
    expect(lena.locator("#status a", has_text="INC")).to_be_visible(timeout=2 * SOON)
    tomas.goto(f"{lena.url}/intake")
    tomas.locator("#question").fill(QUESTION)
    tomas.get_by_role("button", name="Ask", exact=True).click()
    lena.add_init_script(KEEP + WITHOUT_CLIPBOARD)
    lena.reload()
    line = lena.locator("#timeline > li", has_text=QUESTION).first
    said = line.locator(".say").inner_text()

    lena.route("**/told", lambda route: route.fulfill(status=503))
    line.get_by_role("button", name="Copy for the user").click()
    expect(line.get_by_role("button", name="Copied, but not noted here")).to_be_visible()
    expect(lena.locator(".told")).to_have_count(0)

    lena.unroute("**/told")
    lena.reload()
    line.get_by_role("button", name="Copy for the user").click()
    expect(line.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    assert lena.evaluate("window.taken") == said
    expect(lena.locator(".told")).to_contain_text(said, timeout=SOON)

    summary = lena.locator("h1").inner_text()
    lena.get_by_role("link", name="Capsule").click()
    lena.get_by_role("button", name="Copy", exact=True).click()
    expect(lena.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    assert summary in lena.evaluate("window.taken")
