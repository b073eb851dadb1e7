"""`manage.py bench_scale`: are the pages as quick with a million handoffs as with ten thousand?

One JSON line per figure. Two databases on one server hold the same company with a longer and with a shorter
past, and are asked by turns: of each page 95 of a hundred requests against what was promised, and half of
them beside the same page over the shorter past. Then the plans of what each page asked: none may read a large
table from end to end. `make bench-scale` gives it a server of its own.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.utils import timezone

from escalation.management.bench_world.asked import Asked, asked_of
from escalation.management.bench_world.beside import database_beside, instead
from escalation.management.bench_world.build import build
from escalation.management.measuring import Measured, Promise, Sheet, alternately, percentile
from escalation.management.plans import noted, scanned
from escalation.models import Entry, Handoff

GROWS: Final = 1.5  # times its time over the shorter past
LIMITS_MS: Final = {"dashboard": 100.0, "drill_down": 60.0, "queue": 30.0, "handoff": 30.0}


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """One of the two, ready to be asked."""

    name: str
    within: Callable[[], AbstractContextManager[None]]
    browser: Client
    asked: tuple[Asked, ...]

    def ask(self, place: int) -> bytes:
        """Ask for the page in that place; returns it, raises where it shows less than there is."""
        asked = self.asked[place]
        with self.within():
            answer = self.browser.get(asked.path, asked.filters)
        shown = answer.content.count(asked.row)
        if answer.status_code != 200 or shown < asked.rows:
            raise CommandError(
                f"{asked.name} of {self.name}: answered {answer.status_code}, shows {shown} of {asked.rows}."
            )
        return bytes(answer.content)


class Command(BaseCommand):
    """Measure the pages over a long past beside a short one."""

    help = "Prints how long each page takes with many handoffs and with few, one JSON line per figure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--handoffs", type=int, default=1_000_000)
        parser.add_argument("--beside", type=int, default=10_000, help="handoffs; 0 for no second database")
        parser.add_argument("--requests", type=int, default=40, help="of each page and world")
        parser.add_argument("--only", default="", help="pages whose name begins so")
        parser.add_argument("--slower", type=float, default=1.0, help="times the promised milliseconds")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build both, ask, explain, print; fail where a promise is broken."""
        sheet = Sheet(self.stdout)
        worlds = [self._world("long", options["handoffs"], nullcontext, sheet)]
        if options["beside"]:
            other = database_beside(str(options["beside"]))
            worlds.append(self._world("short", options["beside"], lambda: instead(other), sheet))
        for place, asked in enumerate(worlds[0].asked):
            if asked.name.startswith(options["only"]):
                self._measure(sheet, worlds, place, options)
        if sheet.broken:
            raise CommandError(f"Promises broken: {', '.join(each.name for each in sheet.broken)}")

    def _world(
        self, name: str, handoffs: int, within: Callable[[], AbstractContextManager[None]], sheet: Sheet
    ) -> World:
        with within():
            start = perf_counter()
            person = build(handoffs=handoffs, now=timezone.now(), tell=self.stderr.write)
            figures = {"handoffs": Handoff.objects.count(), "entries": Entry.objects.count()}
            for unit, value in figures.items():
                sheet.tell(Measured(name=f"scale.{name}_{unit}", value=value, unit=unit))
            sheet.tell(Measured(name=f"scale.{name}_written_in", value=perf_counter() - start, unit="s"))
            return World(name=name, within=within, browser=_logged_in(person), asked=asked_of(person))

    def _measure(self, sheet: Sheet, worlds: list[World], place: int, options: dict[str, Any]) -> None:
        asked = worlds[0].asked[place]
        calls = [lambda world=world: world.ask(place) for world in worlds]
        taken = alternately(calls, times=options["requests"])
        p95 = Measured(
            name=f"scale.{asked.name}_ms_p95",
            value=percentile(taken[0], 0.95),
            unit="ms",
            limit=LIMITS_MS[asked.page] * options["slower"],
        )
        half = Measured(name=f"scale.{asked.name}_ms_p50", value=percentile(taken[0], 0.5), unit="ms")
        if len(worlds) > 1:
            p95 = replace(p95, baseline=percentile(taken[1], 0.95))
            ratio = {"limit": GROWS * options["slower"], "promise": Promise.RATIO_AT_MOST}
            half = replace(half, baseline=percentile(taken[1], 0.5), **ratio)
        sheet.tell(p95)
        sheet.tell(half)
        with worlds[0].within(), noted() as statements:
            worlds[0].ask(place)
        with worlds[0].within():
            read_whole = scanned(statements)
        if read_whole:
            self.stderr.write(f"{asked.name} reads all of {', '.join(read_whole)}")
        whole = Measured(name=f"scale.{asked.name}_tables_read_whole", value=len(read_whole), unit="tables")
        sheet.tell(replace(whole, limit=0))


def _logged_in(person: User) -> Client:
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(person)
    return browser
