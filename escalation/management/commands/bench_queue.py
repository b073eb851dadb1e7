"""`manage.py bench_queue`: is the queue instant, and its search, with a million handoffs?

One JSON line per figure. Each is a request of somebody who receives, from the outermost middleware to the
page; only the network is missing. It writes into the database that it is given: `make bench-queue` gives it
one of its own.
"""

from time import perf_counter
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.utils import timezone

from escalation.management.bench_world.asked import Asked, queue_asked
from escalation.management.bench_world.build import build
from escalation.management.measuring import Measured, Sheet, alternately, percentile
from escalation.models import Handoff

INSTANT_MS: Final = 200.0  # of 95 of a hundred requests


class Command(BaseCommand):
    """Measure the queue."""

    help = "Prints how long the queue and its search take, one JSON line per figure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--handoffs", type=int, default=1_000_000)
        parser.add_argument("--requests", type=int, default=20, help="of each kind")
        parser.add_argument("--p95-may-be", type=float, default=INSTANT_MS, help="ms")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build a world, ask, print; fail where the promise is broken."""
        start = perf_counter()
        person = build(handoffs=options["handoffs"], now=timezone.now(), tell=self.stderr.write)
        sheet = Sheet(self.stdout)
        count = Handoff.objects.count()
        sheet.tell(Measured(name="queue.handoffs", value=count, unit="handoffs"))
        sheet.tell(Measured(name="queue.written_in", value=perf_counter() - start, unit="s"))
        browser = Client(HTTP_HOST="localhost")
        browser.force_login(person)
        for asked in queue_asked(count):
            self._measure(sheet, browser, asked, options)
        if sheet.broken:
            raise CommandError(f"Promises broken: {', '.join(each.name for each in sheet.broken)}")

    def _measure(self, sheet: Sheet, browser: Client, asked: Asked, options: dict[str, Any]) -> None:
        shown = browser.get(asked.path, asked.filters).content.count(asked.row)
        if shown < asked.rows:
            raise CommandError(f"{asked.name}: the page shows {shown} handoffs instead of {asked.rows}.")
        ours, bare = alternately(
            [lambda: browser.get(asked.path, asked.filters), lambda: browser.get("/notices")],
            times=options["requests"],
        )
        figure = Measured(
            name=f"{asked.name}_ms_p95",
            value=percentile(ours, 0.95),
            unit="ms",
            baseline=percentile(bare, 0.95),
            limit=options["p95_may_be"],
        )
        sheet.tell(figure)
