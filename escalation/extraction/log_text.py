"""Which lines of a log say that something went wrong?

The distinct ones, each once however often it stands there: two lines that differ only in their numbers are
one. Not a reading of the log, only the lines that a person would look for first.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

MOST_LINES: Final = 6
LONGEST_LINE: Final = 300

_BAD = re.compile(
    r"\b(?:ERROR|ERR|FATAL|CRITICAL|SEVERE|PANIC|Traceback|[A-Za-z.]*(?:Exception|Error)\b|panic:"
    r"|failed|refused|denied|timed? ?out|unreachable|Uncaught)\b"
)
_NUMBERS = re.compile(r"0x[0-9a-fA-F]+|\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class BadLine:
    """One line that tells of a failure."""

    text: str
    times: int


def bad_lines(text: str) -> tuple[BadLine, ...]:
    """This will return the telling lines, the most frequent first."""
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    for line in text.splitlines():
        said = " ".join(line.split())
        if said and _BAD.search(said):
            alike = _NUMBERS.sub("0", said)
            counted[alike] += 1
            first.setdefault(alike, said[:LONGEST_LINE])
    return tuple(BadLine(text=first[key], times=times) for key, times in counted.most_common(MOST_LINES))
