"""`manage.py bench_workers`: do more workers deliver more, and does a slow tool slow another?

Workers are processes that deliver whatever is due as a worker's tasks do, each with its hands
(``dispatch.crew``), over loopback, to practice tools in other processes; all of them share this machine's
cores, which is said with the figures. A slow tool answers each call after some
seconds: what matters is how long a record for the quick one then takes, beside the same without the slow one.
It writes into the database that it is given; `make bench` gives it one of its own.
"""

import multiprocessing
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection as database
from django.urls import get_resolver
from django.utils import timezone

from escalation.dispatch import crew
from escalation.management import fault_world
from escalation.management.measuring import Measured, Promise, Sheet, percentile
from escalation.models import Connection, Delivery
from escalation.outbox import engine

FORK: Final = multiprocessing.get_context("fork")
WORKERS: Final = (1, 2, 4)
# What two workers must deliver beside one, of which the tools want their part of the cores too: from a tool
# that answers at once, and from one over a network, for which a worker waits most of its time.
FAR_S: Final = 0.3
NEAR_GAIN_AT_LEAST: Final = 1.2
FAR_GAIN_AT_LEAST: Final = 1.5
BESIDE_A_SLOW_ONE_AT_MOST: Final = 3.0
SLOW_S: Final = 4.0
QUICK, SLOW = fault_world.RECEIVERS[0], fault_world.RECEIVERS[2]


class Command(BaseCommand):
    """Measure the workers."""

    help = "Prints records a second by worker processes, and a quick tool's delay beside a slow one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the sizes."""
        parser.add_argument("--handoffs", type=int, default=120, help="for each figure")
        parser.add_argument("--port", type=int, default=9401, help="the first of two")

    def handle(self, *_: Any, handoffs: int, port: int, **__: Any) -> None:
        """Measure one after the other; fail where a limit is not kept."""
        engine.work_without_a_broker()
        sheet = Sheet(self.stdout)
        with _tools(port):
            sheet.tell(Measured(name="workers.cores", value=os.cpu_count() or 1, unit="count"))
            self._throughput(sheet, handoffs, port, waits_s=0.0)
            self._throughput(sheet, handoffs // 2, port, waits_s=FAR_S)
            self._beside_a_slow_one(sheet, handoffs, port)
        if sheet.broken:
            raise CommandError(f"Limits broken: {', '.join(each.name for each in sheet.broken)}")

    def _throughput(self, sheet: Sheet, handoffs: int, port: int, *, waits_s: float) -> None:
        alone: float | None = None
        gain = FAR_GAIN_AT_LEAST if waits_s else NEAR_GAIN_AT_LEAST
        for workers in WORKERS:
            name = f"By {workers}, {waits_s} s"
            target = fault_world.owe_all(QUICK, port=port, handoffs=handoffs, now=timezone.now(), name=name)
            if waits_s:
                fault_world.spoil(target, rules=[{"share": 1.0, "delay_s": waits_s}])
            start = time.monotonic()
            with _workers(workers):
                _until_done(target)
            rate = Delivery.objects.filter(connection=target).count() / (time.monotonic() - start)
            fault_world.mend(target)
            sheet.tell(
                Measured(
                    name=f"workers.{'far' if waits_s else 'near'}_deliveries_a_second_by_{workers}",
                    value=rate,
                    unit="1/s",
                    baseline=alone,
                    limit=gain if workers == 2 else None,
                    promise=Promise.RATIO_AT_LEAST,
                )
            )
            alone = alone or rate

    def _beside_a_slow_one(self, sheet: Sheet, handoffs: int, port: int) -> None:
        alone = self._delay(handoffs, port, beside=None)
        slow = fault_world.owe_all(SLOW, port=port + 1, handoffs=handoffs, now=timezone.now())
        fault_world.spoil(slow, rules=[{"share": 1.0, "delay_s": SLOW_S}])
        sheet.tell(
            Measured(
                name="workers.quick_tool_beside_a_slow_one_p95",
                value=self._delay(handoffs, port, beside=slow),
                unit="s",
                baseline=alone,
                limit=BESIDE_A_SLOW_ONE_AT_MOST,
                promise=Promise.RATIO_AT_MOST,
            )
        )

    def _delay(self, handoffs: int, port: int, *, beside: Connection | None) -> float:
        """From when a record is due until it is there, of 95 in 100; four workers."""
        with _workers(WORKERS[-1]):
            if beside is not None:
                time.sleep(3 * SLOW_S)  # the slow one's rows are older, and its first calls are under way
            begun = timezone.now()
            name = f"Beside {beside.name}" if beside else "Alone"
            target = fault_world.owe_all(QUICK, port=port, handoffs=handoffs, now=begun, name=name)
            _until_done(target)
        done = Delivery.objects.filter(connection=target, done_at__isnull=False)
        return percentile(
            [(each - begun).total_seconds() for each in done.values_list("done_at", flat=True) if each], 0.95
        )


@contextmanager
def _tools(port: int) -> Iterator[None]:
    database.close()  # a connection must not be shared by two processes
    served = [
        fault_world.start_tool(FORK, receiver, port=port + place)
        for place, receiver in enumerate((QUICK, SLOW))
    ]
    try:
        time.sleep(3)
        yield
    finally:
        for each in served:
            each.terminate()
            each.join(10)


@contextmanager
def _workers(count: int) -> Iterator[None]:
    # Notices name addresses: read once here, or every worker reads them all for itself.
    _ = get_resolver().reverse_dict
    database.close()
    processes = [FORK.Process(target=_work, daemon=True) for _ in range(count)]
    for each in processes:
        each.start()
    try:
        yield
    finally:
        for each in processes:
            each.terminate()
            each.join(10)


def _work() -> None:
    """One worker process: told of what has waited longest, it carries that and what else is due."""
    while True:
        rows = Delivery.objects.due(now=timezone.now()).order_by("not_before", "pk")
        due = list(rows.values_list("pk", flat=True)[:20])
        # Tasks reach each process in another order; all that begin with one row would only collide.
        for each in due[os.getpid() % 4 :] or due:
            crew.deliver_on(first=each, clock=timezone.now, hands=settings.DELIVERIES_AT_ONCE)
        if not due:
            time.sleep(0.02)


def _until_done(target: Connection) -> None:
    owed = Delivery.objects.filter(connection=target).exclude(status=Delivery.Status.DONE)
    until = time.monotonic() + timedelta(minutes=10).total_seconds()
    while owed.exists():
        if time.monotonic() > until:
            raise CommandError(f"{owed.count()} deliveries were not done within ten minutes.")
        time.sleep(0.05)
