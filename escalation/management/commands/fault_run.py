"""Is every handoff one record, whatever breaks? Tools that fail three calls in ten, workers that are killed.

ServiceNow, Jira and Zendesk run as practice tools in processes of their own and spoil 30 % of all calls;
workers are killed (SIGKILL) at random moments and replaced. At the end the faults are lifted, every tool is
asked for every record, note and file, and the rows are held against Baton's promises (`verify`). One JSON
line for each receiver; exit code 1 when anything is missing, double or silent.

Nobody waits for the outbox's own clock: when every worker is idle, it jumps to a moment at which many rows
are due (the earliest of those that wait, or all of one minute's). No call is under way then, and a jump only
ever makes rows later, so no wait, lease or settling time is shorter than in earnest. The breaker keeps the
database's time and is waited for.
"""

import json
import multiprocessing
import os
import random
import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.context import ForkProcess
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection as database
from django.db.models.functions import Coalesce
from django.urls import get_resolver
from django.utils import timezone

from escalation.dispatch.deliver import deliver
from escalation.management import fault_world
from escalation.models import Attempt, Connection, Delivery, Handoff
from escalation.outbox import engine
from escalation.tools.registry import tool
from escalation.upkeep.verify import verify

FORK: Final = multiprocessing.get_context("fork")
AT_ONCE: Final = 20
# A jump lands on this many rows at once, or on as many as fall due within the minute after the first.
AT_ONE_JUMP: Final = 200
ONE_JUMP_WITHIN: Final = timedelta(seconds=60)
OPEN: Final = (Delivery.Status.OWED, Delivery.Status.UNDER_WAY)


class Command(BaseCommand):
    """`manage.py fault_run --handoffs 1000`, on an empty database in practice mode."""

    help = "Hand off into failing practice tools while workers are killed, and count what arrived."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size, the bounds and the seed of the run."""
        parser.add_argument("--handoffs", type=int, default=1000, help="into each receiver")
        parser.add_argument("--workers", type=int, default=4)
        parser.add_argument("--kill-every", type=float, default=4.0, help="seconds between two kills")
        parser.add_argument("--within", type=float, default=900.0, help="seconds, then it has failed")
        parser.add_argument("--port", type=int, default=9201, help="the first of three")
        parser.add_argument("--seed", type=int, default=7)

    def handle(self, *_: Any, **options: Any) -> None:
        """Run, ask the tools, print."""
        if not settings.PRACTICE or Handoff.objects.exists():
            raise CommandError("The fault run needs practice mode and a database without handoffs.")
        # Nobody listens to a broker here: the workers of the run look for themselves.
        engine.work_without_a_broker()
        begun = time.monotonic()
        clock = Clock(workers=options["workers"])
        with tools(options["port"]):
            targets = [
                fault_world.owe_all(each, port=port, handoffs=options["handoffs"], now=clock())
                for each, port in ported(options["port"])
            ]
            for target in targets:
                fault_world.spoil(target)
            kills = deliver_all(clock, options, self.stderr.write)
            for target in targets:
                fault_world.mend(target)
            seconds = time.monotonic() - begun
            figures = [counted(target) for target in targets]
        broken = verify(now=clock())
        for each in figures:
            each |= {"handoffs": options["handoffs"], "workers_killed": kills, "seconds": round(seconds)}
            self.stdout.write(json.dumps(each))
        for row in broken:
            self.stdout.write(f"BROKEN  {row.promise}: {row.row} {row.words}.")
        if broken or not all(right(each) for each in figures):
            raise SystemExit(1)


class Clock:
    """A clock of all processes that can be put forward, and who of the workers is idle."""

    def __init__(self, *, workers: int) -> None:
        """Begin with the present moment."""
        # Without locks: a worker that is killed while it holds one would stop all the others.
        self._ahead = FORK.RawValue("d", 0.0)
        self.idle = FORK.RawArray("b", workers)
        self._held = FORK.RawValue("b", 0)

    def __call__(self) -> datetime:
        """The moment it is."""
        return timezone.now() + timedelta(seconds=self._ahead.value)

    def jump(self) -> None:
        """This will go to the next moment at which a row is due, if every worker is idle."""
        if not all(self.idle[:]):
            return
        # The first of each lane, whatever it waits for: what stands behind is not due before it is done.
        heads = Delivery.objects.due(now=self() + timedelta(days=365))
        moments = heads.annotate(at=Coalesce("leased_until", "not_before")).order_by("at")
        waiting = list(moments.values_list("at", flat=True)[:AT_ONE_JUMP])
        if not waiting:
            return
        last = max(each for each in waiting if each <= waiting[0] + ONE_JUMP_WITHIN)
        wait = (last - self()).total_seconds()
        if wait <= 0:
            return
        # A pause that has ended may have woken a worker since: a jump under its call would end its lease.
        self._held.value = 1
        if all(self.idle[:]):
            self._ahead.value += wait + 0.01
        self._held.value = 0

    def wakes(self, place: int) -> bool:
        """This will say whether the worker may look for work; False while the clock is about to jump."""
        self.idle[place] = 0
        if self._held.value:
            self.idle[place] = 1
        return not self.idle[place]


def ported(first: int) -> Iterator[tuple[fault_world.Receiver, int]]:
    """This will go through the receivers with their ports."""
    return ((each, first + place) for place, each in enumerate(fault_world.RECEIVERS))


@contextmanager
def tools(first_port: int) -> Iterator[None]:
    """This will have every receiver served for as long as the block lasts."""
    database.close()  # a connection must not be shared by two processes
    served = [fault_world.start_tool(FORK, each, port=port) for each, port in ported(first_port)]
    try:
        time.sleep(3)
        yield
    finally:
        for each in served:
            each.terminate()
            each.join(10)


def deliver_all(clock: Clock, options: dict[str, Any], say: Callable[[str], object]) -> int:
    """This will let workers deliver until nothing is owed, killing one at random again and again."""
    chance = random.Random(options["seed"])  # noqa: S311 - repeatable on purpose
    workers = [_worker(clock, place, options["seed"]) for place in range(options["workers"])]
    kills, until = 0, time.monotonic() + options["within"]
    kill_at = time.monotonic() + options["kill_every"]
    try:
        while time.monotonic() < until and Delivery.objects.filter(status__in=OPEN).exists():
            time.sleep(0.1)
            clock.jump()
            if time.monotonic() < kill_at:
                continue
            kill_at = time.monotonic() + options["kill_every"] * chance.uniform(0.5, 1.5)
            place = chance.randrange(len(workers))
            victim = workers[place]
            if victim.is_alive() and victim.pid is not None:
                os.kill(victim.pid, signal.SIGKILL)
                kills += 1
            victim.join()
            workers[place] = _worker(clock, place, options["seed"] + kills)
            if kills % 20 == 0:
                left = Delivery.objects.filter(status__in=OPEN).count()
                say(f"{left} deliveries owed, {kills} workers killed")
    finally:
        for each in workers:
            each.terminate()
            each.join(40)
    return kills


def _worker(clock: Clock, place: int, seed: int) -> ForkProcess:
    # Notices name addresses: read once here, or every worker that replaces a killed one reads them all again.
    _ = get_resolver().reverse_dict
    database.close()  # two processes must not speak through one connection
    clock.idle[place] = 0
    process = FORK.Process(target=_work, args=(clock, place, seed * 100 + place), daemon=True)
    process.start()
    return process


def _work(clock: Clock, place: int, seed: int) -> None:
    """One worker: what is due, in no particular order, until nothing is owed any more."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    while Delivery.objects.filter(status__in=OPEN).exists():
        if not clock.wakes(place):
            time.sleep(0.01)
            continue
        rows = Delivery.objects.due(now=clock()).order_by("not_before")
        due = list(rows.values_list("pk", flat=True)[:200])
        chance.shuffle(due)
        for each in due[:AT_ONCE]:
            deliver(delivery=each, clock=clock)
        if not due:
            clock.idle[place] = 1
            time.sleep(0.1)
    clock.idle[place] = 1


