"""`manage.py eval_sayable`: how right is the reading of updates, and how plain are the lines?

On our own labelled updates (`fixtures/eval/sayable`), beside the simple program that takes every update for
work in progress. One half was looked at while building, the other was not.
"""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand

from escalation.translation.cues.kinds import DONE, Meaning
from escalation.translation.meaning import CERTAIN_AT, read
from escalation.translation.readable import grade
from escalation.translation.sayable import sayable

PARTS = (
    "development",
    "held_out",
    "fresh_develop",
    "fresh_locked",
    "fresh_third",
    "fresh_fourth",
    "harbour_develop",
    "harbour_locked",
    "quay",
)
_HEAD = (
    f"{'':16}{'updates':>8}{'right':>8}{'always working':>16}{'sure':>7}{'right':>7}"
    f"{'overclaim':>11}{'grade max':>11}"
)


class Command(BaseCommand):
    """Reads labelled updates and prints how they were read."""

    help = "Prints the figures of reading updates and of the lines for the user."
    requires_system_checks: list[str] = []  # noqa: RUF012  Django's own declaration
    requires_migrations_checks = False

    def handle(self, *_args: object, **_options: object) -> None:
        """Print one line for each half."""
        self.stdout.write(f"\nsayable, our own updates\n{_HEAD}")
        for part in PARTS:
            file = settings.BASE_DIR / "fixtures" / "eval" / "sayable" / f"{part}.jsonl"
            rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            self.stdout.write(f"{part:16}{_figures(rows)}")


def _figures(rows: list[dict[str, Any]]) -> str:
    right = sure = sure_right = overclaims = working = 0
    grades = []
    for row in rows:
        said_at = datetime.fromisoformat(row["said_at"]).replace(tzinfo=ZoneInfo(row["zone"]))
        reading = read(row["text"], said_at=said_at, zone=row["zone"])
        certain, hit = reading.certainty >= CERTAIN_AT, reading.meaning in row["meaning"]
        right += hit
        working += Meaning.BEING_WORKED in row["meaning"]
        sure += certain
        sure_right += certain and hit
        overclaims += certain and reading.meaning in DONE and not DONE & set(row["meaning"])
        grades.append(grade(sayable(row["text"], said_at=said_at, zone=row["zone"]).line))
    size = len(rows)
    shares = f"{right / size:8.3f}{working / size:16.3f}{sure / size:7.3f}{sure_right / max(1, sure):7.3f}"
    return f"{size:8}{shares}{overclaims:11}{max(grades):11.1f}"
