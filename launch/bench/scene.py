"""What does a technician do in the scene, press by press, on the shipped pages?

Each story works the page as somebody would who has done it before and makes no mistakes, which is what the
model speaks of, and returns the effort. The story ends where the handoff is sent or the answer is given.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from launch.bench.hand import Effort, Hand

SUBJECT = "Finance dashboard"
ASK = "Find what changed on the API gateway and restore the dashboard before tomorrow's close"
# Words the technician rules out while reading: said, but nothing the receiver could use where it landed.
NOT_FOR_THE_RECEIVER = ("I got in here on Friday", "Went through it with her", "Needs L2")
CONSOLE = (
    "Access to fetch at 'https://finance-dash.example.com/api/v1/close/summary' from origin "
    "'https://portal.example.com' has been blocked by CORS policy"
)
SENT = re.compile(r"/handoffs/[0-9a-f-]+$")
EDIT, REVIEW = re.compile(r"/edit$"), re.compile(r"/review$")


def prefilled(page: Page) -> Effort:
    """From the ticket in the list to the sent handoff; everything Baton suggests is read."""
    hand = Hand(page)
    row = page.locator("section", has_text="Open in").locator("tr", has_text=SUBJECT).first
    row.wait_for()
    hand.click(row.get_by_role("button", name="Escalate"))
    with hand.waiting():
        page.wait_for_url(EDIT)
    _read_suggestions(hand)
    for words in NOT_FOR_THE_RECEIVER:
        line = page.locator(".line.found").filter(has=page.locator(".quote", has_text=words))
        if line.count() and line.first.is_visible():
            hand.click(line.first.locator("button.drop"))
    hand.click(page.locator("#id_ask"))
    hand.press("Control+A", decided=False)
    hand.write(ASK)
    first = page.locator("button.accept-all:visible").first
    hand.click(first)
    while page.locator("button.accept-all:visible").count():
        hand.press("Enter")  # the focus goes on to the next part's
    _look_at_the_record(hand)
    return _sent(hand)


def empty(page: Page) -> Effort:
    """From an empty form to the sent handoff, all of it typed; one thing is pasted from the console."""
    hand = Hand(page)
    hand.click(page.get_by_role("button", name="Begin with an empty form"))
    with hand.waiting():
        page.wait_for_url(EDIT)
    for words in (
        "Finance dashboard stays white since this morning",
        "Find the gateway change and undo it before the close",
    ):
        hand.write(words)
        hand.press("Enter", decided=False)
    for words in ("account active, in FIN group", "Chrome 131, supported", "Workday and Concur fine"):
        hand.write(words)
        hand.press("Enter", decided=False)
    hand.press("Enter", decided=False)  # an empty line leads to the next part
    hand.write("browser console")
    hand.press("Tab", decided=False)
    hand.paste(CONSOLE)
    hand.press("Tab", decided=False)
    hand.write("FDX-4031", composed=False)
    _on(hand)
    hand.write("cleared cache, private window")
    hand.press("Alt+1")  # no change
    _on(hand)
    hand.write("the weekend's infrastructure change broke CORS")
    _on(hand)
    hand.write("finance team, six people")
    hand.press("Alt+1")  # impact: high
    _to(hand, "deadline")
    hand.write("tomorrow 9:00")
    _on(hand)
    hand.write("8-5 Eastern, prefers Slack")
    _look_at_the_record(hand)
    return _sent(hand)


def accept_with_read_back(page: Page) -> Effort:
    """On the intake card: the ask read back in one line; the key that leads there stands beside it."""
    hand = Hand(page)
    hand.press("a")
    hand.write("Undo gateway change before close")
    return _answered(hand, lambda: hand.press("Enter", decided=False))


def ask_back(page: Page) -> Effort:
    """On the intake card: a question about one item; the handoff stays where it is."""
    hand = Hand(page)
    hand.click(page.locator("details.fold > summary"))
    hand.click(page.get_by_role("link", name="Ask back").first)
    with hand.waiting():
        page.wait_for_url(re.compile(r"about="))
    if page.evaluate("document.activeElement.id") != "question":
        hand.click(page.locator("#question"), decided=False)
    hand.write("Does it fail outside the office?")
    return _answered(hand, lambda: hand.press("Enter", decided=False))


def bounce(page: Page) -> Effort:
    """On the intake card: sent back with a coded reason."""
    hand = Hand(page)
    form = page.locator("form[action$='/return']")
    # The form folds a question of its own away, so only the outer fold's own line is meant.
    hand.click(page.locator("details", has=form).locator("> summary"))
    hand.click(form.locator("label.choice").nth(1))
    return _answered(hand, lambda: hand.click(form.get_by_role("button", name="Return to"), decided=False))


def _read_suggestions(hand: Hand) -> None:
    # What waits behind "… more" is not shown, so not counted: it repeats the others or says less.
    page = hand.page
    hand.read(page.locator(".head-line .line-main"))
    found = page.locator(".line.found")
    hand.read(found.locator(".line-main"), found.locator(".line-more"))
    hand.read(found.locator(".seg input:checked + span"))
    # Who said it and when is for looking up; a quote that says more than its line has to be read.
    hand.read(found.locator(".quote", has_text="“"))


def _look_at_the_record(hand: Hand) -> None:
    hand.page.locator("body:not(.stale)").wait_for()
    # What is left open is answered or knowingly left. Of the record, the long fields repeat the lines and are
    # only looked at; what Baton chose for the short ones is read.
    hand.read(hand.page.locator(".record .fields > .field:not(.wide) .value"))
    unanswered = hand.page.locator(".question:not(:has(input:checked))")
    while unanswered.count():
        question = unanswered.first
        hand.read(question.locator("legend"), question.locator(".choice"))
        hand.click(question.locator(".choice").first)
        # What is answered may answer another question, too.
        hand.page.locator("body:not(.stale)").wait_for()
    hand.effort.decisions += 1


def _sent(hand: Hand) -> Effort:
    page = hand.page
    hand.press("Control+Enter")
    with hand.waiting():
        page.wait_for_url(REVIEW)
    hand.read(page.locator(".checks"))
    hand.press("Enter")
    with hand.waiting():
        page.wait_for_url(SENT)
    return hand.effort


def _answered(hand: Hand, end: Callable[[], None]) -> Effort:
    with hand.waiting(), hand.page.expect_navigation():
        end()
    return hand.effort


def _on(hand: Hand) -> None:
    # Enter ends the line, a second one on the empty line goes on to the next part.
    hand.press("Enter", decided=False)
    hand.press("Enter", decided=False)


def _to(hand: Hand, name: str) -> None:
    for _ in range(8):
        if str(hand.page.evaluate("document.activeElement.name")).endswith(f"-{name}"):
            return
        hand.press("Tab", decided=False)
    raise AssertionError(f"no field “{name}” within eight tabs")
