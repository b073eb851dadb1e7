"""From the log-in to what was corrected after sending, by keyboard alone: every screen of the form."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.by_key import Hands
from tests.journeys.running import ROOT, Running

SENT = re.compile(r"/handoffs/[0-9a-f-]+$")
SCENE = json.loads((ROOT / "fixtures/scene/conversation.json").read_text(encoding="utf-8"))["messages"]
CHAT = "\n\n".join(f"{each['author']}  {each['at'][11:16]}\n{each['text']}" for each in SCENE)
SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.fixture
def hands(browser: Browser, baton: Running) -> Iterator[Hands]:
    """Somebody before the log-in, who has a keyboard and nothing else."""
    context = browser.new_context(
        base_url=baton.url, viewport={"width": 1366, "height": 768}, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/login")
    yield Hands(page)
    context.close()


def log_in(hands: Hands, who: str = "level-one") -> Page:
    """Log in with the practice account."""
    page = hands.page
    hands.go(page.locator(f"form[action$='/{who}'] button"))
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def begin(hands: Hands, subject: str) -> Page:
    """Log in and escalate a ticket from the desk."""
    page = log_in(hands)
    row = page.locator("section", has_text="Open in").locator("tr", has_text=subject).first
    hands.go(row.get_by_role("button", name="Escalate"))
    page.wait_for_url(re.compile(r"/edit$"))
    return page


def begin_from(hands: Hands, words: str) -> Page:
    """Log in and begin with what was copied somewhere else."""
    page = log_in(hands)
    hands.to(page.get_by_label("A chat, a mail, your notes"))
    hands.paste(words)
    hands.go(page.get_by_role("button", name="Begin from this text"))
    page.wait_for_url(re.compile(r"/edit$"))
    return page


def written(page: Page) -> str:
    """What stands in the lines of the facts."""
    lines = page.locator("#part-facts .line-main").evaluate_all("all => all.map(one => one.value)")
    return "\n".join(lines)


def saved(page: Page) -> None:
    """Wait until the card shows what stands in the form."""
    expect(page.locator("body.stale")).to_have_count(0)
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_suggestions_are_accepted_edited_dropped_and_the_card_is_read(hands: Hands):
    page = begin_from(hands, CHAT)
    waiting = page.locator(".line.found:not(.later)")
    before = waiting.count()
    assert before > 4

    hands.to(waiting.first.locator(".line-main"))
    hands.press("Alt+KeyA")
    expect(waiting).to_have_count(before - 1)
    hands.look()
    hands.press("End")
    hands.write(" today")
    expect(waiting).to_have_count(before - 2)
    hands.press("Enter")
    hands.look()
    hands.to(waiting.first.locator(".line-main"))
    hands.press("Alt+KeyD")
    expect(waiting).to_have_count(before - 3)
    hands.look()
    hands.press("Alt+KeyZ")
    expect(waiting).to_have_count(before - 2)
    hands.look()
    hands.press("Alt+Shift+KeyA")
    hands.look()
    for _ in range(6):
        if not page.locator("button.accept-all:visible").count():
            break
        hands.go(page.locator("button.accept-all:visible").first)
        hands.look()
    expect(page.locator("button.accept-all:visible")).to_have_count(0)
    saved(page)

    # From a field of the card to its line, and into its quote.
    hands.go(page.locator(".record .field[data-field=description] .chip").first)
    assert hands.is_on(page.locator("#sheet .line-main"))
    hands.look()
    hands.go(page.locator("#conversation summary"))
    hands.to(page.locator("#conversation ol"))


def test_an_open_question_is_answered_and_the_focus_stays(hands: Hands):
    page = begin_from(hands, CHAT)
    for _ in range(6):
        if not page.locator("button.accept-all:visible").count():
            break
        hands.go(page.locator("button.accept-all:visible").first)
    saved(page)
    expect(page.locator("fieldset.question").first).to_be_visible()
    name = page.locator("fieldset.question").evaluate_all(
        "all => all.map(one => one.querySelectorAll('[type=radio]')).find(some => some.length > 2)[0].name"
    )
    question = page.locator("fieldset.question", has=page.locator(f"[type=radio][name='{name}']"))

    # An arrow passes a choice and does not yet take it.
    hands.to(question.locator(f"input[name='{name}']"))
    hands.press("ArrowDown", "ArrowDown")
    assert hands.is_on(question.locator(f"input[name='{name}']"))
    hands.press("ArrowUp")
    again = page.locator(f"input[name='{name.replace('answer-', 'forget-')}']")
    expect(again).to_be_focused()
    hands.look()

    # The question comes back where it stood, and is answered by a name that was looked up.
    hands.press("Space")
    expect(page.locator(f"input[type=radio][name='{name}']").first).to_be_focused()
    hands.to(question.locator("input[type=search]"))
    hands.write("dash")
    picked = question.locator(".picked input")
    expect(picked.first).to_be_visible()
    hands.look()
    # The names found are choices of the same group, which is one stop: arrows go from one to the next.
    hands.to(page.locator(f"input[type=radio][name='{name}']"), back=True)
    for _ in range(8):
        hands.press("ArrowUp")
        hands.look()
        if hands.is_on(picked):
            break
    expect(again).to_be_focused()
    hands.look()


def test_what_is_private_is_masked_and_the_urgent_lane_is_left_again(hands: Hands):
    page = begin_from(hands, "Salesforce asks for the login again and again since today.")
    hands.to(page.locator("#part-facts .line").last.locator(".line-main"))
    hands.write("Signed in with password: hunter2-Winter26!")
    expect(page.locator(".secret .btn-small").first).to_be_visible()
    saved(page)
    hands.press("Alt+KeyM")
    expect(page.locator(".secret")).to_have_count(0)
    assert "hunter2" not in written(page)
    # The page came anew at the part: the next key goes on from there, and from nowhere above it.
    hands.press("Tab")
    assert page.evaluate("document.activeElement.closest('.part')?.id") == "part-facts"

    hands.to(page.locator("#part-facts .line").last.locator(".line-main"))
    hands.write("The other one is password: hunter3-Winter26!")
    hands.go(page.locator(".secret .btn-small").first)
    expect(page.locator(".secret")).to_have_count(0)

    hands.go(page.get_by_role("button", name="Urgent"))
    expect(page.locator(".urgent-lane")).to_be_visible()
    hands.go(page.get_by_role("button", name="Whole form"))
    expect(page.locator(".urgent-lane")).to_have_count(0)


def test_from_the_press_through_the_recall_to_the_correction(hands: Hands):
    page = begin(hands, "Outlook")
    hands.to(page.get_by_role("textbox", name="Summary"))
    hands.over("Outlook asks for the password again and again")
    hands.to(page.locator("#part-facts .line").last.locator(".line-main"))
    hands.write("Signed in with password: hunter2-Winter26!")
    expect(page.locator(".secret .btn-small").first).to_be_visible()
    saved(page)
    hands.press("Control+Enter")
    page.wait_for_url(re.compile(r"/review$"))
    expect(page.get_by_role("button", name="Send to")).to_be_focused()
    hands.look()
    hands.press("Enter")
    expect(page.locator(".notice-error")).to_be_focused()
    hands.to(page.get_by_label("Why does it have to be sent"))
    hands.write("The password is void already")
    hands.press("Enter")
    page.wait_for_url(SENT)
    hands.go(page.get_by_role("button", name="Call it back"))
    page.wait_for_url(re.compile(r"/edit"))
    hands.press("Control+Enter")
    page.wait_for_url(re.compile(r"/review$"))
    hands.to(page.get_by_label("Why does it have to be sent"))
    hands.write("The password is void already")
    hands.press("Enter")
    page.wait_for_url(SENT)
    expect(page.locator("#status a", has_text="INC")).to_be_visible(timeout=30_000)

    hands.go(page.get_by_role("button", name="Correct or add something"))
    page.wait_for_url(re.compile(r"/amendments?/"))
    hands.to(page.locator("#part-facts .line").last.locator(".line-main"))
    hands.write("A second mailbox has it too")
    saved(page)
    expect(page.locator("#beside .note-text")).to_contain_text("second mailbox")
    hands.look()
    hands.press("Control+Enter")
    expect(page.locator("#problems")).to_be_focused()
    hands.to(page.get_by_label("Why does it have to be sent"))
    hands.write("The password is void already")
    hands.press("Control+Enter")
    page.wait_for_url(lambda url: "/amend" not in url)
    hands.to(page.locator("summary", has_text="1,").first)
    hands.press("Enter")
    expect(page.locator("details[open] .note-text")).to_contain_text("second mailbox")


def test_the_urgent_lane_sends_and_the_start_by_text_begins(hands: Hands):
    page = begin_from(hands, "Label printer in Hall 3 prints blank labels since 9:00")
    hands.go(page.get_by_role("button", name="Urgent"))
    expect(page.locator(".urgent-lane")).to_be_visible()
    hands.to(page.get_by_role("textbox", name="Summary"))
    hands.over("Label printer in Hall 3 prints blank labels")
    hands.to(page.get_by_role("textbox", name="What I need back"))
    hands.over("Make it print again")
    hands.to(page.locator("#part-business .line-main").last)
    hands.write("All of shipping since nine")
    saved(page)
    hands.press("Control+Enter")
    page.wait_for_url(SENT)
    expect(page.locator("#timeline")).to_contain_text("confirmed it; queued for ServiceNow")
