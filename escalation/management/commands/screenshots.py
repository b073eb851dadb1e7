"""How does Baton look? Plays the first scene in a browser against a running installation, and keeps pictures.

Needs a Baton in practice mode (`make run`) and the development dependencies; it writes docs/screenshots.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from escalation.management.owners_pictures import owners_pages
from escalation.management.practice_company import ROUTE

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 320, "height": 640}
LARGEST_BYTES = 300_000
# What Level Two writes in its tool in the first scene.
NOTE = (
    "Identified misconfigured CORS policy on API gateway, "
    "coordinating with infrastructure for emergency change approval"
)
READ_BACK = "Find what blocks finance-dash.example.com at the gateway; working before month-end close"

# Pages of a lead, besides those that are found by pressing.
LEADS = {
    "figure": "/figures/rebuild?days=30&by=category&of=network",
    "weekly": "/figures/weekly",
    "people": "/figures/people",
    "ratings": "/figures/ratings?category=access&escalated=1",
    "reviews": "/reviews",
    "examples": "/examples",
}


class Command(BaseCommand):
    """`manage.py screenshots --base http://127.0.0.1:8000`"""

    help = "Play the first scene in Chromium and keep pictures of the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where Baton runs, which browser, where the pictures go."""
        parser.add_argument("--base", default=settings.PUBLIC_URL, help="address of a running Baton")
        parser.add_argument("--chromium", default=CHROMIUM, help="the browser's program")
        folder = settings.BASE_DIR / "docs" / "screenshots"
        parser.add_argument("--to", type=Path, default=folder, help="folder for the pictures")

        parser.add_argument("--others", action="store_true", help="only the pages of lead and owner")

    def handle(self, *_: Any, base: str, chromium: str, to: Path, others: bool, **_options: Any) -> None:
        """Play the scene; every picture is written as it is taken."""
        to.mkdir(parents=True, exist_ok=True)
        with _browser(chromium) as browser:
            scene = _Scene(browser, base, to, say=self.stdout.write)
            if others:
                scene.the_others()
                return
            handoff = scene.level_one_sends()
            scene.level_two_takes_it_in(handoff)
            scene.the_note_comes_back()
            scene.somebody_without_an_account()
            scene.it_goes_to_the_last_tier_and_back(handoff)
            scene.the_others()


