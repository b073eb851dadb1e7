"""`manage.py bench_queue`: is the queue instant, and its search, with a million handoffs?

One JSON line per figure. Each is a request of somebody who receives, from the outermost middleware to the
page; only the network is missing. It writes into the database that it is given: `make bench-queue` gives it
one of its own.
"""

from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.utils import timezone

from escalation.management import queue_world
from escalation.management.measuring import Measured, Sheet, alternately, percentile
from escalation.models import Handoff

INSTANT_MS: Final = 200.0  # of 95 of a hundred requests
ROW: Final = 'id="waits-'
ROWS_OF_A_PAGE: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request, and how many lines its page must show at least."""

    name: str
    filters: dict[str, str]
    rows: int


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
        person = queue_world.build(handoffs=options["handoffs"], now=timezone.now())
        sheet = Sheet(self.stdout)
        count = Handoff.objects.count()
        sheet.tell(Measured(name="queue.handoffs", value=count, unit="handoffs"))
        sheet.tell(Measured(name="queue.written_in", value=perf_counter() - start, unit="s"))
        browser = Client(HTTP_HOST="localhost")
        browser.force_login(person)
        for asked in requests(count):
            self._measure(sheet, browser, asked, options)
        if sheet.broken:
            raise CommandError(f"Promises broken: {', '.join(each.name for each in sheet.broken)}")

    def _measure(self, sheet: Sheet, browser: Client, asked: Asked, options: dict[str, Any]) -> None:
        shown = browser.get("/queue", asked.filters).content.decode().count(ROW)
        if shown < asked.rows:
            raise CommandError(f"{asked.name}: the page shows {shown} handoffs instead of {asked.rows}.")
        ours, bare = alternately(
            [lambda: browser.get("/queue", asked.filters), lambda: browser.get("/notices")],
            times=options["requests"],
        )
        figure = Measured(
            name=f"queue.{asked.name}_ms_p95",
            value=percentile(ours, 0.95),
            unit="ms",
            baseline=percentile(bare, 0.95),
            limit=options["p95_may_be"],
        )
        sheet.tell(figure)


def requests(count: int) -> tuple[Asked, ...]:
    """What people ask of a queue with so many handoffs behind it."""
    one = count // 2
    of_a_page = min(ROWS_OF_A_PAGE, count)
    words = {
        "number": (queue_world.remote_number(one), 1),
        "error_code": (queue_world.error_code(one), 1),
        "code_and_common_word": (f"{queue_world.error_code(one)} everybody", 1),
        "word_of_one_in_100": (queue_world.HUNDREDTH, min(ROWS_OF_A_PAGE, count // 100)),
        "word_of_one_in_10": (queue_world.TENTH, min(ROWS_OF_A_PAGE, count // 10)),
        "word_of_all": ("everybody", of_a_page),
        "three_words_of_all": (queue_world.EVERYWHERE, of_a_page),
        "two_that_never_meet": (" ".join(queue_world.EITHER), 0),
        "two_common_words": (f"{queue_world.TENTH} {queue_world.HUNDREDTH}", min(1, count // 100)),
        "word_of_none": ("nosuchword", 0),
    }
    return (
        Asked(name="open", filters={}, rows=min(ROWS_OF_A_PAGE, count // queue_world.OPEN_OF)),
        Asked(name="ended", filters={"status": "ended"}, rows=min(ROWS_OF_A_PAGE, count // 2)),
        Asked(name="reachable_first", filters={"reachable": "on"}, rows=min(1, count // queue_world.OPEN_OF)),
        *(
            Asked(name=f"search_{name}", filters={"words": asked}, rows=rows)
            for name, (asked, rows) in words.items()
        ),
    )
