"""`manage.py link`: speak the linking protocol, JSON lines in and out, until the input ends.

Needs no database, no network and no settings beyond Django's own start.
"""

import os
import sys
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

# One thread: an answer takes milliseconds, and starting threads for it costs more than it saves.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from escalation.linking.protocol import BadLine, Conversation  # noqa: E402  (after the thread counts)

QUIET_S = 0.005  # without a line for so long, what was put off is done
LATEST_S = 0.5  # a correction is known to the answers at the latest then


class Command(BaseCommand):
    """Answer linking questions on standard input."""

    help = "Answers linking questions, one JSON line each, until the input ends (docs/linking.md)."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until the input ends; a broken line is reported on standard error and skipped."""
        lines: SimpleQueue[str | None] = SimpleQueue()
        Thread(target=_read, args=(lines,), daemon=True).start()
        conversation, since = Conversation(patient=True), monotonic()
        while True:
            try:
                line = lines.get(timeout=QUIET_S if conversation.owes else None)
            except Empty:
                conversation.rest()
                continue
            if line is None:
                return
            if not conversation.owes:
                since = monotonic()
            elif monotonic() - since > LATEST_S:
                conversation.rest(all_of_it=True)
            self._answer(conversation, line)

    def _answer(self, conversation: Conversation, line: str) -> None:
        try:
            answer = conversation.hear(line)
        except BadLine as error:
            self.stderr.write(str(error))
            return
        if answer is not None:
            self.stdout.write(answer)
            self.stdout.flush()


def _read(lines: "SimpleQueue[str | None]") -> None:
    for line in sys.stdin:
        if line.strip():
            lines.put(line)
    lines.put(None)
