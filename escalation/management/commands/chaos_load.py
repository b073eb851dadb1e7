"""Play the people of the chaos trial against a running Baton, and count at the end what became of it.

`python -m launch.bench.chaos` starts it beside everything that it kills. One JSON line: how many handoffs, in
how many seconds, how much is missing or double; exit code 1 when anything is.
"""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from escalation.management import fault_world
from escalation.management.chaos import books
from escalation.management.chaos.cast import FAULTS, Cast, again
from escalation.management.chaos.chains import Chain, move, open_ticket
from escalation.models import Handoff
from escalation.upkeep.verify import verify

# So many cases are on their way at first, and at most. A case waits most of its time, for another try: a
# quick machine can have a thousand under way, and a slow one would drown in them.
AT_FIRST, AT_ONCE = 200, 1000
SAY_EVERY_S = 20.0
# How long nothing may come nearer its end before what is left counts as lost. How long all of it takes is the
# machine's business: it may be slow, and other things may run on it.
STANDS_STILL_S = 600.0
SHOWN = 10  # of the rows that break a promise


class Command(BaseCommand):
    """`manage.py chaos_load --handoffs 10000`, in a practice world without handoffs."""

    help = "Hand off over two hops into failing tools, and count what arrived."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size and the bounds."""
        parser.add_argument("--handoffs", type=int, default=10_000, help="two for each case")
        parser.add_argument("--seconds", type=float, default=1800.0, help="then no more begin, all is calm")

    def handle(self, *_: Any, handoffs: int, seconds: float, **__: Any) -> None:
        """Play, wait until nothing is under way, count."""
        if not settings.PRACTICE or Handoff.objects.exists():
            raise CommandError("The chaos trial needs a practice world without handoffs.")
        cast = Cast.of_the_practice_company()
        waiting = [Chain(number=number + 1) for number in range(handoffs // 2)]
        for tool in cast.tools:
            fault_world.spoil(tool, rules=FAULTS)
        self._say("begun")  # whoever kills begins now
        start = time.monotonic()
        begun = self._play(waiting, cast, until=start + seconds)
        answered = sum(each.answered for each in begun)
        self._say("calm")  # whoever kills ends now
        trouble_s = time.monotonic() - start
        for tool in cast.tools:
            again(fault_world.mend, tool)
        self._wait(begun, cast)
        wrong, broken = again(books.counted, begun, cast), again(verify, now=timezone.now())
        wrong.update(f"verify: {row.promise}" for row in broken)
        for row in broken[:SHOWN]:
            self._say(f"{row.promise}: {row.row} {row.words}.")
        wrong["still under way"] = books.owed()
        figures = {
            "handoffs": 2 * len(begun),
            "asked_for": handoffs,
            "cases_answered_in_trouble": answered,
            "trouble_s": round(trouble_s),
            "all_s": round(time.monotonic() - start),
            "wrong": {name: count for name, count in sorted(wrong.items()) if count},
        }
        self._say(json.dumps(figures))
        if figures["wrong"] or not begun:
            raise SystemExit(1)

    def _play(self, waiting: list[Chain], cast: Cast, *, until: float) -> list[Chain]:
        """Keep so many cases going until all are answered, or until the time is over; return those begun."""
        begun: list[Chain] = []
        going: list[Chain] = []
        say_at = time.monotonic() + SAY_EVERY_S
        while (waiting or going) and time.monotonic() < until:
            free = room(answered=len(begun) - len(going)) - len(going)
            fresh, waiting = waiting[:free], waiting[free:]
            for each in fresh:
                again(open_ticket, each, cast)
            begun += fresh
            going += fresh
            move(going, cast, until=until)
            going = [each for each in going if not each.answered]
            if time.monotonic() > say_at:
                say_at = time.monotonic() + SAY_EVERY_S
                self._say(f"{len(begun) - len(going)} cases answered, {len(going)} under way")
            time.sleep(0.2)
        return [each for each in begun if each.begun]

    def _wait(self, chains: list[Chain], cast: Cast) -> None:
        """Wait until every case is told to its end and nothing is owed, or until nothing moves any more."""
        say_at, least = 0.0, (len(chains) + 1, 0)
        until = time.monotonic() + STANDS_STILL_S
        while time.monotonic() < until:
            move([each for each in chains if not each.answered], cast, until=until)
            owed, untold = again(books.owed), again(books.untold, chains)
            if not owed and not untold:
                return
            if (untold, owed) < least:
                least, until = (untold, owed), time.monotonic() + STANDS_STILL_S
            if time.monotonic() > say_at:
                say_at = time.monotonic() + SAY_EVERY_S
                self._say(f"{owed} owed or unread, {untold} cases not told to the end")
            time.sleep(2)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def room(*, answered: int) -> int:
    """This will return how many cases may be under way when so many have come to their end."""
    return min(AT_ONCE, AT_FIRST + 2 * answered)
