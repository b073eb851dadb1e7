"""Which words of a changed text are others? Pure: two texts in, the runs of each out.

A line that reads otherwise says nothing yet; the eye must find the word. Where most of it is new there is
nothing to find, and the whole is shown as it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from escalation.upkeep.excerpt import LEFT_OUT

NEAR: Final = 80  # characters of what did not change, on each side of what did
LEAST_ALIKE: Final = 0.4  # of all words; below it marks would be a mosaic
MOST_WORDS: Final = 4000  # comparing costs the product of both
_ONE_BY_ONE: Final = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"  # kana and kanji: no spaces between words
_TOKENS: Final = re.compile(rf"{_ONE_BY_ONE}|(?:(?!{_ONE_BY_ONE})\w)+|\s+|[^\w\s]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Some words in a row: the same in both texts, or not."""

    text: str
    changed: bool


def changed_words(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """This will cut both texts into runs; put together again, they are the texts."""
    old, new = (_TOKENS.findall(each) for each in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or len(old) + len(new) > MOST_WORDS or matcher.ratio() < LEAST_ALIKE:
        return _whole(before), _whole(after)
    steps = matcher.get_opcodes()
    return (
        _runs((old[start:end], kind != "equal") for kind, start, end, _, _ in steps),
        _runs((new[start:end], kind != "equal") for kind, _, _, start, end in steps),
    )


def near(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """This will leave of long unchanged runs what stands beside a change, cut between words."""
    return tuple(
        run if run.changed else Run(text=_beside(run.text, place, len(runs)), changed=False)
        for place, run in enumerate(runs)
    )


def _beside(text: str, place: int, many: int) -> str:
    if len(text) <= 2 * NEAR:
        return text
    after = "" if place == 0 else text[:NEAR].rpartition(" ")[0] or text[:NEAR]
    before = "" if place == many - 1 else text[-NEAR:].partition(" ")[2] or text[-NEAR:]
    return f"{after} {LEFT_OUT} {before}"


def _whole(text: str) -> tuple[Run, ...]:
    return (Run(text=text, changed=False),) if text else ()


def _runs(parts: Iterable[tuple[list[str], bool]]) -> tuple[Run, ...]:
    """Nothing empty, and what only a space parts is one run."""
    found: list[Run] = []
    for tokens, changed in parts:
        text = "".join(tokens)
        if text:
            found.append(Run(text=text, changed=changed))
    for place in range(len(found) - 2, 0, -1):
        around = found[place - 1 : place + 2]
        if [each.changed for each in around] == [True, False, True] and around[1].text.isspace():
            text = "".join(each.text for each in around)
            found[place - 1 : place + 2] = [Run(text=text, changed=True)]
    return tuple(found)
