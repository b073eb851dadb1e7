"""Which tickets and threads are there: a text file each, `data/tickets/*.txt` and `data/threads/*.txt`.

A ticket's file begins with its number, a thread's is named by its key. It holds headers (`name: value`), then
what was said: `=== person moment`, with `internal` or `html` in a ticket, `edited` in a thread. A line
`--- file name type` starts an attachment. How moments and `{{…}}` are written: see `times` and `links`.
"""

import re
from pathlib import Path
from typing import Final

from escalation.practice.world.story import Line, Said, Story, Thread

_FOLDER: Final = Path(__file__).parent / "data"
_PART = re.compile(r"^=== (\w+) (.+?)( internal| html| edited)?$", re.MULTILINE)
_FILE = re.compile(r"^--- file (\S+) (\S+)\n", re.MULTILINE)


def stories() -> tuple[Story, ...]:
    """Read every ticket, by number. Raises ValueError with the file's name for one that cannot be read."""
    return tuple(_read(path) for path in sorted((_FOLDER / "tickets").glob("*.txt")))


def threads() -> tuple[Thread, ...]:
    """Read every Slack thread, by key."""
    return tuple(_read_thread(path) for path in sorted((_FOLDER / "threads").glob("*.txt")))


def _split(path: Path) -> tuple[dict[str, str], list[tuple[str, str, str, str]]]:
    """Give the headers, and each part as person, moment, kind and text."""
    head, *found = _PART.split(path.read_text(encoding="utf-8"))
    headers = dict(line.split(": ", 1) for line in head.strip().splitlines())
    fours = (found[place : place + 4] for place in range(0, len(found), 4))
    return headers, [(by, at, (kind or "").strip(), text.strip()) for by, at, kind, text in fours]


def _read_thread(path: Path) -> Thread:
    headers, parts = _split(path)
    lines = tuple(Line(by=by, at=at, text=text, edited=kind == "edited") for by, at, kind, text in parts)
    return Thread(
        key=path.stem, channel=headers["channel"], channel_name=headers["channel_name"], lines=lines
    )


def _read(path: Path) -> Story:
    headers, parts = _split(path)
    if not parts or not {"subject", "requester"} <= set(headers):
        raise ValueError(f"{path.name}: a ticket needs a subject, a requester and a comment")
    score, _, remark = headers.get("rating", "").partition(" ")
    return Story(
        id=int(path.name.partition("-")[0]),
        subject=headers["subject"],
        requester=headers["requester"],
        assignee=headers.get("assignee", ""),
        status=headers.get("status", "open"),
        priority=headers.get("priority", ""),
        kind=headers.get("kind", ""),
        tags=tuple(headers.get("tags", "").split()),
        channel=headers.get("channel", "email"),
        rating=(score, remark),
        said=tuple(_said(*part) for part in parts),
    )


def _said(by: str, at: str, kind: str, written: str) -> Said:
    text, *rest = _FILE.split(written)
    files = tuple((rest[place], rest[place + 1], rest[place + 2].strip()) for place in range(0, len(rest), 3))
    if kind == "html":
        return Said(by=by, at=at, html=text.strip(), files=files)
    return Said(by=by, at=at, text=text.strip(), internal=kind == "internal", files=files)
