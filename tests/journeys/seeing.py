"""Is a page fit for everybody's eyes: nothing for axe-core to find, and nothing outside a narrow window?"""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# 320 is what a window of 1280 has left at 400 %; 683 what one of 1366 has left at 200 %.
WINDOWS = (1366, 320)
ZOOMED = 683
SCHEMES = ("light", "dark")


def findings(page: Page) -> list[str]:
    """What axe-core holds against the page, of whatever level, its best practices too."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


def no_sideways_scroll(page: Page) -> bool:
    """Whether the page fits the window's width (WCAG 2.2, 1.4.10)."""
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return fits


def seems_right(page: Page) -> None:
    """Nothing to find in a wide and a narrow window, in the light and in the dark."""
    before = page.viewport_size
    assert before
    for scheme in SCHEMES:
        # Without motion there is no half-faded colour to measure.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WINDOWS:
            page.set_viewport_size({"width": width, "height": 768})
            assert (width, scheme, findings(page)) == (width, scheme, [])
            assert no_sideways_scroll(page), (width, scheme)
    page.set_viewport_size({"width": ZOOMED, "height": 768})
    assert no_sideways_scroll(page), ZOOMED
    page.set_viewport_size(before)
