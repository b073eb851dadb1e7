"""Bring the database up to date while Baton runs: one at a time, never waiting long for a lock."""

import time
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.utils import OperationalError
from psycopg.errors import LockNotAvailable

# First half of PostgreSQL's two-part advisory lock: ours (see inbound.poll); the second says what for.
LOCK = (0x4261746F, 0x7570)
# A migration that waits for a lock makes everybody behind it wait too, so it gives up soon and tries again.
WAIT_FOR_A_LOCK = "3s"
PAUSE_S = 2.0


class Command(BaseCommand):
    """`manage.py upgrade [--tries N]`; to be run by every machine that starts, before its processes."""

    help = "Apply migrations, one process at a time, without holding up a running Baton."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often a busy table is tried again."""
        parser.add_argument("--tries", type=int, default=20, help="times a busy table is tried (20)")

    def handle(self, *_: Any, **options: Any) -> None:
        """Wait for the others that upgrade, then migrate."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", LOCK)
            try:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [WAIT_FOR_A_LOCK])
                self._migrate(tries=options["tries"], verbosity=options["verbosity"])
            finally:
                cursor.execute("SELECT set_config('lock_timeout', '0', false)")
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", LOCK)

    def _migrate(self, *, tries: int, verbosity: int) -> None:
        for left in reversed(range(tries)):
            try:
                call_command("migrate", interactive=False, verbosity=verbosity, stdout=self.stdout)
            except OperationalError as error:
                # Each migration is a transaction of its own: what was done stays, what was not is as before.
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                if not left:
                    raise CommandError(
                        "A table stayed busy. Nothing is half done; run it again at a calmer hour."
                    ) from error
                self.stderr.write(f"A table is busy; trying again, {left} times at most.")
                time.sleep(PAUSE_S)
            else:
                return
