"""A technician escalates from inside the ticket and sees there what becomes of it, in her own tool."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import FrameLocator, Page, expect

from tests.journeys.running import Running
from tests.journeys.test_scene import SUBJECT, accept_everything, send, write_in_servicenow

SOON = 15_000  # ms; the frame asks every ten seconds
NOTE = "Workaround is in place: use the old address of the dashboard until tomorrow"


def test_from_the_ticket_to_the_form_and_back_to_the_ticket(open_as: Callable[..., Page], baton: Running):
    lena = open_as("level-one")
    without_drafts(lena)
    ticket, agent = lena.context.new_page(), lena.context.new_page()
    broken: list[str] = []
    ticket.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    ticket.goto(f"{baton.zendesk}/?q={SUBJECT}")
    ticket.get_by_role("link", name=re.compile(SUBJECT)).first.click()

    beside = frame_of(ticket)
    with lena.context.expect_page() as opened:
        beside.get_by_role("button", name=re.compile("^Escalate")).click(timeout=SOON)
    form = opened.value
    form.wait_for_url(re.compile(r"/handoffs/[0-9a-f-]+/edit$"))
    accept_everything(form)
    expect(form.locator("#beside")).to_contain_text("Finance API Gateway")
    send(form)
    delivered = form.locator("#status a", has_text="INC")
    expect(delivered).to_be_visible(timeout=SOON)

    expect(beside.locator("section.box").first).to_contain_text("Delivered", timeout=SOON)
    expect(beside.locator("section.box").first).to_contain_text(delivered.inner_text())
    write_in_servicenow(agent, delivered.get_attribute("href"), work_notes=NOTE)
    expect(beside.locator(".lines li", has_text=NOTE)).to_be_visible(timeout=2 * SOON)
    expect(beside.locator(".lines li", has_text=NOTE)).to_contain_text("You can say")
    with lena.context.expect_page() as whole:
        beside.get_by_role("link", name="All of it, and answer").first.click()
    whole.value.wait_for_url(form.url)

    height = ticket.locator(".app iframe").bounding_box()["height"]
    assert height == beside.locator("main").evaluate("each => each.scrollHeight") + 8
    assert broken == []


def without_drafts(page: Page) -> None:
    """Put aside what another story has begun: of that ticket the frame would offer to go on with it."""
    drafts = page.locator("section[aria-labelledby=drafts] a.title")
    page.goto("/desk")
    while drafts.count():
        drafts.first.click()
        page.get_by_role("button", name="Discard this draft").click()
        page.wait_for_url(re.compile(r"/desk$"))


def test_a_page_of_another_site_cannot_hold_the_frame(open_as: Callable[..., Page], baton: Running):
    lena = open_as("level-one")
    lena.goto(f"{baton.zendesk}/?q={SUBJECT}")
    lena.get_by_role("link", name=re.compile(SUBJECT)).first.click()
    address, token = lena.locator(".app form").evaluate("form => [form.action, form.elements.token.value]")

    with thief() as site:
        other = lena.context.new_page()
        said: list[str] = []
        other.on("console", lambda each: said.append(each.text))
        other.goto(f"{site}/?address={quote(address)}&token={quote(token)}")
        other.get_by_role("button", name="Open").click()
        other.wait_for_timeout(1_500)

        (held,) = other.main_frame.child_frames
        assert held.url.startswith("chrome-error:")
        assert "Escalate" not in held.content()
        assert any("frame-ancestors" in each for each in said), said


class Thief(BaseHTTPRequestHandler):
    """A page of somebody else's that frames the address it is given, with the token it got hold of."""

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        address, token = (escape(asked.get(name, [""])[0]) for name in ("address", "token"))
        page = (
            f'<form method="post" target="held" action="{address}"><input type="hidden" name="token" '
            f'value="{token}"><button>Open</button></form><iframe name="held"></iframe>'
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def thief() -> Iterator[str]:
    """Serve that page on another port, which is another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Thief)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def frame_of(ticket: Page) -> FrameLocator:
    """What stands in the app's frame."""
    return ticket.frame_locator(".app iframe")
