"""`manage.py translate`: states in, records out, JSON lines in and out (docs/translating.md).

Needs no database and no network.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from escalation.capture.protocol import translate_answer
from escalation.management.answering import answers


class Command(BaseCommand):
    """Answers line by line until the input ends."""

    help = "Translates knowledge states into a tool's record, one JSON line each (docs/translating.md)."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until the input ends."""
        for answer in answers(sys.stdin, translate_answer):
            self.stdout.write(answer)
            self.stdout.flush()