@contextmanager
def _browser(program: str) -> Iterator[Any]:
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ImportError:
        raise CommandError("Pictures need playwright, a development dependency: run make setup.") from None
    if not Path(program).exists():
        raise CommandError(f"There is no browser at {program}; name one with --chromium.")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class _Scene:
    """The first scene, with two people at their pages."""

    def __init__(self, browser: Any, base: str, to: Path, *, say: Any) -> None:
        self.browser, self.base, self.to, self.say = browser, base.rstrip("/"), to, say
        self._one: Any = None

    @property
    def one(self) -> Any:
        """The technician's window, opened when it is first looked through."""
        if self._one is None:
            self._one = self.enter("level-one")
        return self._one

    def enter(self, username: str) -> Any:
        """This will open a window of that practice account."""
        page = self.browser.new_context(viewport=DESKTOP, locale="en-GB").new_page()
        page.goto(f"{self.base}/login")
        page.locator(f"form[action$='/{username}'] button").click()
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    def keep(self, page: Any, name: str, **options: Any) -> None:
        """This will keep a picture; one that is too large for a repository is an error."""
        file = self.to / f"{name}.png"
        page.wait_for_timeout(400)
        page.screenshot(path=file, animations="disabled", **options)
        if file.stat().st_size > LARGEST_BYTES:
            raise CommandError(f"{file} is larger than {LARGEST_BYTES:,} bytes.")
        self.say(f"{file} {file.stat().st_size / 1000:.0f} kB")

    def level_one_sends(self) -> str:
        """This will begin from the scene's ticket, accept what was found and send; returns the address."""
        page = self.one
        escalate = page.locator("button[aria-label*='inance dashboard']").first
        escalate.wait_for()
        self.keep(page, "desk")
        escalate.click()
        page.wait_for_url("**/edit")
        self.keep(page, "form-suggestions")
        for button in page.locator(".accept-all").all():
            button.click()
        page.locator("body:not(.stale)").wait_for()
        page.mouse.wheel(0, -20_000)
        self.keep(page, "form")
        page.get_by_role("button", name="then Platform Engineering").click()
        page.locator(".record-jira").wait_for()
        page.locator("body:not(.stale)").wait_for()
        self.keep(page, "form-next-receiver")
        page.get_by_role("button", name="Infrastructure Operations", exact=True).click()
        page.locator(".record-servicenow").wait_for()
        page.locator("body:not(.stale)").wait_for()
        page.emulate_media(color_scheme="dark")
        self.keep(page, "form-dark")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        self.keep(page, "form-narrow")
        page.set_viewport_size(DESKTOP)
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/review")
        self.keep(page, "review")
        page.get_by_role("button", name="Send to").click()
        page.wait_for_url(lambda url: not url.endswith("/review"))
        page.get_by_role("link", name="INC").first.wait_for()
        self.keep(page, "delivered")
        return str(page.url)

    def level_two_takes_it_in(self, handoff: str) -> None:
        """This will accept and start on the intake card."""
        page = self.enter("level-two")
        self.keep(page, "queue")
        page.goto(f"{handoff}/intake")
        self.keep(page, "intake")
        page.fill("#read-back", READ_BACK)
        page.get_by_role("button", name="Accept").click()
        page.get_by_role("button", name="Start diagnosing").click()
        page.get_by_text("Marked as diagnosing").wait_for()

    def the_note_comes_back(self) -> None:
        """This will write in the practice ServiceNow and wait for the line on the open page."""
        record = self.one.get_by_role("link", name="INC").first.get_attribute("href")
        tool = self.browser.new_context(viewport=DESKTOP).new_page()
        tool.goto(record)
        tool.fill("#work_notes", NOTE)
        tool.get_by_role("button", name="Update").last.click()
        self.one.get_by_text(NOTE).wait_for()
        self.keep(self.one, "timeline")
        self.one.set_viewport_size(PHONE)
        self.keep(self.one, "timeline-narrow")

    def it_goes_to_the_last_tier_and_back(self, handoff: str) -> None:
        """This will ask back, answer, hand further, fix it there and show what everybody then sees."""
        self.one.set_viewport_size(DESKTOP)
        two = self.enter("level-two")
        two.goto(f"{handoff}/intake")
        two.fill("#question", "Does it fail in a private window too?")
        two.get_by_role("button", name="Ask", exact=True).click()
        self.one.get_by_label("Your answer to:").fill("Yes, and on her phone")
        self.keep(self.one, "asked-back")
        self.one.get_by_role("button", name="Answer", exact=True).click()
        self._it_is_returned_and_opened_again(two, handoff)
        two.goto(f"{handoff}/intake")
        two.get_by_role("button", name="Escalate to").click()
        two.wait_for_url("**/edit")
        for button in two.locator(".accept-all").all():
            button.click()
        two.locator("body:not(.stale)").wait_for()
        two.keyboard.press("Control+Enter")
        two.wait_for_url("**/review")
        two.get_by_role("button", name="Send to").click()
        two.get_by_role("link", name="PLAT-").first.wait_for()
        three = self.enter("level-three")
        three.goto(f"{two.url}/intake")
        self.keep(three, "second-hop")
        three.locator("summary", has_text="Resolve").click()
        three.locator("#cause").first.fill("Release 2.4.1 drops the allowed origins")
        three.locator("#fix").first.fill("Release 2.4.2 keeps them")
        three.locator(".acts-bar").get_by_role("button", name="Resolve", exact=True).click()
        self.one.get_by_text("Release 2.4.2 keeps them").first.wait_for()
        self.keep(self.one, "both-hops")
        self.one.goto(f"{self.base}/notices")
        self.keep(self.one, "notices")

    def _it_is_returned_and_opened_again(self, two: Any, handoff: str) -> None:
        """This will return it with a coded reason, and open it again with what was missing."""
        two.goto(f"{handoff}/intake")
        two.locator("summary", has_text="Return").click()
        two.get_by_label("Something we need is missing").check(force=True)
        two.locator("#words").fill("Say which tenant it is")
        self.keep(two, "returning")
        two.get_by_role("button", name="Return to").click()
        self.one.get_by_label("Returned. Anything new?").fill("The tenant is acme-finance-eu")
        self.one.evaluate("window.scrollTo(0, 0)")
        self.keep(self.one, "returned")
        self.one.get_by_role("button", name="Open it again").click()
        self.one.get_by_text("Reopened").first.wait_for()

    def somebody_without_an_account(self) -> None:
        """This will show what a link in the record opens, without a log-in."""
        record = self.one.get_by_role("link", name="INC").first.get_attribute("href")
        tool = self.browser.new_context(viewport=DESKTOP).new_page()
        tool.goto(record)
        tool.goto(tool.locator("a[href*='/r/ask/']").get_attribute("href"))
        self.keep(tool, "answer-link")

    def the_others(self) -> None:
        """This will keep the pages of lead and owner."""
        lead = self.enter("lead")
        self.in_both(lead, "figures")
        lead.locator(".figures-grid").evaluate("each => each.scrollIntoView()")
        self.in_both(lead, "charts")
        lead.locator("[aria-labelledby=payback]").evaluate("each => each.scrollIntoView()")
        self.in_both(lead, "payback")
        for name, address in LEADS.items():
            lead.goto(f"{self.base}{address}")
            self.in_both(lead, name)
        lead.goto(f"{self.base}/reviews")
        if lead.locator("a.title").count():
            lead.locator("a.title").first.click()
            self.in_both(lead, "reviews-one")
        self.the_owner()

    def in_both(self, page: Any, name: str) -> None:
        """This will keep a page in the light and in the dark."""
        self.keep(page, name)
        page.emulate_media(color_scheme="dark")
        self.keep(page, f"{name}-dark")
        page.emulate_media(color_scheme="light")

    def the_owner(self) -> None:
        """This will keep the owner's pages, with a draft that is let go afterwards."""
        owner = self.enter("owner")
        self.in_both(owner, "connections")
        owner.get_by_role("link", name=ROUTE, exact=True).click()
        owner.locator("#rules-state").wait_for()
        address = owner.url
        owner.locator("#id_defaults").fill("contact_type = walk-in")
        owner.get_by_text("would differ with the draft").wait_for()
        self.keep(owner, "workbench")
        self.keep(owner, "golden-cases", clip=self._box(owner, "#golden-box"), full_page=True)
        owner.emulate_media(color_scheme="dark")
        self.keep(owner, "workbench-dark")
        owner.emulate_media(color_scheme="light")
        self.words_that_differ(owner)
        owner.locator("#rules-state").get_by_role("button", name="Discard draft").click()
        owner.goto(f"{address}/faults")
        self.in_both(owner, "faults")
        owners_pages(owner, base=self.base, route=address, keep=self.in_both)

    def words_that_differ(self, owner: Any) -> None:
        """This will keep a golden case of which only some words of a line would be others."""
        owner.locator("#id_default_impact").select_option("high")
        changed = owner.locator("#golden-box del").first
        changed.wait_for(state="attached")
        owner.locator("#golden-box details").evaluate_all("all => all.forEach(each => { each.open = true })")
        changed.evaluate("each => each.scrollIntoView({block: 'center'})")
        self.in_both(owner, "golden-words")

    @staticmethod
    def _box(page: Any, selector: str) -> Any:
        page.evaluate("window.scrollTo(0, 0)")
        return page.locator(selector).bounding_box()
