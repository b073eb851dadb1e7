"""When did it happen: the world's moments are written relative to the day the story is told.

Written as `-95m` (minutes before now), `-2d 09:15` (two working days before the story's day, at a UTC time),
`+1d 20:00`, and `sat 22:10` / `sun 06:00` (the last weekend), `sat-1 22:10` (the one before). A text may
hold `{{moment|strftime}}`.
"""

import os
import re
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

_MINUTES = re.compile(r"^-(\d+)m$")
_DAYS = re.compile(r"^([+-]\d+)d (\d\d:\d\d(?::\d\d)?)$")
_WEEKEND = re.compile(r"^(sat|sun)(-\d+)? (\d\d:\d\d(?::\d\d)?)$")
_IN_TEXT = re.compile(r"\{\{([^|{}]+)\|([^{}]+)\}\}")
_SATURDAY: Final = 5
# Before noon UTC on a Monday the first tickets of the week would lie on the Sunday of "last weekend".
_MONDAY_BEGINS: Final = time(12, 0)
_FRIDAY_TOLD_AT: Final = time(16, 0)


def story_now(now: datetime) -> datetime:
    """Give the moment at which the story is told: now on a working day, else Friday 16:00 UTC."""
    now = now.astimezone(UTC).replace(microsecond=0)
    too_early = now.weekday() == 0 and now.time() < _MONDAY_BEGINS
    if now.weekday() < _SATURDAY and not too_early:
        return now
    back = 3 if too_early else now.weekday() - 4
    return datetime.combine(now.date() - timedelta(days=back), _FRIDAY_TOLD_AT, tzinfo=UTC)


def anchored(data: Path | None, now: datetime) -> datetime:
    """Give the moment all tools of one data folder share, writing it down for the first that asks.

    Without a folder it is the story's now. Tools that disagreed by a second would give two links to one
    thread.
    """
    if data is None:
        return story_now(now)
    data.mkdir(parents=True, exist_ok=True)
    note, draft = data / "anchor", data / f"anchor.{os.getpid()}"
    draft.write_text(story_now(now).isoformat())
    # A link appears whole or not at all: of several tools starting at once, one wins and the others read it.
    with suppress(FileExistsError):
        os.link(draft, note)
    draft.unlink()
    return datetime.fromisoformat(note.read_text())


def moment(written: str, *, now: datetime) -> datetime:
    """Read a relative moment. Raises ValueError for one that cannot be read."""
    if found := _MINUTES.match(written):
        return now - timedelta(minutes=int(found[1]))
    if found := _DAYS.match(written):
        return _at(_working_day(now, int(found[1])), found[2])
    if found := _WEEKEND.match(written):
        monday = now - timedelta(days=now.weekday())
        back = 2 if found[1] == "sat" else 1
        return _at(monday - timedelta(days=back) + timedelta(weeks=int(found[2] or 0)), found[3])
    raise ValueError(f"not a moment of the practice world: {written!r}")


def told(text: str, *, now: datetime) -> str:
    """Write out the moments inside a text."""
    return _IN_TEXT.sub(lambda found: moment(found[1], now=now).strftime(found[2]), text)


def _working_day(day: datetime, steps: int) -> datetime:
    """Go so many working days forward or back: nobody in these stories writes on a Sunday."""
    step = timedelta(days=1 if steps > 0 else -1)
    for _ in range(abs(steps)):
        day += step
        while day.weekday() >= _SATURDAY:
            day += step
    return day


def _at(day: datetime, clock: str) -> datetime:
    return datetime.combine(day.date(), time.fromisoformat(clock), tzinfo=UTC)
