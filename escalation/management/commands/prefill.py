"""`manage.py prefill`: speak the prefill protocol of docs/extraction.md, JSON lines in and out.

Needs no database and no network. A broken line is reported on standard error and skipped: one bad line
must not end a long run.
"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from escalation.extraction.protocol import BadLine, prefill_answer


class Command(BaseCommand):
    """Answers line by line until the input ends."""

    help = "Finds candidate items in conversations, one JSON line each (docs/extraction.md)."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until the input ends."""
        for number, line in enumerate(sys.stdin, start=1):
            if not line.strip():
                continue
            try:
                answer = prefill_answer(json.loads(line))
            except (BadLine, json.JSONDecodeError) as error:
                self.stderr.write(f"line {number}: {error}")
                continue
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            self.stdout.flush()
