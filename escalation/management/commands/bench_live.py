"""`manage.py bench_live`: how soon does an open page have what was just committed, and how many can be open?

One JSON line per figure. Beside ours, in the same run: the database's own LISTEN/NOTIFY without any page, and
an application that passes notices on to as many open streams without looking at them. Whoever writes is a
process of its own, and so is the browser in whose windows lines are watched until they are painted. It writes
into the database that it is given: `make bench-live` gives it one of its own.
"""

import asyncio
import resource
import shutil
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from escalation.management.live_bench import measure, world
from escalation.management.live_bench.pages import Refused
from escalation.management.live_bench.painting import Eyes
from escalation.management.live_bench.server import serving
from escalation.management.live_bench.writing import Writer, writing
from escalation.management.measuring import Sheet

OURS, BARE = "config.asgi:application", "escalation.management.live_bench.echo:application"
PEOPLE = 100
CHROMIUM = "chromium"


class Command(BaseCommand):
    """Measure the live timeline."""

    help = "Prints how live the timeline is, one JSON line per figure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--pages", type=int, default=1_000, help="open while the lateness is taken")
        parser.add_argument("--held", type=int, default=5_000, help="open at once in one process")
        parser.add_argument("--windows", type=int, default=4, help="of a browser; 0 for none")
        parser.add_argument("--chromium", default=CHROMIUM, help="the browser's program")
        parser.add_argument("--updates", type=int, default=300)
        parser.add_argument("--per-second", type=float, default=10.0)
        parser.add_argument("--only-held", action="store_true", help="and the storm; no lateness before")
        parser.add_argument("--lateness-may-be", type=float, default=measure.P99_MS, help="ms, p99")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build a world, measure, print; fail where a promise is broken."""
        if options["windows"] and shutil.which(options["chromium"]) is None:
            raise CommandError(
                "Without a browser nothing is painted: name one by --chromium, or --windows 0."
            )
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        most = max(options["pages"], options["held"])
        seen = world.build(handoffs=most // measure.PAGES_PER_HANDOFF, people=PEOPLE)
        connections.close_all()
        sheet = Sheet(self.stdout)
        with writing() as writer:
            try:
                asyncio.run(_measured(sheet, writer, seen, options))
            except (Refused, measure.Lost) as error:
                raise CommandError(str(error)) from error
        if sheet.broken:
            raise CommandError(f"Promises broken: {', '.join(each.name for each in sheet.broken)}")


async def _measured(sheet: Sheet, writer: Writer, seen: world.World, options: dict[str, Any]) -> None:
    run = measure.Run(
        sheet=sheet,
        writer=writer,
        updates=options["updates"],
        every_s=1 / options["per_second"],
        p99_ms=options["lateness_may_be"],
    )
    if not options["only_held"]:
        await _late(run, seen, options)
    with serving(OURS) as server:
        held = await measure.held(run, server, seen, count=options["held"])
        await measure.storm(run, server, held)


async def _late(run: measure.Run, seen: world.World, options: dict[str, Any]) -> None:
    pages = options["pages"]
    await measure.raw_notify(run)
    with serving(BARE) as server:
        await measure.bare_echo(run, server, count=pages)
    with serving(OURS) as server:
        await measure.latency(run, server, seen, count=pages)
    if options["windows"]:
        eyes = Eyes(windows=options["windows"], chromium=str(shutil.which(options["chromium"])))
        with serving(OURS) as server:
            await measure.painting(run, server, seen, count=pages, eyes=eyes)
