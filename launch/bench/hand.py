"""What does it cost a person to do this? A hand that works a page and counts what it does.

The keystroke-level model of Card, Moran and Newell (Communications of the ACM 23(7), 1980, 396-410) adds up
the operators of an error-free task. Seconds of each, as published:

K  0.28  press a key or a button; an average non-secretary typist (40 words a minute). Shift counts too.
P  1.10  point at something with the mouse
H  0.40  move the hand between keyboard and mouse
M  1.35  prepare mentally: before each line, choice and command, not within a word that is being typed
R        wait for the answer: measured, and counted only where the person has to wait

The model holds no reading and no composing: words to read and words composed are counted beside it.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

KEY_S, POINT_S, HOME_S, MENTAL_S = 0.28, 1.10, 0.40, 1.35
READING_WPM = 238  # silent reading of English; Brysbaert, Journal of Memory and Language 109, 2019
WITH_SHIFT = re.compile(r"[A-Z!\"#$%&()*+:<>?@^_{|}~]")


@dataclass(kw_only=True, slots=True)
class Effort:
    """What was done so far, in the operators of the model."""

    keys: int = 0
    points: int = 0
    homings: int = 0
    decisions: int = 0
    composed_words: int = 0
    words_to_read: int = 0
    waited_s: float = 0.0
    on_mouse: bool = field(default=False, repr=False)

    @property
    def seconds(self) -> float:
        """The model's time."""
        moved = self.keys * KEY_S + self.points * POINT_S + self.homings * HOME_S
        return moved + self.decisions * MENTAL_S + self.waited_s

    @property
    def reading_s(self) -> float:
        """Time to read what has to be read, which the model leaves out."""
        return self.words_to_read * 60 / READING_WPM

    def press(self, count: int = 1) -> None:
        """Some keys, one after another."""
        self._homed(on_mouse=False)
        self.keys += count

    def click(self) -> None:
        """Point at something and press the button."""
        self._homed(on_mouse=True)
        self.points += 1
        self.keys += 1

    def _homed(self, *, on_mouse: bool) -> None:
        self.homings += self.on_mouse is not on_mouse
        self.on_mouse = on_mouse


class Hand:
    """A person at a page. Each method does the thing and counts it."""

    def __init__(self, page: Page) -> None:
        """Begin with the hands on the keyboard and nothing counted."""
        self.page = page
        self.effort = Effort()

    def write(self, words: str, *, composed: bool = True) -> None:
        """Type a line where the focus is: one decision, then its keys."""
        self.effort.decisions += 1
        self.effort.press(keys_of(words))
        if composed:
            self.effort.composed_words += len(words.split())
        self.page.keyboard.type(words)

    def paste(self, text: str) -> None:
        """Put in what stands in the clipboard; copying it was done elsewhere."""
        self.effort.decisions += 1
        self.effort.press(2)
        self.page.keyboard.insert_text(text)

    def press(self, keys: str, *, decided: bool = True) -> None:
        """Press one key or chord; an undecided one only ends or continues what was decided."""
        self.effort.decisions += decided
        self.effort.press(len(keys.split("+")))
        self.page.keyboard.press(keys)

    def click(self, target: Locator, *, decided: bool = True) -> None:
        """Point at something and press the button."""
        self.effort.decisions += decided
        self.effort.click()
        target.click()

    def read(self, *targets: Locator) -> None:
        """Count the words of what is shown there."""
        for target in targets:
            for each in target.all():
                self.effort.words_to_read += len(shown_words(each))

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the seconds of what is done within as waiting."""
        started = time.monotonic()
        yield
        self.effort.waited_s += time.monotonic() - started


def keys_of(words: str) -> int:
    """Return how many keys a text takes, Shift included."""
    return len(words) + len(WITH_SHIFT.findall(words))


def shown_words(target: Locator) -> list[str]:
    """Return the words that somebody sees there, typed values included."""
    if not target.is_visible():
        return []
    value = target.evaluate("one => 'value' in one && one.tagName !== 'BUTTON' ? one.value : one.innerText")
    return re.findall(r"\w[\w.:/@'-]*", str(value))
