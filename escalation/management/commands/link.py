"""`manage.py link`: speak the linking protocol, JSON lines in and out, until the input ends.

Needs no database, no network and no settings beyond Django's own start.
"""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

# One thread: an answer takes milliseconds, and starting threads for it costs more than it saves.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from escalation.linking.protocol import BadLine, Conversation  # noqa: E402  (after the thread counts)


class Command(BaseCommand):
    """Answer linking questions on standard input."""

    help = "Answers linking questions, one JSON line each, until the input ends (docs/linking.md)."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until the input ends; a broken line is reported on standard error and skipped."""
        conversation = Conversation()
        for line in sys.stdin:
            if not line.strip():
                continue
            try:
                answer = conversation.hear(line)
            except BadLine as error:
                self.stderr.write(str(error))
                continue
            if answer is not None:
                self.stdout.write(answer)
                self.stdout.flush()
