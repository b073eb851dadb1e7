"""`manage.py bench_live`: how soon does an open page have what was just committed, and how many can be open?

One JSON line per figure. Beside ours, in the same run: the database's own LISTEN/NOTIFY without any page, and
an application that passes notices on to as many open streams without looking at them. It writes into the
database that it is given: `make bench-live` gives it one of its own.
"""

import asyncio
import resource
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from escalation.management.live_bench import measure, world
from escalation.management.live_bench.server import serving
from escalation.management.measuring import Sheet

OURS, BARE = "config.asgi:application", "escalation.management.live_bench.echo:application"
PEOPLE = 100


class Command(BaseCommand):
    """Measure the live timeline."""

    help = "Prints how live the timeline is, one JSON line per figure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--pages", type=int, default=1_000, help="open while the lateness is taken")
        parser.add_argument("--held", type=int, default=5_000, help="open at once in one process")
        parser.add_argument("--updates", type=int, default=300)
        parser.add_argument("--per-second", type=float, default=10.0)
        parser.add_argument("--lateness-may-be", type=float, default=measure.P99_MS, help="ms, p99")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build a world, measure, print; fail where a promise is broken."""
        pages, count = options["pages"], options["held"]
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        seen = world.build(handoffs=max(pages, count) // measure.PAGES_PER_HANDOFF, people=PEOPLE)
        connections.close_all()
        sheet = Sheet(self.stdout)
        run = measure.Run(
            sheet=sheet,
            updates=options["updates"],
            every_s=1 / options["per_second"],
            p99_ms=options["lateness_may_be"],
        )

        async def measured() -> None:
            await measure.raw_notify(run)
            with serving(BARE) as server:
                bare = await measure.bare_echo(run, server, count=pages)
            with serving(OURS) as server:
                await measure.latency(run, server, seen, count=pages, bare=bare)
            with serving(OURS) as server:
                held = await measure.held(run, server, seen, count=count)
                await measure.storm(run, server, held)

        asyncio.run(measured())
        if sheet.broken:
            raise CommandError(f"Promises broken: {', '.join(each.name for each in sheet.broken)}")
