"""What has somebody typed, and is it still there? One line of a form, key by key, through a disaster."""

import re
import time
from collections.abc import Callable
from contextlib import suppress

import psutil
from playwright.sync_api import BrowserContext, Error, Page

KEY_PAUSE_S = 0.06  # about a hundred words a minute: faster than most, so more can be lost
SAVED = re.compile(r"^Saved \d\d:\d\d$")
SAVED_WITHIN_MS = 60_000


class Typist:
    """A person at one draft, who goes on whatever happens."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Open the draft."""
        self.context = context
        self.address = address
        self.page = self._opened()

    def type_line(self, words: str, *, at: int, disaster: Callable[[], None]) -> None:
        """Type a new fact; before its key number ``at`` the disaster strikes, and the typing goes on."""
        self.page.locator("#part-facts .line-main").last.focus()
        for place, key in enumerate(words):
            if place == at:
                disaster()
            self.page.keyboard.type(key)
            time.sleep(KEY_PAUSE_S)

    def type_until_killed(self, words: str, *, at: int) -> float:
        """Type a new fact in a tab that is killed before its key number ``at``; return the seconds lost.

        Another tab is opened on the draft, and the line is finished there.
        """
        self.page.locator("#part-facts .line-main").last.focus()
        typed_at = []
        for key in words[:at]:
            self.page.keyboard.type(key)
            typed_at.append(time.monotonic())
            time.sleep(KEY_PAUSE_S)
        killed_at = time.monotonic()
        self._kill_tab()
        self.page = self._opened()
        there = next((line for line in reversed(self.lines()) if line and words[:at].startswith(line)), "")
        lost_s = killed_at - typed_at[len(there)] if len(there) < at else 0.0
        line = self.page.locator("#part-facts .line-main").nth(self.lines().index(there))
        line.focus()
        self.page.keyboard.press("End")
        self.page.keyboard.type(words[len(there) :])
        return lost_s

    def wait_until_saved(self) -> None:
        """Return when the page says that everything is saved."""
        self.page.locator("body:not(.stale) #saved", has_text=SAVED).wait_for(timeout=SAVED_WITHIN_MS)

    def log_in_again(self, username: str) -> None:
        """In another tab, as the page proposes; this one goes on by itself."""
        other = self.context.new_page()
        other.goto("/login")
        other.locator(f"form[action$='/{username}'] button").click()
        other.wait_for_url(lambda url: "/login" not in url)
        other.close()

    def lines(self) -> list[str]:
        """What stands in the facts now."""
        fields = self.page.locator("#part-facts .line-main")
        values: list[str] = fields.evaluate_all("all => all.map(one => one.value)")
        return values

    def look_again(self) -> list[str]:
        """What a fresh page of the draft shows."""
        self.page.goto(self.address)
        self._take_back()
        return self.lines()

    def _opened(self) -> Page:
        try:
            page = self.context.new_page()
        except Error:  # it was given a spare process of the browser that died with the tab
            page = self.context.new_page()
        page.goto(self.address)
        self.page = page
        self._take_back()
        return page

    def _take_back(self) -> None:
        # What the browser kept comes back by itself within a moment, or by one press where it asks.
        self.page.wait_for_timeout(700)
        self.page.locator("#sheet:not([inert])").wait_for()
        ask = self.page.locator("[data-put-back]").first
        if ask.is_visible():
            ask.click()
            self.page.wait_for_timeout(700)
        self.page.locator("#sheet:not([inert])").wait_for()

    def _kill_tab(self) -> None:
        dead = self.page
        # The browser is a child of this process; its renderer dies without a last word to the page.
        for each in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                if "--type=renderer" in each.cmdline():
                    each.kill()
        dead.close()
