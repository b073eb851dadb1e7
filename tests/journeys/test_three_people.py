"""Three people at once, over two hops: a question back, a return, a reopening, and no word twice.

Somebody without an account answers too, by a link in the record of the tool.
"""

import re
import time
from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from escalation.upkeep.trial import WORDS as OWNERS_CHECK
from tests.journeys.running import Running
from tests.journeys.test_scene import NOTE, SENTENCE, accept_everything, escalate, send, source_number

SOON = 15_000  # ms
QUESTION, ANSWER = "Does it fail in a private window too?", "Yes, in a private window and on her phone"
RETURNED, REOPENED = "Say which tenant it is", "The tenant is acme-finance-eu"
SAID_BACK = "The allowed origins go back before the close"
READ_BACK = "Restore the origin for finance-dash before the close"
CAUSE, FIX = "Release 2.4.1 drops the allowed origins", "Release 2.4.2 keeps them"
NOT_FIXED = "Priya sees the same error since 15:10"


def take_in(page: Page, handoff: str) -> None:
    """Open the intake card from the queue, where the handoff has come by itself."""
    row = page.locator(f"#waits-{handoff.rpartition('/')[2]}")
    expect(row).to_be_visible(timeout=SOON)
    row.locator("a.title").click()
    page.wait_for_url(re.compile(r"/intake$"))


def answers_on_one_screen(page: Page) -> None:
    """The six answers of FEATURES U26 stand on the first screen at 1366 × 768, unscrolled."""
    for block in ("ask", "belief", "proven", "tried", "impact", "deadline", "reach"):
        box = page.locator(f"section[aria-labelledby={block}]").bounding_box()
        assert box is not None, block
        assert box["y"] + box["height"] <= 768, f"{block} ends at {box['y'] + box['height']}"


def both_see(words: str, *pages: Page) -> None:
    """The open pages show the words without a reload."""
    for page in pages:
        expect(page.locator("#news")).to_contain_text(words, timeout=SOON)


def once_in(page: Page, address: str, words: str) -> None:
    """The tool's record comes to hold the words, and holds them once."""
    until = time.monotonic() + SOON / 1000
    while True:
        page.goto(address)
        held = page.locator("main").inner_text().count(words)
        if held or time.monotonic() > until:
            break
        page.wait_for_timeout(500)
    assert held == 1, f"{address} holds “{words}” {held} times"


def ask_and_answer(queue: Page, lena: Page, tomas: Page) -> None:
    """A question back: ownership stays, the answer returns."""
    queue.locator("#question").fill(QUESTION)
    queue.get_by_role("button", name="Ask", exact=True).click()
    both_see(QUESTION, lena, tomas)
    lena.get_by_label(f"Your answer to: {QUESTION}").fill(ANSWER)
    lena.get_by_role("button", name="Answer", exact=True).click()
    both_see(ANSWER, tomas)


def return_and_send_back(queue: Page, lena: Page, tomas: Page) -> None:
    """A return with a coded reason, and back again with what was missing."""
    queue.reload()
    queue.locator("summary", has_text="Return").click()
    queue.get_by_label("Something we need is missing").check(force=True)
    queue.locator("#words").fill(RETURNED)
    queue.get_by_role("button", name="Return to Service Desk").click()
    both_see(RETURNED, lena, tomas)
    lena.get_by_label("Returned. Anything new?").fill(REOPENED)
    lena.get_by_role("button", name="Open it again").click()
    both_see(REOPENED, tomas)


def answer_by_link(agent: Page, incident: str, *open_pages: Page) -> None:
    """Whoever reads the incident says the ask back without an account; the link is good for one answer."""
    agent.goto(incident)
    link = str(agent.locator("a[href*='/r/read-back/']").get_attribute("href"))
    agent.goto(link)
    agent.locator("#read-back").fill(SAID_BACK)
    agent.get_by_role("button", name="Say it back").click()
    expect(agent.locator("h1")).to_have_text("Thank you")
    both_see(SAID_BACK, *open_pages)
    both_see("Somebody at ServiceNow said the ask back", *open_pages)
    answer = agent.goto(link)
    assert answer is not None
    assert answer.status == 410


def each_line_once(*pages: Page) -> None:
    """An open page holds every line of its timeline, each once, the newest first, as a fresh page does."""
    numbers = "lines => lines.map(line => Number(line.id.replace('line-', '')))"
    for page in pages:
        live = page.locator("#timeline > li").evaluate_all(numbers)
        assert live == list(range(len(live), 0, -1)), page.url
        # As a stream sends it that broke off before a poll drew it.
        page.evaluate(
            "document.querySelector('#timeline').prepend(document.querySelector('#line-3').cloneNode(true))"
        )
        assert page.locator("#timeline > li").evaluate_all(numbers) == live, page.url
        page.reload()
        assert page.locator("#timeline > li").evaluate_all(numbers) == live, page.url


