"""How late is a line before somebody's eyes? Windows of a real browser beside the open pages.

From the commit in the process that writes to the frame in which the line stands on the page, over whatever
lies between: the notice, the rendering, the network of this machine, htmx, style and layout.
"""

import asyncio
import importlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from escalation.management.live_bench.world import World, Written

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)
LIVE_WITHIN_MS = 30_000
# A task that follows a frame's callbacks runs once that frame is drawn.
WATCH = """() => {
    window.painted = [];
    const watch = new MutationObserver(changes => {
        for (const node of changes.flatMap(change => [...change.addedNodes])) {
            if (!node.id?.startsWith("line-")) continue;
            const number = Number(node.id.slice(5));
            requestAnimationFrame(() => setTimeout(() => window.painted.push([number, performance.now()])));
        }
    });
    watch.observe(document.getElementById("timeline"), {childList: true});
}"""
CLOCK_SAMPLES = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Eyes:
    """In how many windows of which browser is looked."""

    windows: int
    chromium: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """One page in the browser; ``ahead`` seconds lie between its clock and ours."""

    name: str
    page: Any
    ahead: float

    async def painted(self) -> list[tuple[int, float]]:
        """Each line that was drawn since the page was there, with the moment by our clock (seconds)."""
        seen = await self.page.evaluate("window.painted")
        return [(int(number), at / 1000 + self.ahead) for number, at in seen]


@asynccontextmanager
async def windows(
    world: World, names: Sequence[str], *, port: int, chromium: str
) -> AsyncIterator[list[Window]]:
    """This will open those timelines, each in a window of its own, and wait until they are live."""
    playwright = importlib.import_module("playwright.async_api")
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium, args=QUIET)
        address = f"http://127.0.0.1:{port}"
        yield [await _window(browser, world, name, address=address) for name in names]
        await browser.close()


async def all_painted(shown: Sequence[Window], written: Written, *, within_s: float) -> list[float]:
    """This will wait for every line on every window, and return how late each was (ms)."""
    wanted = {window.name: {n for name, n in written.at if name == window.name} for window in shown}
    end = perf_counter() + within_s
    while True:
        found = {window.name: await window.painted() for window in shown}
        behind = [name for name, lines in wanted.items() if not lines <= {n for n, _ in found[name]}]
        if not behind:
            break
        if perf_counter() > end:
            raise TimeoutError(f"{len(behind)} of {len(shown)} windows did not show every line in time.")
        await asyncio.sleep(0.2)
    return [
        1000 * (at - written.at[name, number])
        for name, lines in found.items()
        for number, at in lines
        if (name, number) in written.at
    ]


async def _window(browser: Any, world: World, name: str, *, address: str) -> Window:
    context = await browser.new_context(base_url=address, viewport={"width": 1366, "height": 768})
    cookie, _, value = world.cookies[0].partition("=")
    await context.add_cookies([{"name": cookie, "value": value, "url": address}])
    page = await context.new_page()
    await page.goto(f"/handoffs/{name}")
    await page.locator("#as-of.live").wait_for(timeout=LIVE_WITHIN_MS)
    await page.evaluate(WATCH)
    return Window(name=name, page=page, ahead=await _ahead(page))


async def _ahead(page: Any) -> float:
    """Our clock less the page's, from the quickest of some looks at both."""
    looks: list[tuple[float, float]] = []
    for _ in range(CLOCK_SAMPLES):
        before = perf_counter()
        theirs = await page.evaluate("performance.now()")
        after = perf_counter()
        looks.append((after - before, (before + after) / 2 - theirs / 1000))
    return min(looks)[1]
