"""What the receiver looks at has nothing for axe-core to find, and fits."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.seeing import seems_right
from tests.journeys.test_scene import accept_everything, escalate, send

SOON = 30_000  # ms


def test_the_queue_and_the_card(open_as: Callable[..., Page]):
    lena, tomas = open_as("level-one"), open_as("level-two")
    escalate(lena)
    accept_everything(lena)
    send(lena)
    delivered = lena.locator("#status a", has_text="INC")
    expect(delivered).to_be_visible(timeout=SOON)
    handoff = lena.url

    tomas.goto("/queue")
    expect(tomas.locator(f"#waits-{handoff.rpartition('/')[2]}")).to_be_visible(timeout=SOON)
    seems_right(tomas)
    tomas.goto(f"{handoff}/intake")
    tomas.keyboard.press("e")
    expect(tomas.locator("#everything")).to_have_attribute("open", "")
    expect(tomas.locator("#everything .quote").first).to_be_visible()
    tomas.locator("summary", has_text="Return").click()
    seems_right(tomas)


def test_a_question_asked_first(open_as: Callable[..., Page]):
    lena, tomas = open_as("level-one"), open_as("level-two")
    escalate(lena)
    lena.goto(re.sub(r"/edit.*$", "/consult", lena.url))
    seems_right(lena)
    lena.locator("#question").fill("Is this yours?")
    lena.get_by_role("button", name="Ask", exact=True).click()
    lena.wait_for_url(re.compile(r"/consults/\d+$"))
    seems_right(lena)
    tomas.goto("/queue")
    tomas.locator(".consults a.title", has_text="Is this yours?").first.click()
    tomas.wait_for_url(re.compile(r"/consults/\d+$"))
    seems_right(tomas)