def said_in(page: Page, address: str) -> Counter[str]:
    """What stands in the tool's record, and how many entries say each."""
    page.goto(address)
    texts = page.locator(".said :is(.text, .document)").all_inner_texts()
    return Counter(each for each in texts if not each.startswith(OWNERS_CHECK))  # which an owner sends


def nothing_twice(page: Page, address: str, before: Counter[str]) -> None:
    """No two entries of the tool's record that came since then say the same."""
    came = said_in(page, address) - before
    assert came
    assert max(came.values()) == 1, came


def take_on(queue: Page, lena: Page, tomas: Page, agent: Page, incident: str) -> None:
    """Accepted with a read-back; a note in the tool itself comes back with its sayable line."""
    queue.reload()
    queue.get_by_label("Read the ask back").fill(READ_BACK)
    queue.get_by_role("button", name="Accept").click()
    both_see(READ_BACK, lena, tomas)
    agent.goto(incident)
    agent.locator("#work_notes").fill(NOTE)
    agent.get_by_role("button", name="Update").first.click()
    both_see(SENTENCE, lena, tomas)


def hand_further(queue: Page) -> str:
    """The second hop inherits everything; its issue's address."""
    queue.reload()
    queue.get_by_role("button", name="Escalate to Platform Engineering").click()
    queue.wait_for_url(re.compile(r"/edit$"))
    accept_everything(queue)
    send(queue)
    expect(queue.locator("#status a", has_text="PLAT-")).to_be_visible(timeout=SOON)
    return str(queue.locator("#status a", has_text="PLAT-").get_attribute("href"))


def resolve(page: Page, *, cause: str = "", fix: str = "") -> None:
    """End it on the intake card."""
    page.locator("summary", has_text="Resolve").click()
    page.locator("#cause").first.fill(cause)
    page.locator("#fix").first.fill(fix)
    page.locator(".acts-bar").get_by_role("button", name="Resolve", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Resolved.")


def test_all_see_it_live_and_each_tool_holds_each_word_once(
    open_as: Callable[..., Page], browser: Browser, baton: Running
):
    lena, queue = open_as("level-one"), open_as("level-two")
    queue.goto("/queue")
    escalate(lena)
    accept_everything(lena)
    send(lena)
    first, agent = lena.url, browser.new_page()
    source = f"{baton.zendesk}/agent/tickets/{source_number(lena)}"
    before = {source: said_in(agent, source)}  # other stories have begun at this ticket too
    delivered = lena.locator("#status a", has_text="INC")
    expect(delivered).to_be_visible(timeout=SOON)
    incident = str(delivered.get_attribute("href"))
    take_in(queue, first)
    answers_on_one_screen(queue)
    tomas = open_as("level-two")  # the timeline beside the card
    tomas.goto(first)
    ask_and_answer(queue, lena, tomas)
    answer_by_link(agent, incident, lena, tomas)
    return_and_send_back(queue, lena, tomas)
    take_on(queue, lena, tomas, agent, incident)
    issue = hand_further(queue)

    # Engineering's fix, said in Baton, comes back to everybody.
    mei = open_as("level-three")
    mei.goto(f"{queue.url}/intake")
    resolve(mei, cause=CAUSE, fix=FIX)
    both_see(FIX, lena, tomas, queue)
    card = open_as("level-two")
    card.goto(f"{first}/intake")
    resolve(card)

    # The desk says that it does not hold, and both tiers have it again.
    expect(lena.get_by_label("Not fixed?")).to_be_visible(timeout=SOON)
    lena.get_by_label("Not fixed?").fill(NOT_FIXED)
    lena.get_by_role("button", name="Open it again").click()
    both_see(NOT_FIXED, lena, tomas, queue)

    held = {
        source: (QUESTION, FIX),
        incident: (ANSWER, RETURNED, REOPENED, NOTE, FIX, NOT_FIXED),
        issue: (FIX, NOT_FIXED),
    }
    for _look in range(2):  # the second time everything that was owed has long arrived
        for address, words in held.items():
            for each in words:
                once_in(agent, address, each)
            nothing_twice(agent, address, before.get(address, Counter()))
    each_line_once(lena, tomas, queue)
    agent.close()