def counted(target: Connection) -> dict[str, Any]:
    """This will ask the tool itself what it holds, and return the figures of one receiver."""
    known, door = tool(target.tool), target.door(trial=True)
    if known.receiver is None or known.mirror is None or known.files is None:
        raise CommandError(f"{known.label} cannot be a receiver.")
    figures = dict.fromkeys(("one_record", "no_record", "two_records", "note_once", "file_once", "files"), 0)
    owed = Delivery.objects.filter(connection=target, kind=Delivery.Kind.CREATE).select_related("handoff")
    for row in owed.iterator():
        found = known.receiver.find(door, key=row.key)
        figures[("no_record", "one_record", "two_records")[min(len(found), 2)]] += 1
        if not found:
            continue
        said = known.mirror.read(door, remote_id=found[0].remote_id)
        words = fault_world.note_text(row.handoff)
        figures["note_once"] += sum(words in each.text for each in said) == 1
        if row.handoff.attachments.exists():
            figures["files"] += 1
            figures["file_once"] += len(known.files.files(door, remote_id=found[0].remote_id)) == 1
    rows = Delivery.objects.filter(connection=target)
    figures["stuck"] = rows.filter(status=Delivery.Status.STUCK).count()
    figures["still_owed"] = rows.filter(status__in=OPEN).count()
    tries = Attempt.objects.filter(delivery__connection=target)
    figures["tries"] = tries.count()
    figures |= {f"tries_{result}": tries.filter(result=result).count() for result in Attempt.Result.values}
    return {"receiver": target.tool, **figures}


def right(figures: dict[str, Any]) -> bool:
    """This will say whether every record, note and file is there once and nothing is left."""
    once = figures["one_record"] == figures["note_once"] == figures["handoffs"]
    left = figures["two_records"] + figures["still_owed"] + figures["stuck"]
    return once and figures["file_once"] == figures["files"] and not left
