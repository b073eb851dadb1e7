"""How much work is a handoff, and how much an answer to one? `make bench-effort` plays them in a browser.

One JSON line for each figure beside its limit; exit code 1 when a limit is broken. The model and its
operators: ``launch.bench.hand``. What is pressed: ``launch.bench.scene``.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from escalation.management.measuring import Measured, Sheet
from launch.aside import a_baton
from launch.bench import scene
from launch.bench.hand import Effort
from launch.chromium import FLAGS, find

SCREEN: ViewportSize = {"width": 1366, "height": 768}
DELIVERED_WITHIN_S = 40  # ten of them are for calling it back
# What each story may take: seconds of the model, words composed, decisions, words to read.
LIMITS: dict[str, dict[str, float]] = {
    "prefilled": {"model": 90, "with_reading": 180, "composed": 24, "decisions": 20, "read": 200},
    "empty": {"model": 180, "with_reading": 180},
    "accept_with_read_back": {"model": 15},
    "ask_back": {"model": 20},
    "bounce": {"model": 10},
}


def main() -> int:
    """Play every story on a Baton of its own and print the figures."""
    out = Sheet(sys.stdout)
    with tempfile.TemporaryDirectory() as data, a_baton(Path(data)) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find(), args=list(FLAGS))
        for story, effort in play(browser, address):
            for figure in figures(story, effort):
                out.tell(figure)
        browser.close()
    return 1 if out.broken else 0


def play(browser: Browser, address: str) -> Iterator[tuple[str, Effort]]:
    """Play the stories one after another; the later ones answer what the earlier ones sent."""
    sender = log_in(browser, address, "level-one")
    yield "prefilled", scene.prefilled(sender)
    first = sender.url
    sender.goto(f"{address}/desk")
    yield "empty", scene.empty(sender)
    second = sender.url
    receiver = log_in(browser, address, "level-two")
    _delivered(sender, first)
    receiver.goto(f"{first}/intake")
    yield "accept_with_read_back", scene.accept_with_read_back(receiver)
    receiver.goto(f"{first}/intake")
    yield "ask_back", scene.ask_back(receiver)
    _delivered(sender, second)
    receiver.goto(f"{second}/intake")
    yield "bounce", scene.bounce(receiver)


def figures(story: str, effort: Effort) -> Iterator[Measured]:
    """Say one story's effort."""
    limit = LIMITS[story]
    amounts = (
        ("model", effort.seconds, "s"),
        ("reading", effort.reading_s, "s"),
        ("with_reading", effort.seconds + effort.reading_s, "s"),
        ("waiting", effort.waited_s, "s"),
        ("keys", effort.keys, "keys"),
        ("points", effort.points, "points"),
        ("homings", effort.homings, "moves"),
        ("decisions", effort.decisions, "decisions"),
        ("composed", effort.composed_words, "words"),
        ("read", effort.words_to_read, "words"),
    )
    for name, value, unit in amounts:
        yield Measured(name=f"effort.{story}.{name}", value=value, unit=unit, limit=limit.get(name))


def log_in(browser: Browser, address: str, username: str) -> Page:
    """Open a window as somebody of the practice company."""
    page = browser.new_context(base_url=address, viewport=SCREEN, locale="en-GB").new_page()
    page.goto("/login")
    page.locator(f"form[action$='/{username}'] button").click()
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def _delivered(page: Page, address: str) -> None:
    delivered = page.locator("#status", has_text=re.compile(r"INC\d+"))
    for _ in range(DELIVERED_WITHIN_S):
        page.goto(address)
        if delivered.count():
            return
        page.wait_for_timeout(1000)
    raise SystemExit(f"{address} was not delivered within {DELIVERED_WITHIN_S} seconds.")


if __name__ == "__main__":
    sys.exit(main())
