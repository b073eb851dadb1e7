"""`manage.py extract`: speak the extract protocol of docs/extraction.md, JSON lines in and out.

Needs no database and no network.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from escalation.extraction.protocol import extract_answer
from escalation.management.answering import answers


class Command(BaseCommand):
    """Answers line by line until the input ends."""

    help = "Finds technical entities in texts, one JSON line each (docs/extraction.md)."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until the input ends."""
        for answer in answers(sys.stdin, extract_answer, otherwise={"entities": []}):
            self.stdout.write(answer)
            self.stdout.flush()
