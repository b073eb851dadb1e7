"""Somebody at a keyboard: nothing but keys, and at every stop the focus can be seen.

No press of a pointer and no script moves the focus. Whoever gets lost fails: a focus that is nowhere, one
that nobody sees, one that lies under something else, a round of the page that does not come by.
"""

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 400
# What stands at the focus; null where it is nowhere. A radio button is drawn by the label around it, and a
# ring by either of the two.
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const drawn = [one, one.nextElementSibling, one.closest('label')].filter(Boolean);
  const ringed = (element) => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    return outlined || style.boxShadow !== 'none';
  };
  const box = (one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label') ?? one : one)
    .getBoundingClientRect();
  const at = [[.5, .5], [.1, .3], [.9, .3], [.1, .8], [.9, .8]].map(([x, y]) => document.elementFromPoint(
    Math.min(Math.max(box.left + box.width * x, 1), innerWidth - 1),
    Math.min(Math.max(box.top + box.height * y, 1), innerHeight - 1)));
  const label = one.closest('label');
  const own = (found) => found && (one.contains(found) || found.contains(one) || label?.contains(found));
  return {
    what: one.outerHTML.slice(0, 160),
    ring: drawn.some(ringed),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && at.some(own),
  };
}"""


class Hands:
    """Two hands on a keyboard before one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        """Type as a person does, key by key."""
        self.page.keyboard.type(words)

    def paste(self, words: str) -> None:
        """Put in at once what lies in the clipboard."""
        self.page.keyboard.insert_text(words)

    def over(self, words: str) -> None:
        """Type in the place of what stands there."""
        self.press("Control+a")
        self.write(words)

    def look(self) -> str:
        """The focus is somewhere, can be seen, and lies under nothing; return what has it."""
        stop = self.page.evaluate(STOP)
        assert stop, f"the focus is nowhere on {self.page.url}"
        assert stop["ring"], f"nobody sees that this has the focus: {stop['what']}"
        assert stop["seen"], f"out of sight, or under something: {stop['what']}"
        return str(stop["what"])

    def to(self, wanted: Locator, *, back: bool = False) -> None:
        """Go there by Tab, or backwards, looking at each stop on the way."""
        expect(wanted.first).to_be_visible()
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            if self.is_on(wanted):
                self.look()
                return
            self.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                continue  # between the end of a page and its beginning stands the browser itself
            passed.append(self.look())
        raise AssertionError(f"not reached in {MOST_STOPS} stops, the last being {passed[-3:]}")

    def is_on(self, wanted: Locator) -> bool:
        """Whether one of these has the focus."""
        on: bool = wanted.evaluate_all("all => all.includes(document.activeElement)")
        return on

    def go(self, wanted: Locator, key: str = "Enter", *, back: bool = False) -> None:
        """Go there and press it."""
        self.to(wanted, back=back)
        self.press(key)
