"""How quick is the form in a browser? `make bench-form` opens it, types in it, and watches the record follow.

One JSON line for each figure beside its limit; exit code 1 when a limit is broken. The form is the scene's,
with all that the ticket suggests. Opening is measured with an empty cache and a processor slowed four times.
Other work on a machine only ever makes a page slower; one second is promised of the best of several openings
and of their median, and the baseline is the page to log in on, opened the same way.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from escalation.management.measuring import Measured, Sheet, percentile
from launch.aside import a_baton
from launch.bench.effort import log_in
from launch.bench.scene import EDIT, SUBJECT
from launch.chromium import FLAGS, find

SLOWED = 4
OPENINGS = 12
PAINT_MS, KEY_MS, PREVIEW_MS = 1000.0, 16.0, 150.0
# Three lines: of eight pauses the 95th of a hundred would be the slowest one.
TYPED = (
    "The gateway answers with 403 since Sunday night",
    "Nobody on the finance team can open any report",
    "The certificate of the portal is valid until May",
)
TYPED_PAUSE_MS = 60
SETTLED_MS = 700
# The last candidate is the largest element there was; it counts from the beginning of the navigation.
WATCH_PAINT = """
    window.largest = 0;
    const watch = new PerformanceObserver(list => { window.largest = list.getEntries().at(-1).startTime; });
    watch.observe({type: "largest-contentful-paint", buffered: true});
"""
# On the window, after every handler of the form; reading the height does the key's style and layout too.
WATCH_KEYS = """() => {
    window.keys = [];
    window.addEventListener("input", event => {
        document.body.offsetHeight;
        window.keys.push(performance.now() - event.timeStamp);
    });
}"""
# From the request that a pause in typing starts to the frame after the one that paints its answer.
WATCH_PREVIEW = """() => {
    window.previews = [];
    const watch = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
        const saves = performance.getEntriesByType("resource").filter(each => each.name.endsWith("/save"));
        const asked = saves.at(-1);
        if (asked && window.lastAsked !== asked.startTime) {
            window.lastAsked = asked.startTime;
            window.previews.push(performance.now() - asked.startTime);
        }
    })));
    watch.observe(document.querySelector(".beside-column"), {
        childList: true, subtree: true, characterData: true, attributeFilter: ["data-revision"],
    });
}"""

# What an answer that holds nothing takes to be fetched and followed by a frame, on the same page.
BARE_ANSWER = """async () => {
    const asked = performance.now();
    await fetch("/health/live");
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - asked;
}"""


def main() -> int:
    """Measure on a Baton of its own and print the figures."""
    out = Sheet(sys.stdout)
    with tempfile.TemporaryDirectory() as data, a_baton(Path(data)) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find(), args=list(FLAGS))
        for figure in measure(browser, address):
            out.tell(figure)
        browser.close()
    return 1 if out.broken else 0


def measure(browser: Browser, address: str) -> Iterator[Measured]:
    """Take every figure of the form of the scene's ticket."""
    page = log_in(browser, address, "level-one")
    row = page.locator("section", has_text="Open in").locator("tr", has_text=SUBJECT).first
    row.get_by_role("button", name="Escalate").click()
    page.wait_for_url(EDIT)
    form = page.url
    bare = _openings(browser.new_context(base_url=address).new_page(), f"{address}/login", times=4)
    paints = _openings(page, form, times=OPENINGS)
    yield Measured(name="form.paint_best", value=min(paints), unit="ms", baseline=min(bare), limit=PAINT_MS)
    middle = median(paints)
    yield Measured(name="form.paint_median", value=middle, unit="ms", baseline=median(bare), limit=PAINT_MS)
    page.goto(form)
    yield from _typing(page)


def _openings(page: Page, address: str, *, times: int) -> list[float]:
    """Milliseconds until the largest paint, each time from an empty page of the same house."""
    page.add_init_script(WATCH_PAINT)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    taken = [_opening(page, session, address) for _ in range(times)]
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.detach()
    return taken


def _opening(page: Page, session: CDPSession, address: str) -> float:
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.goto("/health/live")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address)
    page.wait_for_timeout(SETTLED_MS)
    return float(page.evaluate("window.largest"))


def _typing(page: Page) -> Iterator[Measured]:
    bare = [float(page.evaluate(BARE_ANSWER)) for _ in range(7)]
    page.evaluate(WATCH_KEYS)
    page.evaluate(WATCH_PREVIEW)
    for line in TYPED:
        lines = page.locator("#part-facts .line-main")
        lines.nth(lines.count() - 1).focus()
        for word in line.split():
            page.keyboard.type(f"{word} ", delay=TYPED_PAUSE_MS)
            page.wait_for_timeout(SETTLED_MS)
        page.locator("#beside", has_text=line).wait_for()
    keys, previews = page.evaluate("[window.keys, window.previews]")
    if len(keys) < sum(map(len, TYPED)) or not previews:
        raise SystemExit("The form did not answer the typing.")
    yield Measured(name="form.key_p95", value=percentile(keys, 0.95), unit="ms", limit=KEY_MS)
    yield Measured(
        name="form.preview_p50", value=median(previews), unit="ms", baseline=median(bare), limit=PREVIEW_MS
    )
    yield Measured(
        name="form.preview_p95",
        value=percentile(previews, 0.95),
        unit="ms",
        baseline=max(bare),
        limit=PREVIEW_MS,
    )


if __name__ == "__main__":
    sys.exit(main())
