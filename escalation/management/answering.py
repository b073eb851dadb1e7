"""How does a command answer JSON lines: one line out for each line in, in order, whatever comes?

A line that cannot be answered is answered with ``{"id", "error"}`` and the next one is read: one bad line
must not end a long run, and whoever reads along must not wait for an answer that never comes.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Answer = Callable[[dict[str, Any]], Mapping[str, Any]]


class BadLine(ValueError):
    """The line is not what the protocol asks for; the message says what is missing."""


def answers(
    lines: Iterable[str], answer: Answer, *, otherwise: Mapping[str, Any] | None = None
) -> Iterator[str]:
    """This will give the line that answers each line; blank lines are none.

    ``answer`` may refuse with a ``ValueError`` or a ``LookupError`` (a zone or a tool that nobody knows);
    its message is read by whoever wrote the line. Keys keep their order, so that the same line always
    gives the same bytes. ``otherwise`` stands in an answer that is an error, so that a reader who only
    looks for the protocol's members finds them empty.
    """
    for line in lines:
        if line.strip():
            yield _answered(line, answer, otherwise or {})


def _answered(line: str, answer: Answer, otherwise: Mapping[str, Any]) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return _refused(None, "This line is not JSON.", otherwise)
    if not isinstance(row, dict):
        return _refused(None, "A line is a JSON object.", otherwise)
    try:
        return _written(answer(row))
    except (ValueError, LookupError, RecursionError) as error:
        return _refused(row.get("id"), str(error) or type(error).__name__, otherwise)


def _refused(name: Any, why: str, otherwise: Mapping[str, Any]) -> str:
    # Quoted from the line, so it may hold what no terminal or file can: written in ASCII.
    return json.dumps({"id": name, "error": why, **otherwise})


def _written(answer: Mapping[str, Any]) -> str:
    text = json.dumps(answer, ensure_ascii=False)
    text.encode()  # half a surrogate pair is no text: raises UnicodeEncodeError, which is a ValueError
    return text
