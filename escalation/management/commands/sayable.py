"""Which lines for the user do updates give? JSON lines in, JSON lines out, one line each, in order.

In: ``{"id", "text", "said_at", "zone"?, "language"?}``. Out: see docs/sayable.md. A broken line is answered
with ``{"id", "error"}`` and the next one is read: one bad update must not end a long run.
"""

import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand

from escalation.management.answering import BadLine, answers
from escalation.translation.meaning import read
from escalation.translation.sayable import sayable


class Command(BaseCommand):
    """Reads updates from standard input until it ends."""

    help = "Turns updates into lines for the user: JSON lines in, JSON lines out."
    requires_system_checks: list[str] = []  # noqa: RUF012  Django's own declaration

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002  Django's signature
        for answer in answers(sys.stdin, _answer):
            print(answer, flush=True)


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(row.get("text"), str):
        raise BadLine("A line is an object with a text.")
    zone = str(row.get("zone", "UTC"))
    said_at = datetime.fromisoformat(str(row["said_at"])) if "said_at" in row else datetime.now(UTC)
    if said_at.tzinfo is None:
        said_at = said_at.replace(tzinfo=ZoneInfo(zone))
    reading = read(row["text"], said_at=said_at, zone=zone)
    said = sayable(row["text"], said_at=said_at, zone=zone, language=str(row.get("language", "en")))
    return {
        "id": row.get("id"),
        "line": said.line,
        "meaning": said.meaning,
        "certain": said.certain,
        "expected_at": said.expected_at.isoformat() if said.expected_at else None,
        "expected_words": said.expected_words,
        "guess": reading.meaning,
        "also": list(reading.also),
        "certainty": reading.certainty,
        "because": list(reading.because),
    }
