"""`manage.py bench_sync`: what does it cost to read a big company's catalog over HTTP, first and afterwards?

One JSON line per figure, each reading beside the same pages read and thrown away. The practice ServiceNow
serves made-up entries from a process of its own; the sync is the product's, into the database that the
command is given. What it finds is checked: a figure of a wrong sync would be worth nothing.
"""

import os
import resource
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from escalation.catalog.sync import sync
from escalation.management import catalog_world
from escalation.management.catalog_world import Company
from escalation.management.measuring import Measured, Sheet
from escalation.models import CatalogPass, CatalogRow, Connection, Drift, Route
from escalation.tools.registry import tool
from escalation.upkeep.drift import check_retired
from escalation.upkeep.publish import publish_rules

WHOLE_S, CHANGED_S = 120.0, 5.0
MEMORY_MB = 150.0  # more than before: one page, not a catalog
LATER, A_DAY = timedelta(minutes=20), timedelta(hours=25)


class Command(BaseCommand):
    """Measure the reading of a catalog."""

    help = "Prints what syncing a catalog over HTTP costs, one JSON line per figure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes."""
        parser.add_argument("--entries", type=int, default=100_000)
        parser.add_argument("--changed", type=int, default=100, help="entries edited between two readings")
        parser.add_argument("--retired", type=int, default=20, help="entries retired, and as many deleted")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8900) + 1)
        parser.add_argument("--whole-may-take", type=float, default=WHOLE_S, help="seconds")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve, read, change, read again, print; fail where something is wrong or a promise is broken."""
        sheet, now = Sheet(self.stdout), timezone.now()
        with TemporaryDirectory(prefix="baton-catalog-") as folder:
            company = catalog_world.start(
                get_context("fork"),
                entries=options["entries"],
                port=options["port"],
                folder=Path(folder),
                now=now - timedelta(days=1),
            )
            try:
                Readings(sheet, company, options, now).run()
            finally:
                company.process.terminate()
                company.process.join()
        if sheet.broken:
            raise CommandError(f"Promises broken: {', '.join(each.name for each in sheet.broken)}")


class Readings:
    """The readings of one company's catalog, in order."""

    def __init__(self, sheet: Sheet, company: Company, options: dict[str, Any], now: datetime) -> None:
        """Connect to it; the route's rules name an item that will be retired."""
        self._sheet, self._company, self._options, self._now = sheet, company, options, now
        self._route: Route = catalog_world.route_into(company)
        body = {"defaults": {"cmdb_ci": company.item(0)}}
        publish_rules(route=self._route, body=body, note="", by=None, now=now)
        self._receiver = tool(self._target.tool).receiver

    @property
    def _target(self) -> Connection:
        return Connection.objects.get(pk=self._route.target_id)

    def run(self) -> None:
        """Read first, read what changed, read everything again."""
        entries, changed, retired = (self._options[name] for name in ("entries", "changed", "retired"))
        before = _peak_mb()
        bare = self._timed(self._bare)
        self._read("first", at=self._now, bare=bare, changes=entries)
        self._tell("sync.memory", _peak_mb() - before, "MB", limit=MEMORY_MB)
        self._edit(changed, retired)
        # The practice tool stamps what is written now, so the reading that follows is later than that.
        self._read("changed", at=timezone.now() + LATER, bare=None, changes=changed + retired)
        self._require(retired, "retired entries left the suggestions")
        self._require_drift()
        for number in range(retired, 2 * retired):
            self._company.delete(number)
        bare = self._timed(self._bare)
        self._read("again", at=timezone.now() + A_DAY, bare=bare, changes=retired)
        self._require(2 * retired, "deleted entries left the suggestions")

    def _read(self, name: str, *, at: datetime, bare: float | None, changes: int) -> None:
        counted, start, goes = 0, perf_counter(), 0
        while not goes or CatalogPass.objects.get(connection=self._target).finished_at is None:
            counted += sync(connection=self._target, now=at + goes * timedelta(seconds=1))
            goes += 1
        taken = perf_counter() - start
        self._sheet.tell(
            Measured(
                name=f"sync.{name}",
                value=taken,
                unit="s",
                baseline=bare,
                limit=self._options["whole_may_take"] if bare else CHANGED_S,
            )
        )
        read = CatalogPass.objects.get(connection=self._target).entries_read
        self._tell(f"sync.{name}_entries_read", read, "entries")
        self._tell(f"sync.{name}_goes", goes, "goes")
        if counted != changes:
            raise CommandError(f"The {name} reading found {counted} changes; {changes} were made.")

    def _bare(self) -> None:
        door, cursor = self._target.door(), ""
        while self._receiver is not None:
            cursor = self._receiver.catalog(door, cursor=cursor).cursor
            if not cursor:
                return

    def _edit(self, changed: int, retired: int) -> None:
        for number in range(retired):
            self._company.change(number, operational_status=catalog_world.RETIRED)
        for number in range(2 * retired, 2 * retired + changed):
            self._company.change(number, short_description=f"edited {number}")

    def _require(self, gone: int, what: str) -> None:
        rows = CatalogRow.objects.filter(connection=self._target, retired_at__isnull=False)
        if rows.count() != gone:
            raise CommandError(f"Not true: {what} ({rows.count()} of {gone}).")

    def _require_drift(self) -> None:
        check_retired(connection=self._target, now=self._now)
        found = Drift.objects.filter(route=self._route, kind=Drift.Kind.ENTRY_RETIRED, over_at=None)
        if found.count() != 1:
            raise CommandError("A retired entry that the rules name was not raised as drift.")

    def _timed(self, call: Callable[[], None]) -> float:
        start = perf_counter()
        call()
        return perf_counter() - start

    def _tell(self, name: str, value: float, unit: str, *, limit: float | None = None) -> None:
        self._sheet.tell(Measured(name=name, value=value, unit=unit, limit=limit))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
