"""Which lines of two long texts differ, so that nobody has to compare a whole description? Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher

SHORT = 3  # lines up to which a text is shown whole
LEFT_OUT = "…"


def excerpt(before: str, after: str) -> tuple[str, str]:
    """This will leave of both texts what differs with one line around it; short ones stay whole."""
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) <= SHORT:
        return before, after
    groups = list(SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(1))
    return (
        _kept(old, ((group[0][1], group[-1][2]) for group in groups)),
        _kept(new, ((group[0][3], group[-1][4]) for group in groups)),
    )


def _kept(lines: list[str], spans: Iterable[tuple[int, int]]) -> str:
    said: list[str] = []
    at = 0
    for start, end in spans:
        if start > at:
            said.append(LEFT_OUT)
        said += lines[start:end]
        at = end
    if at < len(lines):
        said.append(LEFT_OUT)
    return "\n".join(said)
