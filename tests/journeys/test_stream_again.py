"""A page whose stream is refused from the start goes on trying, and takes it up without gap or repeat."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.journeys.test_scene import accept_everything, escalate, send
from tests.journeys.test_three_people import SOON

STREAM = "**/live*"
NUMBERS = "lines => lines.map(line => Number(line.id.replace('line-', '')))"
AGAIN = 30_000  # ms; more than the pause after some tries
WHILE_DOWN, OVER_STREAM = "Is it the same in a private window?", "And on another device?"


class Refusing:
    """A proxy that answers in the place of the stream, with an error or with a page of its own."""

    def __init__(self, page: Page, status: int) -> None:
        self.page, self.status, self.asked = page, status, 0
        page.route(STREAM, self._refuse)

    def _refuse(self, route: Route) -> None:
        self.asked += 1
        route.fulfill(status=self.status, content_type="text/html", body="<li>The proxy has a page too</li>")

    def has_refused(self, times: int) -> None:
        for _ in range(AGAIN // 100):
            if self.asked >= times:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"asked {self.asked} times, not {times}")


def ask(page: Page, question: str) -> None:
    page.locator("#question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("main")).to_contain_text(question)


def test_a_timeline_takes_up_the_stream_that_was_refused_at_first(open_as: Callable[..., Page]):
    lena, tomas = open_as("level-one"), open_as("level-two")
    escalate(lena)
    accept_everything(lena)
    refusing = Refusing(lena, 200)
    send(lena)
    expect(lena.locator("#status a", has_text="INC")).to_be_visible(timeout=2 * SOON)  # by polling
    tomas.goto(f"{lena.url}/intake")
    refusing.status = 503
    ask(tomas, WHILE_DOWN)
    lena.evaluate("htmx.trigger('#poll', 'baton:poll')")
    expect(lena.locator("#timeline")).to_contain_text(WHILE_DOWN)
    refusing.has_refused(3)
    expect(lena.locator("#as-of")).not_to_have_class("as-of live")
    expect(lena.locator("main")).not_to_contain_text("The proxy has a page too")

    drawn = lena.locator("#timeline").get_attribute("data-newest")
    with lena.expect_response(lambda answer: "/live" in answer.url and answer.ok, timeout=AGAIN) as taken_up:
        lena.unroute(STREAM)
    assert parse_qs(urlsplit(taken_up.value.url).query)["after"] == [drawn]
    expect(lena.locator("#as-of")).to_have_class("as-of live")
    ask(tomas, OVER_STREAM)
    expect(lena.locator("#timeline")).to_contain_text(OVER_STREAM, timeout=SOON)
    numbers = lena.locator("#timeline > li").evaluate_all(NUMBERS)
    assert numbers == list(range(len(numbers), 0, -1))


def test_a_queue_takes_up_the_stream_that_was_refused_at_first(open_as: Callable[..., Page]):
    lena, tomas = open_as("level-one"), open_as("level-two")
    refusing = Refusing(tomas, 502)
    tomas.goto("/queue")
    refusing.has_refused(2)
    expect(tomas.locator("#queue-live")).to_have_class("hint lost")
    tomas.unroute(STREAM)
    expect(tomas.locator("#queue-live")).to_have_class("hint live", timeout=AGAIN)

    escalate(lena)
    accept_everything(lena)
    send(lena)
    row = tomas.locator(f"#waits-{lena.url.rpartition('/')[2]}")
    expect(row).to_be_visible(timeout=SOON)
