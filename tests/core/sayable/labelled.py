"""Our own labelled updates: ``development`` was looked at while building, ``held_out`` was not."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from escalation.translation.meaning import CERTAIN_AT, Meaning, Reading, read

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "eval" / "sayable"
DONE = {Meaning.RESOLVED, Meaning.FIXED_WATCHING}


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """One update with the meanings that are right for it and the start of the expected local time."""

    id: str
    text: str
    language: str
    said_at: datetime
    zone: str
    meaning: tuple[str, ...]
    also: tuple[str, ...]
    expected: str | None

    def reading(self) -> Reading:
        return read(self.text, said_at=self.said_at, zone=self.zone)


def labelled(part: str) -> list[Labelled]:
    found = []
    for line in (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        said_at = datetime.fromisoformat(row["said_at"]).replace(tzinfo=ZoneInfo(row["zone"]))
        row |= {"said_at": said_at, "meaning": tuple(row["meaning"]), "also": tuple(row["also"])}
        found.append(Labelled(**row))
    return found


@dataclass(kw_only=True, slots=True)
class Figures:
    """What the reader got right on one part."""

    updates: int = 0
    right: int = 0
    certain: int = 0
    certain_right: int = 0
    overclaimed: list[str] | None = None
    times: int = 0
    times_right: int = 0
    times_invented: list[str] | None = None


def measure(part: str) -> Figures:
    figures = Figures(overclaimed=[], times_invented=[])
    assert figures.overclaimed is not None
    assert figures.times_invented is not None
    for update in labelled(part):
        reading = update.reading()
        right = reading.meaning in update.meaning
        certain = reading.certainty >= CERTAIN_AT
        figures.updates += 1
        figures.right += right
        figures.certain += certain
        figures.certain_right += certain and right
        if certain and reading.meaning in DONE and not DONE & set(update.meaning):
            figures.overclaimed.append(update.id)
        at = reading.expected_at.isoformat() if reading.expected_at else ""
        figures.times += update.expected is not None
        figures.times_right += bool(update.expected and at.startswith(update.expected))
        if at and not (update.expected and at.startswith(update.expected)):
            figures.times_invented.append(update.id)
    return figures
